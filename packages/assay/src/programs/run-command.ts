import { type ChildProcess, spawn } from "node:child_process";
import { AssayError, stopped } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { systemCode } from "../core/system-code.ts";
import { programEnvironment, type VariableNames } from "./environment.ts";

/** Environment variables by their names. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** How a program ended, and what it printed. */
export interface CommandEnd {
  /** Undefined where a signal of the system ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the search path; undefined where it is missing. Throws the runner's code, ABORTED. */
export type RunCommand = (program: string, parameters: readonly string[], signal?: AbortSignal) => Promise<CommandEnd | undefined>;

export interface CommandLimits {
  readonly timeoutMs?: number;
  /** Of what it writes, to each of its two outputs. */
  readonly maxBytes?: number;
}

/** Which programs a runner runs. */
export interface RunnerOptions extends CommandLimits {
  /** The variables that these programs are for, beside what every program needs. */
  readonly needed: VariableNames;
  /** What is thrown where a program cannot be run, takes too long or writes too much. */
  readonly failure: ErrorCode;
  /** What the program reads; nothing by default. */
  readonly input?: string;
}

const HAS_GROUPS = process.platform !== "win32";
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 256 * 1024;

/**
 * Runs programs in what is theirs of `environment`, without a shell, and ends those that take too long or write too
 * much. What they write is given back to the caller only: it may hold a token.
 */
export function programRunner(environment: ProcessEnvironment, options: RunnerOptions): RunCommand {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES, needed, failure, input = "" } = options;
  return (program, parameters, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(stopped(`before ${program} was run`));
      const child = spawn(program, [...parameters], {
        env: programEnvironment(environment, needed),
        stdio: ["pipe", "pipe", "pipe"],
        // A group of its own, so that what it starts can be ended with it.
        detached: HAS_GROUPS,
        windowsHide: true,
      });
      const written = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
      const abort = (): void => fail(stopped(`while ${program} ran`));
      const timer = setTimeout(() => fail(new AssayError(failure, `${program} did not end within ${timeoutMs / 1000} s`)), timeoutMs);
      signal?.addEventListener("abort", abort, { once: true });

      // One that ends without reading what it is given says so by how it ends.
      child.stdin.on("error", () => {});
      child.stdin.end(input);
      for (const name of ["stdout", "stderr"] as const) {
        let length = 0;
        child[name].on("data", (piece: Uint8Array) => {
          length += piece.length;
          if (length > maxBytes) fail(new AssayError(failure, `${program} wrote more than ${maxBytes} bytes, which is too much`));
          else written[name].push(piece);
        });
      }
      child.on("error", (error) => {
        settle();
        const code = systemCode(error);
        if (code === "ENOENT") return resolve(undefined);
        reject(new AssayError(failure, `${program} could not be run${code === undefined ? "" : ` (${code})`}`));
      });
      child.on("close", (exitCode) => {
        settle();
        resolve({ exitCode: exitCode ?? undefined, stdout: text(written.stdout), stderr: text(written.stderr) });
      });

      function settle(): void {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      }

      function fail(error: AssayError): void {
        settle();
        end(child);
        // A program that left the group may hold the other ends: these are not waited for.
        child.stdout.destroy();
        child.stderr.destroy();
        reject(error);
      }
    });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(HAS_GROUPS ? -child.pid : child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function text(pieces: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(pieces));
}
