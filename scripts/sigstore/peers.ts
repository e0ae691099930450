import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.ts";

/** The Python reference with what it needs beside it: model-signing 1.1.1 imports OpenSSL and does not say so. */
export const PYTHON_REFERENCE = ["model-signing==1.1.1", "sigstore==4.5.1", "pyOpenSSL==26.4.0"];
/** The same with the last library that posts DSSE envelopes to Rekor 2 whole. */
export const PYTHON_OLDER = ["model-signing==1.1.1", "sigstore==4.2.0", "pyOpenSSL==26.2.0"];
/** The TypeScript library that others verify with. */
export const JAVASCRIPT_LIBRARY = ["@sigstore/verify@4.1.3", "@sigstore/bundle@5.0.1", "@sigstore/protobuf-specs@0.5.2"];
/** What releases of npm and others still sign and verify with. */
export const JAVASCRIPT_OLDER = [
  "@sigstore/sign@4.1.1",
  "@sigstore/verify@3.1.1",
  "@sigstore/bundle@4.0.0",
  "@sigstore/protobuf-specs@0.5.0",
];
export const COSIGN = "github.com/sigstore/cosign/v3/cmd/cosign@v3.1.2";

/** The interpreter of a virtual environment with these packages, made in the cache where it is missing. */
export function pythonEnvironment(packages: readonly string[]): string {
  const folder = peerFolder("python", packages, (empty) => {
    run("python3", ["-m", "venv", empty]);
    run(join(empty, "bin", "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  });
  return join(folder, "bin", "python");
}

/** A folder in whose node_modules these packages are. */
export function nodePackages(packages: readonly string[]): string {
  return peerFolder("node", packages, (empty) => {
    writeFileSync(join(empty, "package.json"), JSON.stringify({ private: true, type: "module" }));
    run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", "--prefix", empty, ...packages]);
  });
}

/** A Go command, built as published. */
export function goCommand(versioned: string): string {
  const name = /([^/]+)@/.exec(versioned)?.[1] ?? versioned;
  const folder = peerFolder("go", [versioned], (empty) => {
    const env = { ...process.env, CGO_ENABLED: "0", GOBIN: empty, GOFLAGS: "-trimpath" };
    execFileSync("go", ["install", "-ldflags=-s -w", versioned], { env, stdio: ["ignore", "ignore", "inherit"] });
  });
  return join(folder, name);
}

/** A small program of ours over published Go modules: `folder` holds its source, go.mod and go.sum. */
export function goProgram(folder: string): string {
  const files = readdirSync(folder).sort();
  const sources = files.map(
    (name) =>
      `${name} ${createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex")}`,
  );
  const built = peerFolder("go", sources, (empty) => {
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" };
    const words = ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", join(empty, "program"), "."];
    execFileSync("go", words, { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  });
  return join(built, "program");
}

/**
 * A virtual environment knows its own path and cannot be moved: it is made in place, and a file says when it is whole.
 * What an interrupted run left is made again.
 */
function peerFolder(kind: string, versions: readonly string[], fill: (empty: string) => void): string {
  const hash = createHash("sha256").update(JSON.stringify(versions)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder(), "peers", `${kind}-${hash}`);
  const whole = join(folder, ".whole");
  if (existsSync(whole)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  fill(folder);
  writeFileSync(whole, `${versions.join("\n")}\n`);
  return folder;
}

function run(command: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, words, { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: ${stderr.trim().split("\n").slice(-10).join("\n")}`);
}
