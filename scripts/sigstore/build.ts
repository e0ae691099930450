// Builds the servers of a private Sigstore from the Go module proxy into the cache folder. What is there already is
// not built again: a binary's name holds the hash of everything that decides what it is.
// By hand: node scripts/sigstore/build.ts [server ...]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache.ts";
import { SERVERS, STACK, type Own, type Published, type ServerName } from "./versions.ts";

export type Binaries = ReadonlyMap<ServerName, string>;

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** Symbols are left out: they double the size, and these servers are not debugged here. */
const FLAGS = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"];

/** The servers' binaries, built where they are missing. Throws where Go is missing or a build fails. */
export function buildServers(names: readonly ServerName[] = STACK, say: (line: string) => void = () => {}): Binaries {
  return new Map(names.map((name) => [name, buildServer(name, say)]));
}

function buildServer(name: ServerName, say: (line: string) => void): string {
  const server = SERVERS[name];
  const folder = join(cacheFolder(), "bin");
  const file = join(folder, `${name}-${"module" in server ? `${server.version}-` : ""}${recipeHash(server)}`);
  if (existsSync(file)) return file;
  requireGo();
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), "build-"));
  const started = performance.now();
  try {
    const built = join(work, "server");
    const source = "module" in server ? unpack(server, work) : join(HERE, server.source);
    go(["build", ...FLAGS, "-o", built, `./${"module" in server ? server.folder : "."}`], source);
    renameSync(built, file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`built ${name} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return file;
}

function recipeHash(server: Published | Own): string {
  const hash = createHash("sha256").update(JSON.stringify([server, FLAGS, process.arch]));
  if ("source" in server) {
    const folder = join(HERE, server.source);
    for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** The module's own files, patched: built there, its own go.mod and go.sum decide every dependency. */
function unpack({ module, version, sum, patch }: Published, work: string): string {
  const answer = JSON.parse(go(["mod", "download", "-json", `${module}@${version}`], work)) as { Dir: string; Sum: string };
  if (answer.Sum !== sum) throw new Error(`${module} ${version} has the sum ${answer.Sum}, and should have ${sum}`);
  const source = join(work, "source");
  cpSync(answer.Dir, source, { recursive: true });
  makeWritable(source);
  if (patch !== undefined) {
    const file = join(source, patch.file);
    const pieces = readFileSync(file, "utf8").split(patch.found);
    if (pieces.length !== 2) throw new Error(`${module} ${version}: ${patch.file} has ${patch.found} ${pieces.length - 1} times, not once`);
    writeFileSync(file, pieces.join(patch.put));
  }
  return source;
}

/** Go keeps modules read-only, and copies inherit that. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(path);
    else chmodSync(path, 0o644);
  }
}

function requireGo(): void {
  if (spawnSync("go", ["version"]).status === 0) return;
  throw new Error(
    "the servers of a private Sigstore are built with Go (1.26 or newer), and the command `go` is missing: https://go.dev/dl",
  );
}

function go(words: readonly string[], folder: string): string {
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" };
  const { status, stdout, stderr, error } = spawnSync("go", words, { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 26 });
  if (error) throw error;
  if (status !== 0) throw new Error(`go ${words.join(" ")} in ${folder}: ${stderr.trim().split("\n").slice(-20).join("\n")}`);
  return stdout;
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !Object.hasOwn(SERVERS, name));
  if (unknown !== undefined) throw new Error(`no server ${unknown}; there are ${Object.keys(SERVERS).join(", ")}`);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  for (const file of buildServers(wanted.length === 0 ? STACK : (wanted as ServerName[]), print).values()) print(file);
}
