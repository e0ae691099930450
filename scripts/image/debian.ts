// The packages of Debian that the executable runs on: pinned by their digests, so that it does not matter who serves them.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTar, type Entry } from "./tar.ts";

export interface DebianPackage {
  readonly name: string;
  readonly architecture: "amd64" | "arm64" | "all";
  readonly version: string;
  readonly pool: string;
  readonly sha256: string;
}

/** Where a version is when it is not the newest any more. */
const SNAPSHOT = "20261130T000000Z";

/** What a package holds, and what describes it. */
export interface Unpacked {
  readonly files: readonly Entry[];
  /** Its paragraph of the package list. */
  readonly control: string;
}

export function readPackages(architecture: "amd64" | "arm64"): DebianPackage[] {
  const all = JSON.parse(readFileSync(new URL("debian-packages.json", import.meta.url), "utf8")) as DebianPackage[];
  return all
    .filter((one) => one.architecture === architecture || one.architecture === "all")
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Unpacks a package, from `cache` or from a server of Debian. Throws where no server has the pinned bytes. Needs dpkg-deb. */
export async function unpack(wanted: DebianPackage, cache: string): Promise<Unpacked> {
  const path = await fetched(wanted, cache);
  return { files: readTar(run("dpkg-deb", ["--fsys-tarfile", path])), control: run("dpkg-deb", ["--field", path]).toString("utf8") };
}

async function fetched(wanted: DebianPackage, cache: string): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `${wanted.sha256}.deb`);
  if (existsSync(path) && isWanted(wanted, readFileSync(path))) return path;
  for (const get of [byApt, byAddress]) {
    const bytes = await get(wanted, cache);
    if (bytes === undefined || !isWanted(wanted, bytes)) continue;
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
    return path;
  }
  throw new Error(`${wanted.name} ${wanted.version} (${wanted.architecture}) was not found with its pinned digest`);
}

/** As this machine is told to get packages, where it is a Debian of that architecture. */
function byApt({ name, version, architecture }: DebianPackage, cache: string): Promise<Buffer | undefined> {
  const folder = join(cache, `apt-${name}`);
  mkdirSync(folder, { recursive: true });
  try {
    const wanted = architecture === "all" ? `${name}=${version}` : `${name}:${architecture}=${version}`;
    const { status } = spawnSync("apt-get", ["download", "--quiet=2", wanted], { cwd: folder, stdio: "ignore" });
    if (status !== 0) return Promise.resolve(undefined);
    const [found] = spawnSync("ls", [folder], { encoding: "utf8" }).stdout.split("\n");
    return Promise.resolve(found === undefined || found === "" ? undefined : readFileSync(join(folder, found)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byAddress({ pool }: DebianPackage): Promise<Buffer | undefined> {
  const [archive = "", ...rest] = pool.split("/");
  const path = rest.map(encodeURIComponent).join("/");
  for (const base of [`https://deb.debian.org/${archive}`, `https://snapshot.debian.org/archive/${archive}/${SNAPSHOT}`]) {
    try {
      const response = await fetch(`${base}/${path}`, { signal: AbortSignal.timeout(60_000) });
      if (response.ok) return Buffer.from(await response.arrayBuffer());
    } catch {
      // The next one may have it.
    }
  }
  return undefined;
}

function isWanted({ sha256 }: DebianPackage, bytes: Uint8Array): boolean {
  return createHash("sha256").update(bytes).digest("hex") === sha256;
}

function run(program: string, words: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, words, { maxBuffer: 256 * 1024 * 1024 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr.toString("utf8")}`);
  return stdout;
}
