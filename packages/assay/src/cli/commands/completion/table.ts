// What a shell completes, of the table of commands: the same for every shell.
import type { ArgumentSpec, CommandSpec } from "../../command.ts";
import { DEFAULT_METHOD } from "../../command-line/arguments.ts";
import { OPTION_TABLE, type OptionName } from "../../command-line/options.ts";
import { COMMON_OPTIONS } from "../../command-line/spec-parts.ts";

/** What may be put for a value: one of a few words, a file, a folder, or what no table knows. */
export type Completes = readonly string[] | "file" | "folder" | "unknown";

export interface CompletedOption {
  /** `--ignore-git-paths` and `--no-ignore-git-paths`, `--timeout` and `-t`. */
  readonly spellings: readonly string[];
  readonly help: string;
  /** Undefined for a switch. */
  readonly value: { readonly name: string; readonly completes: Completes } | undefined;
  readonly repeatable: boolean;
}

export interface CompletedCommand {
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** All its arguments are alike; undefined where it takes none. */
  readonly argument: { readonly name: string; readonly completes: Completes } | undefined;
}

export interface CompletionTable {
  readonly commands: readonly CompletedCommand[];
  /** The first words, each with what it is for. */
  readonly firstWords: readonly { readonly word: string; readonly summary: string; readonly seconds: readonly CompletedCommand[] }[];
  /** Every option of every command, once. */
  readonly options: readonly CompletedOption[];
  /** Those that need no command. */
  readonly common: readonly CompletedOption[];
}

export function completionTable(specs: readonly CommandSpec[]): CompletionTable {
  const words = [...new Set(specs.map(({ words: [first = ""] }) => first))];
  const commands = specs.map((spec) => completedCommand(spec, words));
  const firstWords = words.map((word) => {
    const own = commands.filter((command) => command.words[0] === word);
    const seconds = own.filter((command) => command.words.length > 1);
    const summary = own.find((command) => command.words.length === 1)?.summary;
    return { word, seconds, summary: summary ?? `one of: ${seconds.map((command) => command.words[1]).join(", ")}` };
  });
  const names = new Set(specs.flatMap(optionsOf));
  return { commands, firstWords, options: [...names].map(completedOption), common: COMMON_OPTIONS.map(completedOption) };
}

/** `assay verify MODEL` is a command line too: what is meant by a first word alone. */
export function meantByFirstWord({ commands }: CompletionTable, word: string): CompletedCommand | undefined {
  const own = commands.filter((command) => command.words[0] === word);
  return own.find(({ words }) => words.length === 1) ?? own.find(({ words }) => words[1] === DEFAULT_METHOD);
}

function completedCommand(spec: CommandSpec, firstWords: readonly string[]): CompletedCommand {
  const [argument] = spec.arguments;
  return {
    words: spec.words,
    summary: spec.summary,
    options: optionsOf(spec).map((name) => completedOption(name, spec.optionHelp?.[name])),
    argument: argument === undefined ? undefined : { name: argument.name, completes: completesOf(argument, firstWords) },
  };
}

function optionsOf({ required, options }: CommandSpec): OptionName[] {
  return [...new Set([...required, ...options, ...COMMON_OPTIONS])];
}

function completesOf({ isPath, mayBePath, isCommand, choices }: ArgumentSpec, firstWords: readonly string[]): Completes {
  if (choices !== undefined) return choices;
  if (isCommand === true) return firstWords;
  return isPath === true || mayBePath === true ? "file" : "unknown";
}

function completedOption(name: OptionName, ownHelp?: unknown): CompletedOption {
  const { value, choices, short, negative, help, repeatable } = OPTION_TABLE[name];
  return {
    spellings: [`--${name}`, ...(negative === undefined ? [] : [`--no-${name}`]), ...(short === undefined ? [] : [`-${short}`])],
    help: typeof ownHelp === "string" ? ownHelp : help,
    value: value === undefined ? undefined : { name: value, completes: choices ?? BY_VALUE_NAME.get(value) ?? "unknown" },
    repeatable: repeatable === true,
  };
}

/** The words to choose from; undefined where the value is not one of a few. */
export function choicesOf(completes: Completes | undefined): readonly string[] | undefined {
  return typeof completes === "string" ? undefined : completes;
}

const BY_VALUE_NAME: ReadonlyMap<string, Completes> = new Map([
  ["FILE", "file"],
  ["PATH", "file"],
  ["FOLDER", "folder"],
]);
