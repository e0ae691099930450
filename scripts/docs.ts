// Writes the pages of docs/ that say what the source says: commands, exit codes, error codes.
// `npm run docs` writes them; a test compares them with what is committed.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CommandSpec } from "../packages/assay/src/cli/command.ts";
import { OPTION_TABLE, type OptionName } from "../packages/assay/src/cli/command-line/options.ts";
import { commandLine, COMMON_OPTIONS } from "../packages/assay/src/cli/command-line/spec-parts.ts";
import { SPECS } from "../packages/assay/src/cli/registry.ts";
import { EXIT_CODES } from "../packages/assay/src/cli/command-line/exit-codes.ts";
import { optionHelp, optionsInGroup, optionTerm, usageLine } from "../packages/assay/src/cli/commands/help/report.ts";
import { shellQuote } from "../packages/assay/src/cli/text/shell-quote.ts";
import type { ErrorCode } from "../packages/assay/src/core/error-codes.ts";
import { ERROR_CODES } from "../packages/assay/src/core/error-meanings.ts";
import { ERROR_REMEDIES } from "./error-remedies.ts";
import { WARNING_CODES } from "../packages/assay/src/core/warning.ts";

const GENERATED = "<!-- Generated from the source by `npm run docs`; edit packages/assay/src/cli instead. -->";

/** The generated pages, by their path from the repository's root. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/commands.md", commandsPage()],
    ["docs/exit-codes.md", exitCodesPage()],
    ["docs/error-codes.md", errorCodesPage()],
    ["docs/json-output.md", jsonOutputPage()],
  ]);
}

function commandsPage(): string {
  return page("Commands", [
    "`assay COMMAND --help` shows the same on a terminal. Options may stand anywhere, before or after the arguments; `--` ends them.",
    list(SPECS.map((spec) => `[\`${commandLine(spec)}\`](#${commandLine(spec).replaceAll(" ", "-")}): ${spec.summary}`)),
    "## Spelling",
    list([
      "Long options may be spelled with underscores: `--private_key`, `--no-ignore_unsigned_files`. A value's underscores stay.",
      "A value follows after a blank or `=`. A switch may be given a value: `--ignore-git-paths=false`, as with the Go client; `--no-` turns any switch off.",
      "Of an option given twice the last one counts, except for `--ignore-paths` and `--certificate-chain`, which add up.",
      'Those two also take a comma-separated list, as with the Go client; `"a,1",b` quotes a comma. A value with a comma that exists as a path is that path, as with the Python reference.',
    ]),
    ...SPECS.flatMap(commandSections),
    "## Options of every command",
    optionTable(COMMON_OPTIONS.map((name) => [name, OPTION_TABLE[name].help])),
    "`MODEL_SIGNING_LOG_LEVEL` sets the log level where `--log-level` does not. `ASSAY_KEY_PASSWORD` holds the password of a private key where `--password` does not. `NO_COLOR` and `FORCE_COLOR` are heeded where `--color` is `auto`; `COLUMNS` sets the width of output that goes to no terminal.",
  ]);
}

function commandSections(spec: CommandSpec): string[] {
  const own = ownOptions(spec);
  const groups = ["method", "identity", "instance", "signature", "model", "openness", "work", "output"] as const;
  const rows = groups.flatMap((group) => optionsInGroup(spec, group).filter((name) => own.includes(name)));
  return [
    `## ${commandLine(spec)}`,
    `${capital(spec.summary)}${spec.summary.endsWith("?") || spec.summary.endsWith(")") ? "" : "."}`,
    spec.description,
    code([usageLine(spec)]),
    ...(spec.arguments.length === 0 ? [] : [list(spec.arguments.map(({ name, help }) => `\`${name}\`: ${help}`))]),
    ...(rows.length === 0 ? [] : [optionTable(rows.map((name) => [name, optionHelp(spec, name)]))]),
    code(spec.examples.flatMap(({ line, does }) => [`# ${does}`, line.split(" ").map(shellQuote).join(" ")])),
  ];
}

function exitCodesPage(): string {
  return page("Exit codes", [
    table(
      ["Code", "Meaning"],
      Object.entries(EXIT_CODES).map(([exitCode, meaning]) => [exitCode, meaning]),
    ),
    "The Python reference and the Go client exit with 1 for everything that is not a yes. A script that treats every code but 0 as a failure needs no change; one that retries what could not be told looks for 3.",
  ]);
}

function errorCodesPage(): string {
  return page("Error and warning codes", [
    "Codes are stable: programs may rely on them. Messages are for people and may change. In `--json`, an error is `error.code`, a warning one of `warnings`; in the library, `AssayError.code`.",
    list([
      "`failed`: the answer is no (exit code 1).",
      "`usage`: the question was wrong (exit code 2). A key, certificate or trusted root that you give and that cannot be used ends with 2 as well, whatever its code.",
      "`incomplete`: it could not be told (exit code 3).",
    ]),
    "The message of an error, and its hint, say more than this table, for they know the case. [Troubleshooting](troubleshooting.md) is sorted by what you see.",
    "## Errors",
    table(
      ["Code", "Outcome", "Meaning", "What to do"],
      errorCodes().map((name) => [`\`${name}\``, ERROR_CODES[name].outcome, ERROR_CODES[name].meaning, ERROR_REMEDIES[name]]),
    ),
    "## Warnings",
    "A warning never changes the answer.",
    table(
      ["Code", "Meaning"],
      Object.entries(WARNING_CODES).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
  ]);
}

function errorCodes(): ErrorCode[] {
  return Object.keys(ERROR_CODES) as ErrorCode[];
}

interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const SCHEMAS = [
  "sign",
  "verify",
  "digest",
  "inspect",
  "diff",
  "trust",
  "openness",
  "openness-list",
  "openness-compare",
  "openness-import",
  "openness-schema",
  "demo",
  "help",
  "error",
];

function jsonOutputPage(): string {
  const schemas = SCHEMAS.map((name): Schema => {
    const url = new URL(`../packages/assay/schemas/${name}.v1.json`, import.meta.url);
    return JSON.parse(readFileSync(url, "utf8"));
  });
  const parts = new Map(schemas.flatMap(({ $defs }) => Object.entries($defs ?? {})));
  return page("JSON output", [
    "With `--json` a command prints exactly one JSON object on standard output, whatever the answer is, and nothing else there. Its `schema` names one of the schemas below, which the package ships as `assay/schemas/*.json` (JSON Schema, draft 2020-12). A field may be added within a version; one that goes away or changes its meaning makes a new version. Sizes are bytes, and every difference is there, however many there are.",
    "Every field is always present; `null` stands for what is not known. Characters that could mislead a terminal are written as `\\uXXXX`.",
    ...schemas.flatMap((schema) => [`## ${schema.title ?? ""}`, schema.description ?? "", fieldTable(schema)]),
    "## Parts",
    ...[...parts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, part]) => partSection(name, part)),
  ]);
}

function partSection(name: string, part: Schema): string[] {
  const shapes = part.oneOf ?? [part];
  const tables = shapes.flatMap((shape) => (shape.properties === undefined ? [] : [fieldTable(shape)]));
  const description = part.description === undefined ? [] : [part.description];
  if (tables.length > 0) return [`### ${name}`, ...description, ...(tables.length > 1 ? ["One of:"] : []), ...tables];
  return [`### ${name}`, ...description, `A string that matches \`${part.pattern ?? ""}\`.`];
}

function fieldTable({ properties = {} }: Schema): string {
  return table(
    ["Field", "Type", "Meaning"],
    Object.entries(properties).map(([name, field]) => [`\`${name}\``, typeOf(field), field.description ?? ""]),
  );
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  if (schema.oneOf !== undefined) return schema.oneOf.map(typeOf).join(" or ");
  if (schema.items !== undefined) return `array of ${typeOf(schema.items)}`;
  if (schema.properties !== undefined)
    return `object: ${Object.keys(schema.properties)
      .map((name) => `\`${name}\``)
      .join(", ")}`;
  return [schema.type ?? "any"].flat().join(" or ");
}

/** The common options stand once, at the page's end. */
function ownOptions(spec: CommandSpec): readonly OptionName[] {
  const common: readonly OptionName[] = COMMON_OPTIONS;
  return [...spec.required, ...spec.options].filter((name) => !common.includes(name));
}

function page(title: string, blocks: readonly string[]): string {
  return `${[GENERATED, `# ${title}`, ...blocks].join("\n\n")}\n`;
}

function optionTable(rows: readonly (readonly [OptionName, string])[]): string {
  return table(
    ["Option", "Meaning"],
    rows.map(([name, meaning]) => [`\`${optionTerm(name)}\``, meaning]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...others.map(line)].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function code(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of generatedPages()) writeFileSync(new URL(`../${path}`, import.meta.url), text);
}
