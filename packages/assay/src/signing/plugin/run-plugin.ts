import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { AssayError, stopped } from "../../core/error.ts";
import { cleanText } from "../../network/server-text.ts";

/** Answers are a public key or a signature: a few kilobytes. */
const MAX_ANSWER = 1024 * 1024;
/** What is kept of the error output, from its end. */
const MAX_DIAGNOSTICS = 16 * 1024;
/** How long a plug-in that is told to stop may tidy up. */
const GRACE_MS = 500;

export interface PluginRun {
  /** Absolute path of the executable. */
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly input: Uint8Array;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Takes each line of the error output as it comes, cleaned: "touch your key now" must be seen in time. */
  readonly onMessage: ((line: string) => void) | undefined;
}

export interface PluginOutput {
  readonly stdout: Uint8Array;
  /** What the error output says last, one cleaned line; empty where it said nothing. */
  readonly diagnosis: string;
  /** How it ended, for messages: `exit code 2`. */
  readonly end: string;
}

/**
 * Runs a plug-in once: no shell, the input on its stdin, with bounds on time and on what it may say.
 * Its exit code is not checked here: the protocol says that only its answer counts.
 *
 * Throws PLUGIN_ANSWER where it does not start, does not end in time, is killed or says too much; ABORTED.
 */
export async function runPlugin(run: PluginRun): Promise<PluginOutput> {
  const { executable, signal } = run;
  if (signal?.aborted === true) throw stopped(`before ${executable} was asked`);
  const child = start(run);
  const output: Uint8Array[] = [];
  const diagnostics = new Diagnostics(run.onMessage);
  let length = 0;

  return new Promise<PluginOutput>((resolve, reject) => {
    const fail = (error: AssayError): void => {
      settle();
      stop(child);
      reject(error);
    };
    const abort = (): void => fail(stopped(`while ${executable} was asked`));
    const seconds = run.timeoutMs / 1000;
    const timer = setTimeout(() => fail(answerless(`${executable} gave no answer within ${seconds} s`, diagnostics)), run.timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort, { once: true });

    child.on("error", (cause) => fail(answerless(`${executable} cannot be run: ${cause.message}`, diagnostics)));
    // A plug-in need not read its input to the end: that its pipe is closed says nothing.
    child.stdin.on("error", () => undefined);
    child.stdin.end(run.input);
    child.stderr.on("data", (piece: Uint8Array) => diagnostics.add(piece));
    child.stdout.on("data", (piece: Uint8Array) => {
      length += piece.length;
      if (length > MAX_ANSWER) fail(answerless(`${executable} answers with over ${MAX_ANSWER} bytes`, diagnostics));
      else output.push(piece);
    });
    child.on("close", (code, killedBy) => {
      diagnostics.end();
      if (killedBy !== null) return fail(answerless(`${executable} was ended by ${killedBy}`, diagnostics));
      settle();
      resolve({ stdout: Buffer.concat(output), diagnosis: diagnostics.last(), end: `exit code ${code ?? "unknown"}` });
    });
  });
}

function start({ executable, environment, ...run }: PluginRun): ChildProcessWithoutNullStreams {
  try {
    return spawn(executable, run.arguments, { env: { ...environment }, shell: false, windowsHide: true });
  } catch (cause) {
    // What the system refuses at once, such as arguments that are too long.
    throw new AssayError("PLUGIN_ANSWER", `${executable} cannot be run${cause instanceof Error ? `: ${cause.message}` : ""}`);
  }
}

/** Ends a plug-in, and lets go of its pipes, which something that it started may hold open. */
function stop(child: ChildProcessWithoutNullStreams): void {
  child.stdout.destroy();
  child.stderr.destroy();
  child.stdin.destroy();
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  child.unref();
}

function answerless(message: string, diagnostics: Diagnostics): AssayError {
  const last = diagnostics.last();
  return new AssayError("PLUGIN_ANSWER", last === "" ? message : `${message}; it says: ${last}`);
}

/** The error output: lines for a listener, and its end for messages. */
class Diagnostics {
  readonly #onMessage: ((line: string) => void) | undefined;
  readonly #decoder = new TextDecoder();
  #tail = "";
  #line = "";

  constructor(onMessage: ((line: string) => void) | undefined) {
    this.#onMessage = onMessage;
  }

  add(piece: Uint8Array): void {
    const text = this.#decoder.decode(piece, { stream: true });
    this.#tail = (this.#tail + text).slice(-MAX_DIAGNOSTICS);
    if (this.#onMessage === undefined) return;
    const lines = (this.#line + text).split(/[\r\n]+/u);
    this.#line = (lines.pop() ?? "").slice(-MAX_DIAGNOSTICS);
    for (const line of lines) this.#pass(line);
  }

  end(): void {
    this.#pass(this.#line);
    this.#line = "";
  }

  /** The last line that speaks of an error, for stack traces follow it; else the last line. */
  last(): string {
    const lines = this.#tail
      .split(/[\r\n]+/u)
      .map((line) => cleanText(line))
      .filter((line) => line !== "");
    return lines.findLast((line) => /error|fail|denied|panic|refused|exception/iu.test(line)) ?? lines.at(-1) ?? "";
  }

  #pass(line: string): void {
    const clean = cleanText(line);
    if (clean !== "") this.#onMessage?.(clean);
  }
}
