import { OPTION_TABLE, type OptionName } from "../../assay/src/cli/command-line/options.ts";
import { OPTION_INPUTS } from "./offered.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a step of a workflow says. */
export interface Inputs {
  readonly command: string;
  /** The arguments of the command, one a line: models, or the evidence and its model. */
  readonly models: readonly string[];
  readonly workingDirectory: string;
  /** Whether the job's summary gets the report. */
  readonly summary: boolean;
  /** Whether what fails is an annotation. */
  readonly annotations: boolean;
  /** The options that are given, by their names. */
  readonly options: ReadonlyMap<OptionName, string>;
}

/** An input that has no meaning; the message names it. */
export class InputError extends Error {}

/** Reads the inputs as the runner passes them: `INPUT_` and the name in capitals. One that is empty is not given. Throws InputError. */
export function readInputs(environment: Environment): Inputs {
  const read = (name: string): string => (environment[inputVariable(name)] ?? "").trim();
  const given = OPTION_INPUTS.map((name) => [name, read(name)] as const).filter(([, value]) => value !== "");
  return {
    command: read("command"),
    models: linesOf(read("model")),
    workingDirectory: read("working-directory"),
    summary: readSwitch("summary", read("summary"), true),
    annotations: readSwitch("annotations", read("annotations"), true),
    options: new Map(given),
  };
}

/** The words of an option for the command line, each one word: no shell reads them. Throws InputError. */
export function optionWords(name: OptionName, value: string): string[] {
  const { value: takes, repeatable, negative } = OPTION_TABLE[name];
  if (takes === undefined) {
    if (readSwitch(name, value, false)) return [`--${name}`];
    return negative === undefined ? [] : [`--no-${name}`];
  }
  const lines = linesOf(value);
  if (lines.length > 1 && repeatable !== true) throw new InputError(`the input ${name} takes one value, and has ${lines.length} lines`);
  return lines.map((line) => `--${name}=${line}`);
}

function inputVariable(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** As YAML writes them: nothing else, so that a mistyped word turns nothing on or off. */
function readSwitch(name: string, value: string, otherwise: boolean): boolean {
  if (value === "") return otherwise;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new InputError(`the input ${name} is true or false, and not ${JSON.stringify(value)}`);
}
