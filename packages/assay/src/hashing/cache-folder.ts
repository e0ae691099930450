import { constants, lstatSync, type Stats } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { makeFolder } from "../files/make-folder.ts";
import { isWithin, realLocation } from "../files/real-location.ts";
import { systemCode } from "../core/system-code.ts";
import { systemReason } from "../core/system-reason.ts";

/** Who else may write there decides whether what a cache says can be believed. */
const WRITABLE_BY_OTHERS = 0o022;
/** A temporary file this old was left by a process that was killed. */
const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * A folder that only this user can have written to; it is made where it does not exist.
 *
 * Throws CACHE_UNSAFE where that is not certain: another owner, write permission for group or others,
 * a link in its place, a system without such permissions; also where it is in the model `root`,
 * of which it would become a part.
 */
export class CacheFolder {
  readonly #path: string;
  readonly #user: number;

  constructor(path: string, root: string | undefined) {
    this.#path = resolve(path);
    this.#user = currentUser(this.#path);
    if (root !== undefined && isWithin(realLocation(this.#path), root)) {
      throw unsafe(this.#path, "is in the model, and would become a part of it", "name a folder elsewhere");
    }
    const stats = statsOrMake(this.#path);
    if (stats.isSymbolicLink()) throw unsafe(this.#path, "is a symbolic link", "name the folder that it leads to");
    if (!stats.isDirectory()) throw unsafe(this.#path, "is not a folder", "name a folder of your own");
    if (stats.uid !== this.#user) throw unsafe(this.#path, `belongs to another user (${stats.uid})`, "name a folder of your own");
    if ((stats.mode & WRITABLE_BY_OTHERS) !== 0) {
      throw unsafe(this.#path, "can be written to by others", "name a new folder of your own: what is in this one cannot be trusted");
    }
  }

  /** The bytes of a file, or undefined without one of at most `limit` bytes that only this user can have written. */
  async read(name: string, limit: number): Promise<Buffer | undefined> {
    try {
      const file = await open(join(this.#path, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      try {
        const stats = await file.stat();
        const isOurs = stats.isFile() && stats.uid === this.#user && (stats.mode & WRITABLE_BY_OTHERS) === 0;
        return isOurs && stats.size <= limit ? await file.readFile() : undefined;
      } finally {
        await file.close();
      }
    } catch {
      // A cache that cannot be read is an empty one.
      return undefined;
    }
  }

  /** Replaces a file as a whole. A disk that is full costs the cache, not the work that filled it. */
  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    const temporary = join(this.#path, `${name}.${randomBytes(6).toString("hex")}.tmp`);
    try {
      await this.#removeStale();
      const file = await open(temporary, "wx", 0o600);
      try {
        await file.writev(parts);
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.#path, name));
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async #removeStale(): Promise<void> {
    for (const name of await readdir(this.#path)) {
      if (!name.endsWith(".tmp")) continue;
      const path = join(this.#path, name);
      if (Date.now() - (await stat(path)).mtimeMs > STALE_MS) await rm(path, { force: true });
    }
  }
}

function currentUser(path: string): number {
  const user = process.geteuid?.();
  if (user !== undefined) return user;
  throw unsafe(path, "is on a system on which it cannot be told who may write to it", "work without a cache");
}

function statsOrMake(path: string): Stats {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw cannotUse(path, error);
  }
  try {
    makeFolder(path, 0o700);
    return lstatSync(path);
  } catch (error) {
    throw cannotUse(path, error);
  }
}

function unsafe(path: string, why: string, hint: string): AssayError {
  return new AssayError("CACHE_UNSAFE", `the cache folder ${path} ${why}`, { hint });
}

function cannotUse(path: string, cause: unknown): AssayError {
  return new AssayError("CACHE_UNSAFE", `the cache folder ${path} cannot be used: ${systemReason(cause)}`, { cause });
}
