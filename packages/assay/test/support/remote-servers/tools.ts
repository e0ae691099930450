// The real servers and clients, each of one version, and where they are: `npm run test:remote` makes what is missing.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { goCommand, goProgram, pythonEnvironment } from "../../../../../scripts/sigstore/peers.ts";

/** A Hub over local git repositories, and the client of the Hugging Face Hub. */
const HUB = ["olah==0.5.4", "huggingface_hub==2.4.0"];
const BUCKETS = ["moto[server]==5.2.5"];
/** Its program has the name of another registry's, so each is in a folder of its own. */
const DISTRIBUTION = "github.com/distribution/distribution/v3/cmd/registry@v3.1.2";
const ORAS = "oras.land/oras/cmd/oras@v1.3.6";
/** Programs of ours over Go modules. */
const GO = join(import.meta.dirname, "go");

/** A program of the Python packages for hubs. */
export function hubTool(name: "olah-cli" | "hf"): string {
  return join(pythonEnvironment(HUB), "..", name);
}

export const motoServer = (): string => join(pythonEnvironment(BUCKETS), "..", "moto_server");
export const distribution = (): string => goCommand(DISTRIBUTION);
export const oras = (): string => goCommand(ORAS);
export const registryWithReferrers = (): string => goProgram(join(GO, "registry-with-referrers"));
export const webServer = (): string => goProgram(join(GO, "web-server"));
export const dockerRegistry = (): string => installed("docker-registry", "docker-registry");

/** Everything that `npm run test:remote` needs, in the order in which it is made. */
export const TOOLS: Readonly<Record<string, () => string>> = {
  git: () => installed("git", "git"),
  "git-lfs": () => installed("git-lfs", "git-lfs"),
  "docker-registry": dockerRegistry,
  "olah and hf": () => hubTool("olah-cli"),
  moto: motoServer,
  oras,
  "a web server": webServer,
  "a registry with referrers": registryWithReferrers,
  distribution,
};

/** A program that the system's package manager installs. */
export function installed(program: string, debianPackage: string): string {
  const { error } = spawnSync(program, ["--version"], { stdio: "ignore" });
  if (error !== undefined) throw new Error(`${program} is missing: apt-get install ${debianPackage}`);
  return program;
}
