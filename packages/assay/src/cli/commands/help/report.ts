import type { CommandSpec, Topic } from "../../command.ts";
import { findCommand } from "../../command-line/arguments.ts";
import { OPTION_GROUPS, OPTION_TABLE, type OptionName } from "../../command-line/options.ts";
import { commandLine } from "../../command-line/spec-parts.ts";
import { VERSION } from "../../../core/version.ts";
import { command, text, type Block, type Report } from "../../text/report.ts";

const TITLE = `assay ${VERSION}: who made a model, has a byte changed, does it run code, how open?`;

/** `assay` alone, at most 20 lines: what most people came for, by question, and where to start. */
export function overview(specs: readonly CommandSpec[]): Report {
  return [
    { kind: "heading", text: TITLE },
    heading("Verify what you downloaded: are these the bytes that were signed?"),
    ...shortEntries(specs, [
      ["verify key", "signed by the holder of this public key?"],
      ["verify certificate", "signed by a certificate under this root?"],
      ["verify sigstore", "signed by this person or CI job?"],
      ["inspect", "what it claims; nothing is verified"],
    ]),
    text("No signature? Ask the publisher for one, or for the manifest digest."),
    heading("Decide whether to run it; see what loading it does, how open it is"),
    ...shortEntries(specs, [
      ["check", "may we run it? one decision by your policy"],
      ["scan", "does loading it run code?"],
      ["openness", "its class, and what the next one needs"],
      ["diff", "what changed between models or signatures?"],
      ["digest", "what identifies these files?"],
    ]),
    heading("Sign your own"),
    ...shortEntries(specs, [
      ["sign sigstore", "by logging in, without a key"],
      ["sign key", "with a private key"],
      ["sign certificate", "with a key and its certificate"],
    ]),
    heading("Start here"),
    ...shortEntries(specs, [["demo", "see it all on a model made on the spot"]]),
    ...entries([["assay help all", "every command; assay verify key --help: one"]], OVERVIEW_COLUMN),
  ];
}

const OVERVIEW_COLUMN = 34;

/** Short enough for one line of 80 columns each. */
function shortEntries(specs: readonly CommandSpec[], calls: readonly (readonly [string, string])[]): Block[] {
  return entries(
    calls.flatMap(([call, short]) => {
      const spec = findCommand(call.split(" "), specs);
      return spec === undefined ? [] : [[callOf(spec), short] as const];
    }),
    OVERVIEW_COLUMN,
  );
}

/** The topics in the order in which people meet them. */
export const TOPICS: Readonly<Record<Topic, string>> = {
  policy: "Decide which models may be used",
  verify: "Verify what you downloaded",
  load: "See what loading it does",
  openness: "See how open a model is",
  changes: "See what changed",
  sign: "Sign your own",
  trust: "Decide which keys and authorities to trust",
  start: "Start here",
};

/** `assay help all`: every command. */
export function everyCommand(specs: readonly CommandSpec[]): Report {
  return [
    { kind: "heading", text: TITLE },
    ...Object.entries(TOPICS).flatMap(([topic, title]): Block[] => [
      { kind: "blank" },
      heading(title),
      ...entries(
        specs.filter((spec) => spec.topic === topic).map((spec) => [callOf(spec), spec.summary] as const),
        OVERVIEW_COLUMN,
      ),
    ]),
    { kind: "blank" },
    command("New here?", ["assay", "demo"]),
    text("Help for one command: assay verify key --help"),
  ];
}

function heading(content: string): Block {
  return { kind: "heading", text: content };
}

/** `assay sign --help`: the commands that start with a word. */
export function groupHelp(group: string, specs: readonly CommandSpec[]): Report {
  const own = specs.filter((spec) => spec.words[0] === group);
  const hasMethods = own.some(({ method }) => method !== undefined);
  return [
    { kind: "heading", text: `assay ${group}: choose ${hasMethods ? "a method" : "a command"}` },
    { kind: "blank" },
    ...entries(own.map((spec) => [callOf(spec), spec.summary] as const)),
    ...(hasMethods
      ? [
          { kind: "blank" } as const,
          text(WHICH_METHOD[group] ?? ""),
          text("Without a method, sigstore (keyless) is meant, as in the reference."),
        ]
      : []),
    { kind: "blank" },
    { kind: "heading", text: "Examples" },
    ...own.flatMap((spec) => spec.examples.slice(0, 1)).flatMap(exampleBlocks),
  ];
}

/** How someone who never heard of signing finds out which method is theirs. */
const WHICH_METHOD: Readonly<Record<string, string>> = {
  verify:
    "Which one: the publisher says what the model is signed with, a key, a certificate or an identity; assay inspect SIGNATURE shows it. " +
    "Take the key, root certificate or identity from the publisher, not from the place of the download.",
  sign: "Which one: sigstore needs an e-mail account or CI job and no key; key needs a key pair whose public half others get from you.",
};

export function commandHelp(spec: CommandSpec, specs: readonly CommandSpec[]): Report {
  const groups = Object.keys(OPTION_GROUPS).filter(isGroup);
  return [
    { kind: "heading", text: `${commandLine(spec)}: ${spec.summary}` },
    { kind: "blank" },
    text(spec.description),
    { kind: "blank" },
    { kind: "heading", text: "Usage" },
    command("", usageWords(spec)),
    ...entries(spec.arguments.map(({ name, help }) => [name, help] as const)),
    ...groups.flatMap((group) => groupBlocks(spec, group)),
    ...siblingBlocks(spec, specs),
    { kind: "blank" },
    { kind: "heading", text: "Examples" },
    ...spec.examples.flatMap(exampleBlocks),
  ];
}

/** Below a command of one word, those of two that start with it. */
function siblingBlocks(spec: CommandSpec, specs: readonly CommandSpec[]): Block[] {
  const [word = "", second] = spec.words;
  const siblings = specs.filter(({ words }) => words.length === 2 && words[0] === word);
  if (second !== undefined || siblings.length === 0) return [];
  const calls = siblings.map((sibling) => [callOf(sibling), sibling.summary] as const);
  return [{ kind: "blank" }, { kind: "heading", text: `More of assay ${word}` }, ...entries(calls)];
}

/** `--[no-]ignore-git-paths`, `-t, --timeout TIME`. */
export function optionTerm(name: OptionName): string {
  const spec = OPTION_TABLE[name];
  const short = spec.short === undefined ? "" : `-${spec.short}, `;
  if (spec.value !== undefined) return `${short}--${name} ${spec.choices === undefined ? spec.value : spec.choices.join("|")}`;
  return `${short}--${spec.negative === undefined ? "" : "[no-]"}${name}`;
}

/** `assay verify key MODEL --public-key FILE [options]`. */
export function usageLine(spec: CommandSpec): string {
  const required = spec.required.map((name) => {
    const ways = [name, ...(spec.instead?.[name] ?? [])].map((way) => `--${way} ${OPTION_TABLE[way].value ?? ""}`.trim());
    return ways.length > 1 ? `(${ways.join(" | ")})` : ways.join("");
  });
  return [callOf(spec), ...required, ...(spec.options.length > 0 ? ["[options]"] : [])].join(" ");
}

/** The options of a command that belong under one heading, required ones first. */
export function optionsInGroup(spec: CommandSpec, group: keyof typeof OPTION_GROUPS): readonly OptionName[] {
  return [...spec.required, ...spec.options].filter((name) => OPTION_TABLE[name].group === group);
}

export function optionHelp(spec: CommandSpec, name: OptionName): string {
  const { help, repeatable } = OPTION_TABLE[name];
  const ways = spec.instead?.[name] ?? [];
  const required = spec.required.includes(name) ? ` (required${ways.map((way) => `, or --${way}`).join("")})` : "";
  return `${spec.optionHelp?.[name] ?? help}${repeatable === true ? "; repeatable, or a comma-separated list" : ""}${required}`;
}

function groupBlocks(spec: CommandSpec, group: keyof typeof OPTION_GROUPS): Block[] {
  const names = optionsInGroup(spec, group);
  if (names.length === 0) return [];
  return [
    { kind: "blank" },
    { kind: "heading", text: OPTION_GROUPS[group] },
    ...entries(names.map((name) => [optionTerm(name), optionHelp(spec, name)] as const)),
  ];
}

function callOf(spec: CommandSpec): string {
  const names = spec.arguments.map(({ name, optional, many }) => {
    const shown = many === true ? `${name}...` : name;
    return optional === true ? `[${shown}]` : shown;
  });
  return [commandLine(spec), ...names].join(" ");
}

function usageWords(spec: CommandSpec): { readonly placeholder: string }[] {
  return usageLine(spec)
    .split(" ")
    .map((word) => ({ placeholder: word }));
}

function exampleBlocks({ line, does }: { readonly line: string; readonly does: string }): Block[] {
  return [command("", line.split(" ")), { kind: "entry", term: "", text: does, column: 6 }];
}

function entries(pairs: readonly (readonly [string, string])[], fixed?: number): Block[] {
  const column = fixed ?? Math.min(34, Math.max(...pairs.map(([term]) => term.length), 0) + 4);
  return pairs.map(([term, explanation]) => ({ kind: "entry", term, text: explanation, column }));
}

function isGroup(name: string): name is keyof typeof OPTION_GROUPS {
  return Object.hasOwn(OPTION_GROUPS, name);
}
