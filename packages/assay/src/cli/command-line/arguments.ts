import { AssayError, type CommandSuggestion } from "../../core/error.ts";
import { COMMANDS, DEFAULT_METHOD, commandLine, findCommand, type CommandSpec } from "../commands.ts";
import { nearest } from "../../core/nearest.ts";
import { meantOptions, missingOptions, typedAgain, withOptionsNamed } from "./near-misses.ts";
import type { OptionValues } from "./option-values.ts";
import { COMMON_OPTIONS, isOptionName, type OptionName } from "./options.ts";
import { readTokens, type Tokens } from "./tokens.ts";

/** A command line that was understood. */
export interface Invocation {
  readonly spec: CommandSpec;
  readonly arguments: readonly string[];
  readonly values: OptionValues;
  /** False where `sign` or `verify` was called without a method. */
  readonly methodNamed: boolean;
}

/**
 * Understands a command line (without the program's name). Options may stand anywhere, `--` ends
 * them, names may be spelled with underscores.
 *
 * Throws USAGE, with the nearest match or a worked example as its hint.
 */
export function readArguments(argv: readonly string[]): Invocation {
  const tokens = readTokens(argv);
  const helpWanted = tokens.values.flag("help") === true;
  if (tokens.words.length === 1 && tokens.words[0] === "version") tokens.values.setFlag("version", true);
  if (tokens.values.flag("version") === true) return helpInvocation(tokens, []);
  if (tokens.words.length === 0 && tokens.problems.length === 0) return helpInvocation(tokens, []);
  const found = findByWords(tokens, helpWanted);
  if (found.spec === undefined) return helpInvocation(tokens, found.words);
  if (helpWanted) return helpInvocation(tokens, found.methodNamed ? found.spec.words : found.spec.words.slice(0, 1));
  const { spec } = found;
  throwProblem(tokens, spec);
  checkBelonging(tokens, spec, found);
  // Without what it needs, a model of this name could not be read either.
  if (found.rest.length === 1 && found.rest[0] === "help" && missingOptions(tokens.values, spec).length > 0) {
    return helpInvocation(tokens, spec.words);
  }
  checkArguments(spec, found, tokens.values);
  checkRequired(tokens.values, spec);
  return {
    spec,
    arguments: found.rest,
    values: tokens.values,
    methodNamed: found.methodNamed,
  };
}

/** The command that a command line calls, as far as that can be told although it is wrong. */
export function guessCommand(argv: readonly string[]): string | undefined {
  return guess(argv)?.spec?.words.join(" ");
}

/** The same as a person typed it: without the method that was left out, and `assay` alone where no command is known. */
export function guessCommandLine(argv: readonly string[]): string {
  const found = guess(argv);
  const words = found?.methodNamed === false ? found.words : found?.spec?.words;
  return ["assay", ...(words ?? groupOf(argv))].join(" ");
}

function groupOf(argv: readonly string[]): readonly string[] {
  const [word = ""] = readTokens(argv).words;
  return GROUPS.has(word) ? [word] : [];
}

function guess(argv: readonly string[]): FoundCommand | undefined {
  try {
    return findByWords(readTokens(argv), false);
  } catch {
    return undefined;
  }
}

/** Words that only start a command, and those of them whose second word is a method that may be left out. */
const GROUPS: ReadonlySet<string> = new Set(COMMANDS.filter(({ words }) => words.length === 2).map(({ words: [group = ""] }) => group));
const METHOD_GROUPS: ReadonlySet<string> = new Set(["sign", "verify"]);

interface FoundCommand {
  readonly spec: CommandSpec | undefined;
  readonly words: readonly string[];
  readonly rest: readonly string[];
  readonly methodNamed: boolean;
}

function findByWords(tokens: Tokens, helpWanted: boolean): FoundCommand {
  const [word = "", ...others] = tokens.words;
  const name = word.replaceAll("_", "-");
  // Two words first: `openness` is a command of its own, with an argument, and `openness list` is another one.
  const method = findCommand([name, others[0]?.replaceAll("_", "-") ?? ""]);
  if (method !== undefined) return { spec: method, words: method.words, rest: others.slice(1), methodNamed: true };
  const plain = findCommand([name]);
  if (plain !== undefined) return { spec: plain, words: [name], rest: others, methodNamed: true };
  if (GROUPS.has(name)) {
    if (helpWanted) return { spec: undefined, words: [name], rest: others, methodNamed: false };
    if (METHOD_GROUPS.has(name)) return { spec: findCommand([name, DEFAULT_METHOD]), words: [name], rest: others, methodNamed: false };
    throw unknownSubcommand(name, others[0]);
  }
  throwProblem(tokens, undefined);
  if (tokens.words.length === 0) return { spec: undefined, words: [], rest: [], methodNamed: false };
  throw unknownCommand(word);
}

function helpInvocation(tokens: Tokens, words: readonly string[]): Invocation {
  const spec = findCommand(["help"]);
  if (spec === undefined) throw new AssayError("INTERNAL", "the command `help` is missing");
  return { spec, arguments: words, values: tokens.values, methodNamed: true };
}

function unknownSubcommand(group: string, word: string | undefined): AssayError {
  const names = COMMANDS.filter(({ words }) => words[0] === group).map(({ words: [, name = ""] }) => name);
  const near = word === undefined ? undefined : nearest(word, names);
  const message = word === undefined ? `one of its commands is missing: ${names.join(", ")}` : `there is no command "${group} ${word}"`;
  return new AssayError("USAGE", message, {
    suggestion: near === undefined ? see(`assay ${group} --help`) : meant(`assay ${group} ${near}`),
  });
}

function unknownCommand(word: string): AssayError {
  const names = new Set(COMMANDS.map((spec) => spec.words[0] ?? ""));
  const methods = COMMANDS.filter((spec) => METHOD_GROUPS.has(spec.words[0] ?? ""));
  const near = nearest(word.replaceAll("_", "-"), names);
  if (near !== undefined) {
    return new AssayError("USAGE", `there is no command "${word}"`, { suggestion: meant(`assay ${near}`) });
  }
  if (methods.some((spec) => spec.words[1] === word)) {
    return new AssayError("USAGE", `there is no command "${word}"`, { hint: `did you mean assay sign ${word}, or assay verify ${word}` });
  }
  return new AssayError("USAGE", `there is no command "${word}"`, { hint: `the commands are ${[...names].join(", ")}; see assay help` });
}

function throwProblem(tokens: Tokens, spec: CommandSpec | undefined): void {
  const [problem] = tokens.problems;
  if (problem === undefined) return;
  if (problem.kind === "error") throw problem.error;
  const own = spec === undefined ? COMMON_OPTIONS : accepted(spec);
  const matches = meantOptions(problem.name, own);
  const message = `there is no option ${problem.spelled}`;
  if (matches.length > 0) {
    throw new AssayError("USAGE", message, { hint: `did you mean ${matches.map((name) => `--${name}`).join(" or ")}` });
  }
  const sibling = siblingOf(spec, problem.name);
  if (sibling !== undefined) throw new AssayError("USAGE", message, { hint: sibling });
  throw new AssayError("USAGE", message, { suggestion: see(spec === undefined ? "assay help" : helpLine(spec)) });
}

function takesAll(spec: CommandSpec, values: OptionValues): boolean {
  return values.names().every((name) => accepted(spec).includes(name));
}

/** What another method has that the option may have meant. */
function siblingOf(spec: CommandSpec | undefined, name: string): string | undefined {
  for (const other of COMMANDS.filter(({ words }) => words[0] === spec?.words[0])) {
    const [option] = meantOptions(name, accepted(other));
    if (option !== undefined) return `--${option} belongs to ${commandLine(other)}`;
  }
  return undefined;
}

function checkBelonging({ values }: Tokens, spec: CommandSpec, { rest, methodNamed }: FoundCommand): void {
  const own = accepted(spec);
  for (const name of values.names()) {
    if (own.includes(name)) continue;
    // `assay verify granite --public-key ibm.pub`: the options say which method was meant.
    const fitting = methodNamed ? undefined : COMMANDS.find((other) => other.words[0] === spec.words[0] && takesAll(other, values));
    if (fitting !== undefined) {
      throw new AssayError("USAGE", `--${name} is for the method ${fitting.words[1] ?? ""}, and no method is named`, {
        suggestion: meant(typedAgain(fitting, rest, values)),
      });
    }
    const homes = COMMANDS.filter((other) => accepted(other).includes(name)).map(commandLine);
    throw new AssayError("USAGE", `--${name} is not an option of this command`, { hint: `it belongs to ${homes.join(", ")}` });
  }
}

function checkArguments(spec: CommandSpec, { rest: given, methodNamed }: FoundCommand, values: OptionValues): void {
  const many = spec.arguments.some((argument) => argument.many === true);
  const needed = spec.arguments.filter((argument) => argument.optional !== true);
  const missing = needed[given.length];
  if (missing !== undefined) {
    throw new AssayError("USAGE", `${missing.name} is missing (${missing.help})`, { suggestion: example(spec) });
  }
  const empty = given.findIndex((argument) => argument === "");
  if (empty >= 0) throw new AssayError("USAGE", `${spec.arguments[empty]?.name ?? "an argument"} is empty`, { suggestion: example(spec) });
  if (many || given.length <= spec.arguments.length) return;
  const method = methodNamed ? undefined : nearest(given[0] ?? "", METHODS);
  if (method !== undefined) {
    throw new AssayError("USAGE", `there is no method "${given[0] ?? ""}"`, {
      suggestion: meant(`assay ${spec.words[0] ?? ""} ${method}`),
    });
  }
  const named = withOptionsNamed(spec, given, values);
  const expected = spec.arguments.length === 0 ? "no arguments" : spec.arguments.map((argument) => argument.name).join(" ");
  throw new AssayError("USAGE", `this command takes ${expected}, and was given ${given.join(", ")}`, {
    suggestion: named === undefined ? example(spec) : meant(named),
  });
}

function checkRequired(values: OptionValues, spec: CommandSpec): void {
  const missing = missingOptions(values, spec);
  if (missing.length === 0) return;
  const names = missing.map((name) => [name, ...(spec.instead?.[name] ?? [])].map((way) => `--${way}`).join(" or "));
  const why = REASONS[missing[0] ?? "help"];
  throw new AssayError("USAGE", `${listed(names)} ${missing.length === 1 ? "is" : "are"} missing${why === undefined ? "" : `: ${why}`}`, {
    suggestion: example(spec),
  });
}

const METHODS: readonly string[] = [
  ...new Set(COMMANDS.filter(({ words }) => METHOD_GROUPS.has(words[0] ?? "")).map(({ words }) => words[1] ?? "")),
];

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")}, and ${names.at(-1) ?? ""}`;
}

/** What each required option is for, where its help does not say it. */
const REASONS: Partial<Record<OptionName, string>> = {
  "private-key": "the key that signs",
  "signing-certificate": "the certificate of the key that signs",
  "public-key": "the key of the signer whom you trust",
  "pkcs11-uri": "which token and key",
  "certificate-chain": "a file with the root certificate that you trust; there are no default roots",
};

function example(spec: CommandSpec): CommandSuggestion {
  const line = spec.examples[0]?.line;
  return line === undefined ? see(helpLine(spec)) : { lead: "for example", line };
}

function see(line: string): CommandSuggestion {
  return { lead: "see", line };
}

function meant(line: string): CommandSuggestion {
  return { lead: "did you mean", line };
}

function helpLine(spec: CommandSpec): string {
  return `${commandLine(spec)} --help`;
}

function accepted(spec: CommandSpec): readonly OptionName[] {
  return [...spec.required, ...spec.options, ...COMMON_OPTIONS].filter(isOptionName);
}
