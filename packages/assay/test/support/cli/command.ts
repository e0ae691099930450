import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeKeyPair } from "../keys.ts";
import { writeFiles } from "../models/on-disk.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { runHere } from "./run-here.ts";

const BUILT = fileURLToPath(new URL("../../../dist/bin/assay.js", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));

/** The command under test: the built one; its source with ASSAY_TEST_SOURCE=1, or where nothing is built. */
export const ENTRY = process.env["ASSAY_TEST_SOURCE"] === "1" || !existsSync(BUILT) ? SOURCE : BUILT;

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An environment in which nothing but the test decides about color, width, log level and passwords. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", TMPDIR: process.env["TMPDIR"] ?? "/tmp", ...extra };
}

/**
 * Runs a command line from the source in this process, which is then in the folder `cwd`: the same as the command but
 * for its start, and much faster. One at a time, where the folders differ.
 */
export async function assay(argv: readonly string[], { cwd = temporaryFolder(), env }: RunOptions = {}): Promise<Ran> {
  const before = process.cwd();
  // A file that is named in the present folder is shown as it was named.
  process.chdir(cwd);
  try {
    return await runHere(argv, cwd, undefined, cleanEnvironment(env));
  } finally {
    process.chdir(before);
  }
}

/** Runs the built command to its end, in a process of its own. */
export function assayProcess(argv: readonly string[], { cwd, env }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...argv], {
      cwd: cwd ?? temporaryFolder(),
      env: cleanEnvironment(env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** A folder with a model, `granite`, and a key pair, `key.pem` and `key.pub`. */
export function workFolder(
  files: Readonly<Record<string, string | Uint8Array>> = { "config.json": "{}", "weights/a.bin": "aaaa" },
): string {
  const folder = temporaryFolder();
  writeFiles(join(folder, "granite"), files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(folder, "key.pem"), privateKey, { mode: 0o600 });
  writeFileSync(join(folder, "key.pub"), publicKey);
  return folder;
}

export const SIGN = ["sign", "key", "granite", "--private-key", "key.pem"] as const;
export const VERIFY = ["verify", "key", "granite", "--public-key", "key.pub"] as const;

/** A work folder whose model is signed, with the signature where it is by default. */
export async function signedFolder(
  files?: Readonly<Record<string, string | Uint8Array>>,
  options: readonly string[] = [],
): Promise<string> {
  const folder = workFolder(files);
  const { exitCode, stderr } = await assay([...SIGN, ...options], { cwd: folder });
  if (exitCode !== 0) throw new Error(`signing failed: ${stderr}`);
  return folder;
}
