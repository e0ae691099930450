import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "./measure.ts";
import type { Shape } from "./shapes.ts";

export type Operation = "verify" | "sign";

/** What one measured model is: its place, its keys, the bundle that every client verifies. */
export interface Subject {
  readonly shape: Shape;
  readonly model: string;
  readonly folder: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly bundle: string;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Nothing where the tool has no such operation, or comparing it would mean nothing. */
  command(operation: Operation, subject: Subject, cores: number): Command | undefined;
}

export const ASSAY_COMMAND: string = fileURLToPath(new URL("../packages/assay/dist/bin/assay.js", import.meta.url));

/** The tools that are here. Assay first: the others are compared with it. */
export function findTools(named: { readonly go: string | undefined; readonly python: string | undefined }): Tool[] {
  const go = installed(named.go ?? "model-signing", ["version"]);
  const python = installed(named.python ?? "model_signing", ["--version"]);
  const openssl = installed("openssl", ["version"]);
  return [
    assay,
    ...(go === undefined ? [] : [peer("Go client", go, { privateKey: "--private-key", publicKey: "--public-key" })]),
    ...(python === undefined ? [] : [peer("Python client", python, { privateKey: "--private_key", publicKey: "--public_key" })]),
    ...(openssl === undefined ? [] : [opensslDigest(openssl.version)]),
    bareNode,
  ];
}

interface Installed {
  readonly file: string;
  readonly version: string;
}

function installed(file: string, versionArguments: readonly string[]): Installed | undefined {
  const { status, stdout } = spawnSync(file, versionArguments, { encoding: "utf8" });
  if (status !== 0) return undefined;
  const version = /GitVersion:\s*(\S+)/.exec(stdout)?.[1] ?? /\d+\.\d[\w.]*/.exec(stdout)?.[0];
  return { file, version: version ?? "version unknown" };
}

const assay: Tool = {
  name: "Assay",
  version: `on Node ${process.versions.node}`,
  command: (operation, subject) => ({
    file: process.execPath,
    arguments: [ASSAY_COMMAND, ...clientArguments(operation, subject, { privateKey: "--private-key", publicKey: "--public-key" })],
  }),
};

interface Spelling {
  readonly privateKey: string;
  readonly publicKey: string;
}

function peer(name: string, { file, version }: Installed, spelling: Spelling): Tool {
  return { name, version, command: (operation, subject) => ({ file, arguments: clientArguments(operation, subject, spelling) }) };
}

function clientArguments(operation: Operation, subject: Subject, spelling: Spelling): string[] {
  return operation === "verify"
    ? ["verify", "key", "--signature", subject.bundle, spelling.publicKey, subject.publicKey, subject.model]
    : ["sign", "key", "--signature", scratchBundle(subject), spelling.privateKey, subject.privateKey, subject.model];
}

function scratchBundle({ folder }: Subject): string {
  const path = join(folder, "scratch.sig");
  rmSync(path, { force: true });
  return path;
}

/** `openssl dgst` over the same files, one process a core: hashing and nothing else. */
function opensslDigest(version: string): Tool {
  return {
    name: "openssl dgst",
    version,
    command(operation, { shape, model }, cores) {
      if (operation !== "verify" || shape.kind === "start-up") return undefined;
      // Not more names in one process than a command line holds.
      const names = Math.min(1000, Math.ceil(shape.files / cores));
      const script = `find "$1" -type f -print0 | xargs -0 -n ${names} -P ${cores} openssl dgst -sha256`;
      return { file: "sh", arguments: ["-c", script, "sh", model] };
    },
  };
}

/** What starting Node costs: no verification in Node can be quicker. */
const bareNode: Tool = {
  name: "node -e 0",
  version: process.versions.node,
  command: (operation, { shape }) =>
    operation === "verify" && shape.kind === "start-up" ? { file: process.execPath, arguments: ["-e", "0"] } : undefined,
};
