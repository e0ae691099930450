// What a command is: types only, so that every part of the command line may name them.
import type { ProgressListener } from "../index.ts";
import type { Warning } from "../core/warning.ts";
import type { JsonDocument } from "../report/json/documents.ts";
import type { ExitCode } from "./command-line/exit-codes.ts";
import type { OptionName } from "./command-line/options.ts";
import type { OptionValues } from "./command-line/tokens.ts";
import type { Report } from "./text/report.ts";

export type VerifyMethod = "sigstore" | "key" | "certificate";
export type SignMethod = VerifyMethod | "pkcs11-key" | "pkcs11-certificate";

/** What people come for: the headings of `assay help all`. */
export type Topic = "verify" | "load" | "openness" | "changes" | "sign" | "trust" | "policy" | "start";

/** What a command accepts and what its help says. Its code is elsewhere: start-up reads every spec and no other part. */
export interface CommandSpec {
  /** The words that call it: `["sign", "key"]`. */
  readonly words: readonly string[];
  /** The method, of commands whose second word is one. */
  readonly method?: SignMethod;
  /** The heading under which `assay help all` lists it. */
  readonly topic: Topic;
  /** The question that it answers, or what it does: one line of the overview. */
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly required: readonly OptionName[];
  /** Options that replace a required one. */
  readonly instead?: Partial<Record<OptionName, readonly OptionName[]>>;
  readonly options: readonly OptionName[];
  /** Pairs of options of which a command line has one at most, with the reason: the words after "--a and --b". */
  readonly conflicts?: readonly { readonly options: readonly [OptionName, OptionName]; readonly why: string }[];
  /** What an option does in this command, where that differs from its usual help. */
  readonly optionHelp?: Partial<Record<OptionName, string>>;
  /** Two lines that a reader can type, each with what it does. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** How its first line starts when it cannot do what was asked. */
  readonly refusal: string;
}

/** A command that exists once for each method. */
export interface MethodSpec<Method extends SignMethod> extends CommandSpec {
  readonly method: Method;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly help: string;
  readonly many?: true;
  readonly optional?: true;
  /** A folder or file that is read. */
  readonly isPath?: true;
  /** And a model on a server, by its reference. */
  readonly mayBeRemote?: true;
  /** A path that is written, or something else than a path. */
  readonly mayBePath?: true;
  /** Words of a command. */
  readonly isCommand?: true;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
}

/** A command line that was understood. */
export interface Invocation<Spec extends CommandSpec = CommandSpec> {
  readonly spec: Spec;
  readonly arguments: readonly string[];
  readonly values: OptionValues;
  /** False where `sign` or `verify` was called without a method. */
  readonly methodNamed: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command is given besides its command line. Nothing in here prints. */
export interface CommandContext {
  readonly cwd: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener | undefined;
  /** Shows what the work waits for, on a terminal; the next report or result replaces it. */
  readonly onStage: (text: string) => void;
  /** Prints a line without which a person cannot go on, such as an address to open. */
  readonly say: (text: string) => void;
  /** Asks a person for a secret; undefined where standard input is not a terminal. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  /** Every command there is. */
  readonly commands: readonly CommandSpec[];
  /** Runs another command line in another folder, and returns what it prints in the looks of this one. */
  readonly runInside: (argv: readonly string[], cwd: string) => Promise<{ readonly exitCode: ExitCode; readonly output: string }>;
}

/** What a command found. One place prints it, as text or as JSON. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly report: Report;
  readonly json: JsonDocument | readonly JsonDocument[];
  readonly warnings: readonly Warning[];
  /** The bytes for standard output; the report is then printed on standard error. */
  readonly output?: Uint8Array;
  /** Lines for the log, at level info. */
  readonly notes?: readonly string[];
}

/** The code of a command: `commands/NAME/run.ts`. */
export interface CommandModule<Spec extends CommandSpec = CommandSpec> {
  run(invocation: Invocation<Spec>, context: CommandContext): Promise<CommandResult>;
}
