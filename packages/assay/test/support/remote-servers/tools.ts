// The real servers and clients, each of one version, and where they are: `npm run test:remote` makes what is missing.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pythonEnvironment } from "../../../../../scripts/sigstore/peers.ts";

/** A Hub over local git repositories, and the client of the Hugging Face Hub. */
const HUB = ["olah==0.5.4", "huggingface_hub==2.4.0"];

/** A program of the Python packages for hubs. */
export function hubTool(name: "olah-cli" | "hf"): string {
  return join(pythonEnvironment(HUB), "..", name);
}

/** Everything that `npm run test:remote` needs, in the order in which it is made. */
export const TOOLS: Readonly<Record<string, () => string>> = {
  git: () => installed("git", "git"),
  "git-lfs": () => installed("git-lfs", "git-lfs"),
  "olah and hf": () => hubTool("olah-cli"),
};

/** A program that the system's package manager installs. */
export function installed(program: string, debianPackage: string): string {
  const { error } = spawnSync(program, ["--version"], { stdio: "ignore" });
  if (error !== undefined) throw new Error(`${program} is missing: apt-get install ${debianPackage}`);
  return program;
}
