// The single executable in a folder of its own, without Node, node_modules, or this repository.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Ran, RunOptions } from "../../support/cli/command.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

export const BUILT = fileURLToPath(new URL(`../../../../../build/assay-${process.platform}-${process.arch}`, import.meta.url));
assert.ok(existsSync(BUILT), `${BUILT} is missing: npm run executable`);

const folder = temporaryFolder();
const EXECUTABLE = join(folder, "assay");
copyFileSync(BUILT, EXECUTABLE);

/** Starts it with nothing in the environment but `env`: no PATH, so that no Node can be found. */
export function start(argv: readonly string[], { cwd = temporaryFolder(), env = {} }: RunOptions = {}): ChildProcess {
  return spawn(EXECUTABLE, argv, { cwd, env: { HOME: cwd, ...env }, stdio: ["pipe", "pipe", "pipe"] });
}

/** Runs it to its end. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(argv, options);
  child.stdin?.end();
  return ended(child);
}

export function ended(child: ChildProcess): Promise<Ran> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
