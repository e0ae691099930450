import { AssayError, type CommandSuggestion } from "../../core/error.ts";
import { nearest } from "../../core/nearest.ts";
import type { CommandSpec, Invocation } from "../command.ts";
import { meantOptions, typedAgain, withOptionsNamed } from "./near-misses.ts";
import type { OptionName } from "./options.ts";
import { commandLine, COMMON_OPTIONS } from "./spec-parts.ts";
import type { OptionValues, Tokens } from "./tokens.ts";

/** The method that `sign` and `verify` mean when none is named, as in the reference. */
export const DEFAULT_METHOD = "sigstore";

/**
 * Understands a command line that was taken apart. Options may appear anywhere, `--` ends them, names may be
 * spelled with underscores. `specs` are the commands that there are.
 *
 * Throws USAGE, with the nearest match or a worked example as its suggestion.
 */
export function readArguments(tokens: Tokens, specs: readonly CommandSpec[]): Invocation {
  const isHelp = tokens.values.flag("help") === true;
  if (tokens.words.length === 1 && tokens.words[0] === "version") tokens.values.setFlag("version", true);
  if (tokens.values.flag("version") === true) return helpInvocation(tokens.values, [], specs);
  if (tokens.words.length === 0 && tokens.problems.length === 0) return helpInvocation(tokens.values, [], specs);
  const found = findByWords(tokens, isHelp, specs);
  if (found.spec === undefined) return helpInvocation(tokens.values, found.words, specs);
  const { spec, rest, methodNamed } = found;
  if (isHelp) return helpInvocation(tokens.values, methodNamed ? spec.words : spec.words.slice(0, 1), specs);
  throwProblem(tokens, spec, specs);
  checkBelonging(tokens.values, spec, found, specs);
  // Without what it needs, a model of this name could not be read either.
  if (rest.length === 1 && rest[0] === "help" && missingOptions(tokens.values, spec).length > 0) {
    return helpInvocation(tokens.values, spec.words, specs);
  }
  checkArguments(spec, found, tokens.values, specs);
  checkRequired(tokens.values, spec);
  checkConflicts(tokens.values, spec);
  return { spec, arguments: rest, values: tokens.values, methodNamed };
}

/** `assay help` with these words. */
export function helpInvocation(values: OptionValues, words: readonly string[], specs: readonly CommandSpec[]): Invocation {
  const spec = findCommand(["help"], specs);
  if (spec === undefined) throw new AssayError("INTERNAL", "the command `help` is missing");
  return { spec, arguments: words, values, methodNamed: true };
}

export function findCommand(words: readonly string[], specs: readonly CommandSpec[]): CommandSpec | undefined {
  return specs.find((spec) => spec.words.join(" ") === words.join(" "));
}

/** What a command line that is wrong calls, as far as that is clear. */
export interface Guess {
  /** `sign key`; undefined where no command is known. */
  readonly command: string | undefined;
  /** How a person typed it: without the method that was left out, `assay` alone where no command is known. */
  readonly typed: string;
}

/** Never throws. */
export function guessCommand(tokens: Tokens, specs: readonly CommandSpec[]): Guess {
  try {
    const { spec, words, methodNamed } = findByWords(tokens, false, specs);
    return { command: spec?.words.join(" "), typed: ["assay", ...(methodNamed ? (spec?.words ?? []) : words)].join(" ") };
  } catch {
    const [word = ""] = tokens.words;
    return { command: undefined, typed: ["assay", ...(isGroup(word, specs) ? [word] : [])].join(" ") };
  }
}

interface FoundCommand {
  readonly spec: CommandSpec | undefined;
  readonly words: readonly string[];
  readonly rest: readonly string[];
  readonly methodNamed: boolean;
}

function findByWords(tokens: Tokens, isHelp: boolean, specs: readonly CommandSpec[]): FoundCommand {
  const [word = "", ...others] = tokens.words;
  const name = word.replaceAll("_", "-");
  // Two words first: `openness` is a command of its own, with an argument, and `openness list` is another one.
  const long = findCommand([name, others[0]?.replaceAll("_", "-") ?? ""], specs);
  if (long !== undefined) return { spec: long, words: long.words, rest: others.slice(1), methodNamed: true };
  const short = findCommand([name], specs);
  if (short !== undefined) return { spec: short, words: [name], rest: others, methodNamed: true };
  if (isGroup(name, specs)) {
    if (isHelp) return { spec: undefined, words: [name], rest: others, methodNamed: false };
    const usual = inGroup(name, specs).find(({ method }) => method === DEFAULT_METHOD);
    if (usual !== undefined) return { spec: usual, words: [name], rest: others, methodNamed: false };
    throw unknownSubcommand(name, others[0], specs);
  }
  throwProblem(tokens, undefined, specs);
  if (tokens.words.length === 0) return { spec: undefined, words: [], rest: [], methodNamed: false };
  throw unknownCommand(word, specs);
}

/** Whether the word starts commands of two words. */
function isGroup(word: string, specs: readonly CommandSpec[]): boolean {
  return inGroup(word, specs).some(({ words }) => words.length === 2);
}

function inGroup(group: string | undefined, specs: readonly CommandSpec[]): CommandSpec[] {
  return specs.filter(({ words: [first] }) => first === group);
}

/** The methods that `sign` or `verify` take. */
function allMethods(specs: readonly CommandSpec[]): readonly string[] {
  return [...new Set(specs.flatMap(({ method }) => (method === undefined ? [] : [method])))];
}

function unknownSubcommand(group: string, word: string | undefined, specs: readonly CommandSpec[]): AssayError {
  const names = inGroup(group, specs).map(({ words: [, name = ""] }) => name);
  const near = word === undefined ? undefined : nearest(word, names);
  const message = word === undefined ? `one of its commands is missing: ${names.join(", ")}` : `unknown command "${group} ${word}"`;
  return new AssayError("USAGE", message, {
    suggestion: near === undefined ? see(`assay ${group} --help`) : meant(`assay ${group} ${near}`),
  });
}

function unknownCommand(word: string, specs: readonly CommandSpec[]): AssayError {
  const names = new Set(specs.map(({ words: [first = ""] }) => first));
  const near = nearest(word.replaceAll("_", "-"), names);
  if (near !== undefined) {
    return new AssayError("USAGE", `unknown command "${word}"`, { suggestion: meant(`assay ${near}`) });
  }
  if (allMethods(specs).includes(word)) {
    return new AssayError("USAGE", `unknown command "${word}"`, { hint: `did you mean assay sign ${word}, or assay verify ${word}` });
  }
  return new AssayError("USAGE", `unknown command "${word}"`, { hint: `the commands are ${[...names].join(", ")}; see assay help` });
}

function throwProblem(tokens: Tokens, spec: CommandSpec | undefined, specs: readonly CommandSpec[]): void {
  const [problem] = tokens.problems;
  if (problem === undefined) return;
  if (problem.kind === "error") throw problem.error;
  const own = spec === undefined ? COMMON_OPTIONS : accepted(spec);
  const matches = meantOptions(problem.name, own);
  const message = `unknown option ${problem.spelled}`;
  if (matches.length > 0) {
    throw new AssayError("USAGE", message, { hint: `did you mean ${matches.map((name) => `--${name}`).join(" or ")}` });
  }
  const sibling = spec === undefined ? undefined : siblingOf(spec, problem.name, specs);
  if (sibling !== undefined) throw new AssayError("USAGE", message, { hint: sibling });
  throw new AssayError("USAGE", message, { suggestion: see(spec === undefined ? "assay help" : helpLine(spec)) });
}

function takesAll(spec: CommandSpec, values: OptionValues): boolean {
  return values.names().every((name) => accepted(spec).includes(name));
}

/** What another method has that the option may have meant. */
function siblingOf(spec: CommandSpec, name: string, specs: readonly CommandSpec[]): string | undefined {
  for (const other of inGroup(spec.words[0], specs)) {
    const [option] = meantOptions(name, accepted(other));
    if (option !== undefined) return `--${option} belongs to ${commandLine(other)}`;
  }
  return undefined;
}

function checkBelonging(values: OptionValues, spec: CommandSpec, { rest, methodNamed }: FoundCommand, specs: readonly CommandSpec[]): void {
  const own = accepted(spec);
  for (const name of values.names()) {
    if (own.includes(name)) continue;
    // `assay verify granite --public-key ibm.pub`: the options say which method was meant.
    const fitting = methodNamed
      ? undefined
      : inGroup(spec.words[0], specs).find((other) => other.method !== undefined && takesAll(other, values));
    if (fitting !== undefined) {
      throw new AssayError("USAGE", `--${name} is for the method ${fitting.method ?? ""}, and no method is named`, {
        suggestion: meant(typedAgain(fitting, rest, values)),
      });
    }
    const homes = specs.filter((other) => accepted(other).includes(name)).map(commandLine);
    throw new AssayError("USAGE", `--${name} is not an option of this command`, { hint: `it belongs to ${homes.join(", ")}` });
  }
}

function checkArguments(
  spec: CommandSpec,
  { rest: given, methodNamed }: FoundCommand,
  values: OptionValues,
  specs: readonly CommandSpec[],
): void {
  const many = spec.arguments.some((argument) => argument.many === true);
  const needed = spec.arguments.filter((argument) => argument.optional !== true);
  const missing = needed[given.length];
  if (missing !== undefined) {
    throw new AssayError("USAGE", `${missing.name} is missing (${missing.help})`, { suggestion: example(spec) });
  }
  const empty = given.findIndex((argument) => argument === "");
  if (empty >= 0) throw new AssayError("USAGE", `${spec.arguments[empty]?.name ?? "an argument"} is empty`, { suggestion: example(spec) });
  checkChoices(spec, given);
  if (many || given.length <= spec.arguments.length) return;
  const method = methodNamed ? undefined : nearest(given[0] ?? "", allMethods(specs));
  if (method !== undefined) {
    throw new AssayError("USAGE", `unknown method "${given[0] ?? ""}"`, {
      suggestion: meant(`assay ${spec.words[0] ?? ""} ${method}`),
    });
  }
  const named = withOptionsNamed(spec, given, missingOptions(values, spec), values);
  const expected = spec.arguments.length === 0 ? "no arguments" : spec.arguments.map((argument) => argument.name).join(" ");
  throw new AssayError("USAGE", `this command takes ${expected}, and was given ${given.join(", ")}`, {
    suggestion: named === undefined ? example(spec) : meant(named),
  });
}

function checkChoices(spec: CommandSpec, given: readonly string[]): void {
  for (const [index, { name, choices }] of spec.arguments.entries()) {
    const value = given[index];
    if (choices === undefined || value === undefined || choices.includes(value)) continue;
    const near = nearest(value, choices);
    throw new AssayError("USAGE", `${name} "${value}" is not one of ${choices.join(", ")}`, {
      suggestion: near === undefined ? example(spec) : meant(`${commandLine(spec)} ${near}`),
    });
  }
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

/** The required options that were not given, nor one in their place. */
function missingOptions(values: OptionValues, spec: CommandSpec): OptionName[] {
  return spec.required.filter((name) => [name, ...(spec.instead?.[name] ?? [])].every((way) => values.texts(way).length === 0));
}

function checkConflicts(values: OptionValues, { conflicts = [] }: CommandSpec): void {
  const given = values.names();
  for (const { options, why } of conflicts) {
    if (options.every((name) => given.includes(name) && values.flag(name) !== false)) {
      throw new AssayError("USAGE", `--${options[0]} and --${options[1]} ${why}`);
    }
  }
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")}, and ${names.at(-1) ?? ""}`;
}

/** What each required option is for, where its help does not say it. */
const REASONS: Partial<Record<OptionName, string>> = {
  "private-key": "the key that signs",
  "signing-certificate": "the certificate of the key that signs",
  "public-key": "the key of the signer whom you trust",
  "pkcs11-uri": "which token and key",
  "certificate-chain": "a file with the root certificate that you trust; no roots are trusted by default",
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
  return [...spec.required, ...spec.options, ...COMMON_OPTIONS];
}
