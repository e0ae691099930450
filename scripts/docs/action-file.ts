import { OPTION_TABLE, type OptionName } from "../../packages/assay/src/cli/command-line/options.ts";
import { acceptsOption, OFFERED, OPTION_INPUTS } from "../../packages/action/src/offered.ts";

interface Input {
  readonly name: string;
  readonly description: string;
  readonly required?: true;
  readonly default?: string;
}

const OWN_INPUTS: readonly Input[] = [
  { name: "command", description: `what to do: ${OFFERED.map(({ words }) => words.join(" ")).join(", ")}`, required: true },
  { name: "model", description: "the model: a folder, a single file, or one on a hub (hf:owner/name@commit); several, one a line" },
  { name: "working-directory", description: "what relative paths are relative to; default: the workspace" },
  { name: "summary", description: "write the report to the summary of the job", default: "true" },
  { name: "annotations", description: "show what fails as annotations", default: "true" },
];

const OUTPUTS: Readonly<Record<string, string>> = {
  "exit-code": "0 for a yes, 1 for a no, 2 for a wrong question, 3 where it could not tell",
  decision: "check, verify evidence: allow, deny or incomplete",
  outcome: "verify: verified, failed or incomplete; scan: data-only, code, unknown or invalid",
  class: "openness: 1, 2, 3 or none; of several models, one a line",
  digest: "the manifest digest of the model that was decided about, verified, signed or hashed; of several, one a line",
  signature: "sign: the file that was written",
  report: "a file with the report in Markdown",
  result: "a file with the answer in JSON, by the published schemas",
};

/** packages/action/action.yml: the inputs are the options of the command, by their names. */
export function actionFile(): string {
  const options = OPTION_INPUTS.map((name): Input => ({ name, description: optionDescription(name) }));
  return [
    "# Generated from the table of options by `npm run docs`; edit packages/action/src or scripts/docs/action-file.ts instead.",
    "name: Assay",
    "description: Verify, sign, scan and check AI models, and decide by a policy whether they may be used",
    "author: The Assay authors",
    "branding:",
    "  icon: check-square",
    "  color: green",
    "inputs:",
    ...[...OWN_INPUTS, ...options].flatMap(inputLines),
    "outputs:",
    ...Object.entries(OUTPUTS).flatMap(([name, description]) => [`  ${name}:`, `    description: ${quoted(description)}`]),
    "runs:",
    "  using: node24",
    "  main: index.js",
    "",
  ].join("\n");
}

function inputLines({ name, description, required, default: otherwise }: Input): string[] {
  return [
    `  ${name}:`,
    `    description: ${quoted(description)}`,
    `    required: ${required === true}`,
    ...(otherwise === undefined ? [] : [`    default: ${quoted(otherwise)}`]),
  ];
}

/** The help of the option, how its value is written here, and the commands that take it, where these are few. */
function optionDescription(name: OptionName): string {
  const { help, value, repeatable, choices } = OPTION_TABLE[name];
  const form =
    value === undefined
      ? "true or false"
      : choices !== undefined
        ? `one of ${choices.join(", ")}`
        : repeatable === true
          ? "one a line"
          : undefined;
  const specs = OFFERED.filter((spec) => acceptsOption(spec, name));
  const commands = [...new Set(specs.map(({ words }) => words.join(" ")))];
  const own = specs.length === 1 ? specs[0]?.optionHelp?.[name] : undefined;
  const about = commands.length > 4 ? "" : ` (${commands.join(", ")})`;
  return `${own ?? help}${form === undefined ? "" : `; ${form}`}${about}`;
}

/** A YAML string in double quotes, which is a JSON string. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
