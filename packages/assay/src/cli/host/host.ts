import { fstatSync, type Stats, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { AssayError } from "../../core/error.ts";
import { systemCode } from "../../core/system-code.ts";
import type { StreamFacts } from "../text/terminal.ts";

type StreamName = "stdout" | "stderr";

/** The system around the command, as far as the command touches it. Tests and the demo bring their own. */
export interface Host {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** What to exit with where a signal of the system stopped the work. */
  readonly interruptExitCode: () => 130 | 143 | undefined;
  facts(stream: StreamName): StreamFacts;
  write(stream: StreamName, text: string): void;
  /** Undefined where no person sits at a terminal. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
}

const DESCRIPTORS: Record<StreamName, number> = { stdout: 1, stderr: 2 };

/** The process that this code runs in. */
export function processHost(interrupt: Interrupt): Host {
  return {
    cwd: process.cwd(),
    environment: process.env,
    signal: interrupt.signal,
    interruptExitCode: interrupt.exitCode,
    facts: streamFacts,
    write: (stream, text) => (stream === "stdout" ? writeResult(text) : writeMessage(text)),
    get askSecret() {
      return isTerminal(0) && isTerminal(2) ? (question: string) => askOnTerminal(question, interrupt) : undefined;
    },
  };
}

async function askOnTerminal(question: string, interrupt: Interrupt): Promise<string> {
  const { askSecret } = await import("./secret-prompt.ts");
  return askSecret(question, process.stdin, (text) => writeAll(2, text), interrupt.interrupt);
}

function streamFacts(stream: StreamName): StreamFacts {
  if (!isTerminal(DESCRIPTORS[stream])) return { isTerminal: false, columns: undefined };
  return { isTerminal: true, columns: process[stream].columns };
}

function isTerminal(descriptor: number): boolean {
  try {
    // Node's terminal code takes a while to load: files, pipes and the null device are told apart without it.
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || isNullDevice(stats)) return false;
    return process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    return false;
  }
}

/** On Windows devices have no numbers to tell them apart by. */
function isNullDevice({ rdev }: Stats): boolean {
  return process.platform !== "win32" && rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev;
}

/** A full disk behind standard output is not the program's fault, and the answer did not arrive. Throws OUTPUT_WRITE. */
function writeResult(text: string): void {
  try {
    writeAll(DESCRIPTORS.stdout, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError("OUTPUT_WRITE", `cannot write to standard output: ${why}`, { cause });
  }
}

/** Where standard error takes nothing, only the exit code remains. */
function writeMessage(text: string): void {
  try {
    writeAll(DESCRIPTORS.stderr, text);
  } catch {
    return;
  }
}

/**
 * Writes the whole text before it returns, so that leaving the process right after loses nothing.
 * A reader that closed the pipe (`assay … | head -1`) is not a failure: it has enough.
 */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = systemCode(error);
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      // A pipe that another process made non-blocking is full: wait for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** The exit codes of a process that a signal stopped: 128 and the signal's number. */
const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** After this time the process leaves even if the work has not come to its end. */
const PATIENCE_MILLISECONDS = 800;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that a signal asked for. */
  readonly exitCode: () => 130 | 143 | undefined;
  /** What Ctrl-C does, for code that reads the keyboard itself. */
  readonly interrupt: () => void;
}

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that the work can stop where it leaves nothing
 * half-written. A second signal, or work that does not stop, ends the process.
 */
export function listenForInterrupt(beforeLeaving: () => void): Interrupt {
  const controller = new AbortController();
  let exitCode: 130 | 143 | undefined;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => stop(SIGNAL_EXIT_CODES[name]));
  }
  return { signal: controller.signal, exitCode: () => exitCode, interrupt: () => stop(SIGNAL_EXIT_CODES.SIGINT) };

  function stop(code: 130 | 143): void {
    if (exitCode !== undefined) leave(code);
    exitCode = code;
    controller.abort();
    setTimeout(() => leave(code), PATIENCE_MILLISECONDS).unref();
  }

  function leave(code: number): never {
    beforeLeaving();
    process.exit(code);
  }
}
