// Writes what the source says in other words: the pages of docs/ on commands, exit codes, error codes and JSON output, the
// published JSON schemas and their types. `npm run docs` writes them; `-- --check` compares them with what is committed.
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
import { actionFile } from "./docs/action-file.ts";
import { apiPage } from "./docs/api-page.ts";
import { checkPage } from "./docs/check-page.ts";
import { jsonOutputPage } from "./docs/json-page.ts";
import { manPages } from "./docs/man-pages.ts";
import { jsonSchemas, predicateSchemas, schemaText } from "./docs/json-schemas.ts";
import { typesModule } from "./docs/json-types.ts";
import { policyPage } from "./docs/policy-page.ts";
import { policySchema } from "./docs/policy-schema.ts";
import { scanPage } from "./docs/scan-page.ts";
import { code, list, page, table } from "./docs/markdown.ts";

/** What is generated, by its path from the repository's root. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const schemas = jsonSchemas();
  // A mof.yml is read and predicates are signed: neither is printed.
  const predicates = predicateSchemas();
  const documents = new Map([...schemas].filter(([file]) => file !== "mof.v1" && !predicates.has(file)));
  return new Map([
    ["docs/api/README.md", apiPage()],
    ["docs/check.md", checkPage()],
    ["docs/commands.md", commandsPage()],
    ["docs/exit-codes.md", exitCodesPage()],
    ["docs/error-codes.md", errorCodesPage()],
    ["docs/json-output.md", jsonOutputPage([...documents.values()])],
    ["docs/policy.md", policyPage()],
    ["docs/scan.md", scanPage()],
    ["packages/action/action.yml", actionFile()],
    ["packages/assay/src/report/json/documents.ts", typesModule(documents, predicates)],
    ...[...schemas].map(([file, schema]) => [`packages/assay/schemas/${file}.json`, schemaText(schema)] as const),
    ["packages/assay/schemas/policy.v1.json", schemaText(policySchema())],
    ...[...manPages()].map(([file, text]) => [`packages/assay/man/${file}`, text] as const),
  ]);
}

function commandsPage(): string {
  return page("Commands", [
    "`assay COMMAND --help` shows the same on a terminal. Options may appear anywhere, before or after the arguments; `--` ends them.",
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
    "`MODEL_SIGNING_LOG_LEVEL` sets the log level where `--log-level` does not. `ASSAY_KEY_PASSWORD` holds the password of a private key where `--password` does not. `NO_COLOR` and `FORCE_COLOR` are heeded where `--color` is `auto`; `COLUMNS` sets the width of output to anything but a terminal.",
  ]);
}

function commandSections(spec: CommandSpec): string[] {
  const own = ownOptions(spec);
  const groups = [
    "method",
    "identity",
    "instance",
    "signature",
    "model",
    "decision",
    "evidence",
    "load",
    "openness",
    "work",
    "output",
  ] as const;
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
      "`incomplete`: could not tell (exit code 3).",
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

/** The common options are listed once, at the page's end. */
function ownOptions(spec: CommandSpec): readonly OptionName[] {
  const common: readonly OptionName[] = COMMON_OPTIONS;
  return [...spec.required, ...spec.options].filter((name) => !common.includes(name));
}

function optionTable(rows: readonly (readonly [OptionName, string])[]): string {
  return table(
    ["Option", "Meaning"],
    rows.map(([name, meaning]) => [`\`${optionTerm(name)}\``, meaning]),
  );
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL("../", import.meta.url);
  if (process.argv.includes("--check")) checkAll(root);
  else for (const [path, text] of generatedFiles()) writeFileSync(new URL(path, root), text);
}

function checkAll(root: URL): void {
  const stale = [...generatedFiles()].filter(([path, text]) => readFileSync(new URL(path, root), "utf8") !== text);
  for (const [path] of stale) console.error(`${path} is not what the source says: npm run docs`);
  if (stale.length > 0) process.exitCode = 1;
}
