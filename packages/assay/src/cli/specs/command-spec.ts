import type { CommandModule } from "../command.ts";
import { COMMON_OPTIONS, type OptionName } from "../command-line/options.ts";

export interface CommandSpec {
  /** The words that call it: `["sign", "key"]`. */
  readonly words: readonly string[];
  /** The question that it answers, or what it does: one line of the overview. */
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly required: readonly OptionName[];
  /** Options that may stand in a required one's place. */
  readonly instead?: Partial<Record<OptionName, readonly OptionName[]>>;
  readonly options: readonly OptionName[];
  /** Two lines that a reader can type, each with what it does. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** How its first line starts when it cannot do what was asked. */
  readonly refusal: string;
  /** Loaded when the command runs, so that start-up costs the same whatever the commands need. */
  readonly load: () => Promise<CommandModule>;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly help: string;
  readonly many?: true;
  readonly optional?: true;
  /** A folder or file that is read. */
  readonly isPath?: true;
}

/** The argument of every command that reads a model. */
export const MODEL: ArgumentSpec = { name: "MODEL", help: "the model: a folder or a single file", isPath: true };

/** Which Sigstore instance is meant. */
export const INSTANCE_OPTIONS: readonly OptionName[] = ["trust-config", "trusted-root", "use-staging", "tuf-url", "tuf-root"];

/** Whose word counts for a signature by a key or certificate. */
export const WITNESS_OPTIONS: readonly OptionName[] = ["tsa-chain", "trusted-root"];

/** Options of commands that are done at once. */
export const BRIEF_OPTIONS: readonly OptionName[] = COMMON_OPTIONS.filter((name) => name !== "progress");
