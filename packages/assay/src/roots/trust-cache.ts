import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { makeFolder } from "../files/make-folder.ts";

/** Who else may write there decides whether what a cache says can be believed. */
const WRITABLE_BY_OTHERS = 0o022;

/** How long a repository that could not be reached is left alone, so that not every verification waits for it. */
const REST_MS = 5 * 60 * 1000;

/** Root metadata and trusted roots have some ten kilobytes. */
const LIMIT = 5 * 1024 * 1024;

/** What a root was refreshed to, and when. */
export interface CachedTrust {
  readonly trustedRoot: Uint8Array;
  readonly signingConfig: Uint8Array | undefined;
  readonly date: Date;
}

/**
 * A folder with what TUF gave for one instance. What is in it is believed as it was checked when it
 * came; so only this user may be able to write there.
 *
 * On Windows, where permissions are not told this way, the folder is taken as it is: by default it is
 * in the user's own profile.
 */
export class TrustCache {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Opens the folder `name` in the folder `base`; both are made, for this user only, where `make` says
   * so. Undefined where it is missing, or cannot be made: a read-only system works without a cache.
   *
   * Throws CACHE_UNSAFE where others could have written there: another owner, write permission for group
   * or others, a link in its place.
   */
  static open(base: string, name: string, make: boolean): TrustCache | undefined {
    for (const path of [resolve(base), resolve(base, name)]) {
      const stats = statsOf(path) ?? (make ? madeFolder(path) : undefined);
      if (stats === undefined) return undefined;
      check(path, stats);
    }
    return new TrustCache(resolve(base, name));
  }

  /** The bytes of a file, or undefined without a file that only this user can have written. */
  read(name: string): Uint8Array | undefined {
    let file: number;
    try {
      file = openSync(join(this.path, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    } catch {
      return undefined;
    }
    try {
      const stats = fstatSync(file);
      if (!stats.isFile() || stats.size > LIMIT || objection(stats) !== undefined) return undefined;
      const buffer = new Uint8Array(stats.size);
      const length = readSync(file, buffer, 0, buffer.length, 0);
      return length === buffer.length ? buffer : undefined;
    } catch {
      // A cache that cannot be read is an empty one.
      return undefined;
    } finally {
      closeSync(file);
    }
  }

  /** Until when the repository is not asked again, where it could not be reached a moment ago from the same network `place`. */
  restsUntil(place: string, now: Date): Date | undefined {
    const [time = "", where] = new TextDecoder().decode(this.read(CACHED.unreachable)).trim().split(" ");
    const failed = new Date(time);
    const until = new Date(failed.getTime() + REST_MS);
    // A time in the future is not waited for: the clock was wrong once.
    return where === place && failed <= now && now < until ? until : undefined;
  }

  /** Remembers that the repository could not be reached; what cannot be kept is asked for again. */
  rest(place: string, now: Date): void {
    try {
      rmSync(join(this.path, CACHED.unreachable), { force: true });
      writeFileSync(join(this.path, CACHED.unreachable), `${now.toISOString()} ${place}\n`, { mode: 0o600, flag: "wx" });
    } catch {
      return;
    }
  }

  /** What the last refresh left, or undefined where it is missing or damaged. */
  current(): CachedTrust | undefined {
    const trustedRoot = this.read(CACHED.trustedRoot);
    const date = new Date(new TextDecoder().decode(this.read(CACHED.date)).trim());
    if (trustedRoot === undefined || Number.isNaN(date.getTime())) return undefined;
    return { trustedRoot, signingConfig: this.read(CACHED.signingConfig), date };
  }
}

/** Names of the files in a cache folder, beside TUF's own. */
export const CACHED = {
  trustedRoot: "trusted_root.json",
  signingConfig: "signing_config.json",
  date: "refreshed",
  unreachable: "unreachable",
} as const;

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function madeFolder(path: string): Stats | undefined {
  try {
    makeFolder(path, 0o700);
  } catch {
    return undefined;
  }
  return statsOf(path);
}

function check(path: string, stats: Stats): void {
  const why = stats.isSymbolicLink() ? "is a symbolic link" : stats.isDirectory() ? objection(stats) : "is not a folder";
  if (why === undefined) return;
  throw new AssayError("CACHE_UNSAFE", `the folder for trusted roots ${path} ${why}`, {
    hint: "only you may be able to write to it: remove it, and it is made again; or set XDG_CACHE_HOME to a folder of your own",
  });
}

/** Why others may have written what has these permissions. */
function objection(stats: Stats): string | undefined {
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  if (stats.uid !== user) return `belongs to another user (${stats.uid})`;
  return (stats.mode & WRITABLE_BY_OTHERS) === 0 ? undefined : "can be written to by others";
}
