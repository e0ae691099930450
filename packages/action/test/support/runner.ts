// What GitHub's runner does around an action, as far as the tests need it.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runAction } from "../../src/action.ts";
import { ENTRY } from "../../../assay/test/support/cli/command.ts";
import { temporaryFolder } from "../../../assay/test/support/temporary-folder.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Builds the action into a folder of its own, as a release does. */
export function buildAction(): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-action-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build-action.mjs", folder], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`the action was not built: ${stderr}`);
  return folder;
}

export interface Step {
  readonly exitCode: number | null;
  /** Everything that it printed. */
  readonly log: string;
  /** What the runner takes for commands, `name properties` and message. */
  readonly commands: readonly { readonly name: string; readonly properties: string; readonly message: string }[];
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

/** Runs the entry of the action as the runner does: inputs by environment variables, outputs and summary by files. */
export async function runStep(
  action: string,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Step> {
  return inRunner(workspace, inputs, environment, async (env) => {
    const child = spawn(process.execPath, [join(action, "index.js")], { cwd: workspace, env, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (log += text));
    const exitCode = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    return { exitCode, log };
  });
}

/** The same in this process: the action from its source, and the command under test or another program of Node. */
export async function runStepHere(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
  entry: string = ENTRY,
): Promise<Step> {
  return inRunner(workspace, inputs, environment, async (env) => {
    let log = "";
    const exitCode = await runAction({ environment: env, cwd: workspace, entry, log: (text) => (log += text) });
    return { exitCode, log };
  });
}

/** The same with this text as the program: what it prints, and how it ends, is the test's. */
export async function runStepWith(
  program: string,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Step> {
  const entry = join(temporaryFolder(), "entry.cjs");
  writeFileSync(entry, program);
  return runStepHere(workspace, inputs, environment, entry);
}

async function inRunner(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  run: (env: Record<string, string>) => Promise<{ readonly exitCode: number | null; readonly log: string }>,
): Promise<Step> {
  const files = temporaryFolder();
  const output = join(files, "output");
  const summary = join(files, "summary");
  for (const file of [output, summary]) writeFileSync(file, "");
  mkdirSync(join(files, "temp"));
  const { exitCode, log } = await run({
    PATH: process.env["PATH"] ?? "",
    HOME: files,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: join(files, "temp"),
    INPUT_SUMMARY: "true",
    INPUT_ANNOTATIONS: "true",
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value])),
    ...environment,
  });
  return {
    exitCode,
    log,
    commands: readCommands(log),
    outputs: readOutputs(readFileSync(output, "utf8")),
    summary: readFileSync(summary, "utf8"),
  };
}

/** The lines that the runner acts on: none between `::stop-commands::TOKEN` and `::TOKEN::`. */
function readCommands(log: string): Step["commands"] {
  let token: string | undefined;
  return log.split("\n").flatMap((line) => {
    // The runner looks at the line without the blanks at its ends, and still knows the older form, anywhere in the line.
    const [, name = "", properties = "", message = ""] =
      /^::([\w-]+) ?(.*?)::(.*)$/.exec(line.trim()) ?? /##\[([\w-]+) ?([^\]]*)\](.*)/.exec(line) ?? [];
    if (name === "") return [];
    if (token !== undefined) {
      if (name === token) token = undefined;
      return [];
    }
    if (name === "stop-commands") {
      token = message;
      return [];
    }
    return [{ name, properties, message }];
  });
}

/** The file of outputs: `name<<TOKEN`, lines, `TOKEN`. */
function readOutputs(text: string): Map<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const [, name, token] = /^([\w-]+)<<(.+)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined || token === undefined) {
      if (lines[at] !== "") throw new Error(`not an output: ${lines[at]}`);
      continue;
    }
    const end = lines.indexOf(token, at + 1);
    if (end === -1) throw new Error(`the output ${name} does not end`);
    outputs.set(name, lines.slice(at + 1, end).join("\n"));
    at = end;
  }
  return outputs;
}
