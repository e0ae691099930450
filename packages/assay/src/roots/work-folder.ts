import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CACHED, type TrustCache } from "./trust-cache.ts";
import { systemCode } from "../core/system-code.ts";

/** What a refresh gave. */
export interface RefreshedTrust {
  readonly trustedRoot: Uint8Array;
  /** Undefined where the repository has none. */
  readonly signingConfig: Uint8Array | undefined;
  /** Why the cache does not hold it; undefined where it does, or without a cache. */
  readonly notKept?: string | undefined;
}

/** The metadata of a repository, in the order in which TUF checks it. */
const METADATA = ["root.json", "timestamp.json", "snapshot.json", "targets.json"] as const;

const PREFIX = "refresh-";
/** A work folder this old was left by a process that was killed. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** A folder for one refresh: in the cache, so that what it leaves can be put in place whole, else a temporary one. */
export async function makeWorkFolder(cache: TrustCache | undefined): Promise<string> {
  if (cache === undefined) return mkdtemp(join(tmpdir(), `assay-${PREFIX}`));
  for (const name of await readdir(cache.path)) {
    if (!name.startsWith(PREFIX)) continue;
    const { mtimeMs } = await stat(join(cache.path, name));
    if (Date.now() - mtimeMs > STALE_MS) await rm(join(cache.path, name), { recursive: true, force: true });
  }
  return mkdtemp(join(cache.path, PREFIX));
}

/** Copies the cached metadata but the root's into the work folder. */
export async function copyMetadata(cache: TrustCache | undefined, folder: string): Promise<void> {
  for (const name of METADATA.slice(1)) {
    const bytes = cache?.read(name);
    if (bytes !== undefined) await writeFile(join(folder, name), bytes);
  }
}

/** Puts the metadata of the work folder in place of the cached, file by file. What cannot be kept is asked for again. */
export async function keepMetadata(cache: TrustCache, folder: string): Promise<void> {
  for (const name of METADATA) {
    try {
      // The library writes as the user's umask has it, and a file that others may write to is not believed.
      await chmod(join(folder, name), 0o600);
      await rename(join(folder, name), join(cache.path, name));
    } catch {
      continue;
    }
  }
}

/**
 * Keeps what a refresh gave. The date comes last: without it, what is there is refreshed again. A
 * disk that is full costs the cache, not the answer: then the reason comes back, else undefined.
 */
export async function keepTrust(cache: TrustCache, folder: string, refreshed: RefreshedTrust, now: Date): Promise<string | undefined> {
  const { trustedRoot, signingConfig } = refreshed;
  try {
    await rm(join(cache.path, CACHED.date), { force: true });
    await put(CACHED.trustedRoot, trustedRoot);
    if (signingConfig === undefined) await rm(join(cache.path, CACHED.signingConfig), { force: true });
    else await put(CACHED.signingConfig, signingConfig);
    await rm(join(cache.path, CACHED.unreachable), { force: true });
    await put(CACHED.date, new TextEncoder().encode(`${now.toISOString()}\n`));
    return undefined;
  } catch (error) {
    return takesNoFiles(cache, error);
  }

  async function put(name: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(folder, `keep-${randomBytes(6).toString("hex")}`);
    await writeFile(temporary, bytes, { mode: 0o600 });
    await rename(temporary, join(cache.path, name));
  }
}

/** Why nothing can be kept in a cache: the two reasons that a person can mend by their names, another as the system gives it. */
export function takesNoFiles({ path }: TrustCache, cause: unknown): string {
  const code = systemCode(cause);
  if (code === "ENOSPC" || code === "EDQUOT") return `the disk of the folder ${path} is full`;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return `the folder ${path} may not be written to`;
  return `the folder ${path} takes no files${code !== undefined ? ` (${code})` : ""}`;
}
