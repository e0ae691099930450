import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { resultMarkdown } from "../../assay/src/report/result-markdown.ts";
import { annotationsOf, outputsOf, type Result } from "./answer.ts";
import { commandLineOf } from "./command-line.ts";
import { InputError, readInputs, type Inputs } from "./inputs.ts";
import { runCommand } from "./run-command.ts";
import { keepResult, writeOutputs, writeSummary } from "./runner-files.ts";
import { annotationLine, withoutCommands } from "./workflow-commands.ts";

/** What the action is given besides its inputs. */
export interface ActionHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The command's entry. */
  readonly entry: string;
  /** The log of the step. */
  readonly log: (text: string) => void;
}

/** Runs the step: asks the command, and tells the runner what it answered. The number is the exit code: 0 for a yes only. */
export async function runAction({ environment, cwd, entry, log }: ActionHost): Promise<number> {
  const workspace = environment["GITHUB_WORKSPACE"] || cwd;
  let inputs: Inputs;
  let words: string[];
  let folder: string;
  try {
    inputs = readInputs(environment);
    words = commandLineOf(inputs);
    folder = folderOf(workspace, inputs.workingDirectory);
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    log(`${annotationLine({ level: "error", title: "Assay", message: thrown.message })}\n`);
    writeOutputs(environment, new Map([["exit-code", "2"]]), randomUUID());
    return 2;
  }
  const { exitCode, stdout, stderr } = await runCommand(entry, words, folder, environment);
  const results = readResults(stdout);
  if (results === undefined) {
    log(withoutCommands(`${stdout}${stderr}`, randomUUID()));
    log(`${annotationLine({ level: "error", title: "Assay", message: `no answer: the command ended with ${exitCode}` })}\n`);
    writeOutputs(environment, new Map([["exit-code", String(exitCode === 0 ? 3 : exitCode)]]), randomUUID());
    return exitCode === 0 ? 3 : exitCode;
  }

  const isYes = exitCode === 0 && results.every((result) => !("exitCode" in result) || result.exitCode === 0);
  // Where answer and exit code disagree, neither counts.
  const outcome = exitCode === 0 && !isYes ? 3 : exitCode;
  const report = resultMarkdown(results.length === 1 && results[0] !== undefined ? results[0] : results, inputs.models);
  const kept = keepResult(environment, { "report.md": report, "result.json": stdout });
  // Names of a model are in there: until the end of it, the runner takes no line for a command.
  log(withoutCommands(`${report}\n${stderr}`, randomUUID()));
  if (inputs.summary) writeSummary(environment, report);
  if (inputs.annotations) {
    const nameOf = (path: string): string | undefined => nameInside(workspace, resolve(folder, path));
    for (const annotation of annotationsOf(results, nameOf)) log(`${annotationLine(annotation)}\n`);
  }
  const outputs = new Map([
    ["exit-code", String(outcome)],
    ...outputsOf(results),
    ["report", kept("report.md")],
    ["result", kept("result.json")],
  ]);
  writeOutputs(environment, outputs, randomUUID());
  return outcome;
}

/** Where the command runs. Throws InputError: that the command could not be started there would name the command. */
function folderOf(workspace: string, workingDirectory: string): string {
  const folder = resolve(workspace, workingDirectory);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new InputError(`the input working-directory is not a folder: ${JSON.stringify(workingDirectory)}`);
}

/** The documents that the command printed; undefined for anything else. */
function readResults(stdout: string): readonly Result[] | undefined {
  try {
    const value: unknown = JSON.parse(stdout);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.length > 0 && list.every(isResult) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isResult(value: unknown): value is Result {
  return typeof value === "object" && value !== null && "schema" in value && String(value.schema).startsWith("urn:assay:schema:");
}

/** A path as the workspace names it, with slashes; undefined outside. */
function nameInside(workspace: string, path: string): string | undefined {
  const name = relative(workspace, path);
  return name === "" || name.startsWith("..") || isAbsolute(name) ? undefined : name.split(sep).join("/");
}
