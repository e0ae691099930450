import type { ExitCode } from "./command-line/exit-codes.ts";
import type { ProgressListener } from "../index.ts";
import type { Warning } from "../core/warning.ts";
import type { Invocation } from "./command-line/arguments.ts";
import type { JsonObject } from "../report/json.ts";
import type { Report } from "./text/report.ts";

/** What a command is given besides its command line. Nothing in here prints. */
export interface CommandContext {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener | undefined;
  /** Says what is being waited for, where a person watches; the next report or result takes its place. */
  readonly onStage: (text: string) => void;
  /** A line that a person must see for the work to go on, such as an address to open. */
  readonly say: (text: string) => void;
  /** Asks a person for a secret; undefined where no person can be asked. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  /** Runs another command line in another folder, and gives back what it prints where this one's result will be shown. */
  readonly runInside: (argv: readonly string[], cwd: string) => Promise<{ readonly exitCode: ExitCode; readonly output: string }>;
}

/** What a command found; printing it, as text or as JSON, is done in one place. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly report: Report;
  readonly json: JsonObject | readonly JsonObject[];
  readonly warnings: readonly Warning[];
  /** What was asked for on standard output itself: the report is then a message. */
  readonly output?: Uint8Array;
  /** Lines for the log, at level info. */
  readonly notes?: readonly string[];
}

export interface CommandModule {
  run(invocation: Invocation, context: CommandContext): Promise<CommandResult>;
}
