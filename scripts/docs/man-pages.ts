// The manual pages, roff with the macros of man(7), from the table of commands: assay.1, and a page for each first word.
import type { CommandSpec } from "../../packages/assay/src/cli/command.ts";
import { EXIT_CODES } from "../../packages/assay/src/cli/command-line/exit-codes.ts";
import { OPTION_GROUPS, OPTION_TABLE, type OptionName } from "../../packages/assay/src/cli/command-line/options.ts";
import { commandLine, COMMON_OPTIONS } from "../../packages/assay/src/cli/command-line/spec-parts.ts";
import { optionHelp, optionsInGroup, optionTerm, TOPICS, usageLine } from "../../packages/assay/src/cli/commands/help/report.ts";
import { SPECS } from "../../packages/assay/src/cli/registry.ts";
import { shellQuote } from "../../packages/assay/src/cli/text/shell-quote.ts";
import { code, heading, paragraph, roff, section, sentence, term } from "./roff.ts";

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["ASSAY_KEY_PASSWORD", "the password of a private key, where --password is not given"],
  ["ASSAY_PKCS11_PIN", "the PIN of a token"],
  ["SIGSTORE_ID_TOKEN", "the identity token to sign with, where --identity-token is not given"],
  ["MODEL_SIGNING_LOG_LEVEL", "the log level, where --log-level is not given"],
  ["NO_COLOR, FORCE_COLOR", "whether output has color, where --color is auto"],
  ["COLUMNS", "the width of output to anything but a terminal"],
];

/** Every page by the name of its file. */
export function manPages(): ReadonlyMap<string, string> {
  const words = [...new Set(SPECS.map(({ words: [first = ""] }) => first))];
  const pages = words.map((word) => [`assay-${word}.1`, groupPage(word, words)] as const);
  return new Map([["assay.1", overviewPage(words)], ...pages]);
}

function overviewPage(words: readonly string[]): string {
  return roff("assay", [
    section("Name"),
    "assay \\- verify, scan, evaluate, decide about and sign AI models",
    section("Synopsis"),
    `${code("assay")} COMMAND [options]`,
    section("Description"),
    paragraph(
      "Assay answers questions about AI models with evidence: who made this model, has a byte changed, does loading it run code, how open " +
        "is it, may we run it. Options may appear anywhere; -- ends them. Long options may be spelled with underscores. A value follows " +
        "after a blank or =; --no- turns any switch off.",
    ),
    section("Commands"),
    ...words.flatMap((word) => [
      heading(`assay-${word}(1)`),
      ...named(word).flatMap((spec) => term(code(commandLine(spec)), sentence(spec.summary))),
    ]),
    section("Options of every command"),
    ...COMMON_OPTIONS.flatMap((name) => term(code(optionTerm(name)), sentence(OPTION_TABLE[name].help))),
    section("Environment"),
    ...ENVIRONMENT.flatMap(([name, meaning]) => term(code(name), sentence(meaning))),
    section("Exit status"),
    ...Object.entries(EXIT_CODES).flatMap(([exitCode, meaning]) => term(code(exitCode), sentence(meaning))),
    ...seeAlso(words),
  ]);
}

function groupPage(word: string, words: readonly string[]): string {
  const specs = named(word);
  return roff(`assay-${word}`, [
    section("Name"),
    `assay-${word} \\- ${nameLine(specs)}`,
    section("Synopsis"),
    ...specs.flatMap((spec, index) => [...(index === 0 ? [] : [".PP"]), code(usageLine(spec))]),
    ...specs.flatMap(commandSections),
    section("Exit status"),
    paragraph("As of every command: see assay(1)."),
    ...seeAlso(words.filter((other) => other !== word)),
  ]);
}

/** One line, as makewhatis wants it: the question of one command; of several, what they are for and their second words. */
function nameLine(specs: readonly CommandSpec[]): string {
  const [first] = specs;
  const seconds = specs.flatMap(({ words: [, second] }) => second ?? []).join(", ");
  const several = `${TOPICS[first?.topic ?? "start"]}: ${seconds}`;
  const text = specs.length === 1 ? (first?.summary ?? "") : `${several.charAt(0).toLowerCase()}${several.slice(1)}`;
  return paragraph(text).replaceAll("\n", " ");
}

function commandSections(spec: CommandSpec): string[] {
  const names: readonly OptionName[] = [...spec.required, ...spec.options];
  const common: readonly OptionName[] = COMMON_OPTIONS;
  const changed = (name: OptionName): boolean => !common.includes(name) || spec.optionHelp?.[name] !== undefined;
  const groups = Object.entries(OPTION_GROUPS).flatMap(([group, title]) => {
    const own = isGroup(group) ? optionsInGroup(spec, group).filter(changed) : [];
    return own.length === 0
      ? []
      : [heading(title), ...own.flatMap((name) => term(code(optionTerm(name)), sentence(optionHelp(spec, name))))];
  });
  const shared = names.filter((name) => !changed(name)).map((name) => `--${name}`);
  return [
    section(commandLine(spec)),
    paragraph(sentence(spec.summary)),
    ".PP",
    paragraph(spec.description),
    ...spec.arguments.flatMap(({ name, help }) => term(code(name), sentence(help))),
    ...groups,
    ...(shared.length === 0 ? [] : [heading("Options of every command: see assay(1)"), paragraph(`${shared.join(", ")}.`)]),
    heading("Examples"),
    ...spec.examples.flatMap(({ line, does }) => term(code(line.split(" ").map(shellQuote).join(" ")), sentence(does))),
  ];
}

function seeAlso(words: readonly string[]): string[] {
  return [section("See also"), paragraph(["assay(1)", ...words.map((word) => `assay-${word}(1)`)].join(", "))];
}

function named(word: string): CommandSpec[] {
  return SPECS.filter(({ words: [first] }) => first === word);
}

function isGroup(name: string): name is keyof typeof OPTION_GROUPS {
  return Object.hasOwn(OPTION_GROUPS, name);
}
