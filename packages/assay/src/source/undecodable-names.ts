import { Buffer } from "node:buffer";
import { lstatSync, readdirSync, type BigIntStats } from "node:fs";
import { sep } from "node:path";
import { AssayError } from "../core/error.ts";
import { fileSystemError } from "./file-system-error.ts";
import type { Sighting } from "./inventory.ts";
import { fileStateOf } from "./see.ts";
import type { Seen } from "./seen.ts";
import type { Turns } from "./turns.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const SEPARATOR = Buffer.from(sep);

/** A folder's entries: names are bytes on disk, and a manifest can list only those that are UTF-8. */
export interface FolderNames {
  readonly names: readonly string[];
  readonly undecodable: readonly Buffer[];
}

/** Reads a folder. Throws FILE_UNREADABLE or FILE_CHANGED. */
export function readFolder(path: string | Buffer, what: string): FolderNames {
  try {
    const names = readdirSync(path);
    // Bytes that are not UTF-8 were decoded to U+FFFD; a second look tells them from the real character.
    if (!names.some((name) => name.includes("\ufffd"))) return { names, undecodable: [] };
    return separate(readdirSync(path, { encoding: "buffer" }));
  } catch (error) {
    throw fileSystemError(error, what);
  }
}

function separate(entries: readonly Buffer[]): FolderNames {
  const names: string[] = [];
  const undecodable: Buffer[] = [];
  for (const entry of entries) {
    const name = decode(entry);
    if (name === undefined) undecodable.push(entry);
    else names.push(name);
  }
  return { names, undecodable };
}

/** Why a signer refuses such a name: OMS section 6.1.2, rule 7. */
export function nameNotUtf8(shown: string): AssayError {
  return new AssayError("NAME_NOT_UTF8", `the name ${shown} is not UTF-8: a signature cannot list it`, {
    remedy: "rename-or-leave-out",
  });
}

/**
 * The files and links at or below an entry whose name is not UTF-8: nothing can have signed them. Links are
 * not followed. `shown` is the entry's escaped name from the root. Throws FILE_NOT_REGULAR, FILE_UNREADABLE.
 */
export async function filesBelowUndecodable(path: Buffer, shown: string, turns: Turns, seen: Seen): Promise<Sighting[]> {
  const found: Sighting[] = [];
  const pending = [{ path, shown }];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (turns.due()) await turns.take();
    const { path, shown } = entry;
    const stats = attempt(shown, () => lstatSync(path, { bigint: true }));
    if (stats.isDirectory()) {
      const entries = attempt(shown, () => readdirSync(path, { encoding: "buffer" }));
      seen.folders.push({ name: shown, path, device: stats.dev, inode: stats.ino, ...separate(entries) });
      for (const name of entries)
        pending.push({ path: Buffer.concat([path, SEPARATOR, name]), shown: `${shown}/${escapeForeignName(name)}` });
    } else if (stats.isFile() || stats.isSymbolicLink()) {
      found.push({ name: shown, size: Number(stats.size), isLink: stats.isSymbolicLink() });
      seen.entries.push({ name: shown, path, state: fileStateOf(stats) });
    } else throw notRegular(shown, stats);
  }
  return found;
}

/** Bytes as text a person can read: what is UTF-8 as it is, other bytes as `\xff`, backslashes doubled. */
export function escapeForeignName(name: Buffer): string {
  let shown = "";
  for (let at = 0; at < name.length;) {
    const length = sequenceLength(name, at);
    if (length === 0) shown += `\\x${name.toString("hex", at, at + 1)}`;
    else shown += name.toString("utf8", at, at + length).replace("\\", "\\\\");
    at += Math.max(length, 1);
  }
  return shown;
}

/** FIFOs, sockets and devices are part of no model; they are never opened, which could hang or have effects. */
export function notRegular(name: string, stats: BigIntStats): AssayError {
  const kind = stats.isFIFO() ? "a named pipe" : stats.isSocket() ? "a socket" : "a device";
  return new AssayError("FILE_NOT_REGULAR", `${name} is ${kind}: a model has regular files only`, {
    remedy: "remove-or-leave-out",
  });
}

/** How many bytes from `at` on are one UTF-8 character; 0 where none starts there. */
function sequenceLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    if (decode(bytes.subarray(at, at + length)) !== undefined) return length;
  }
  return 0;
}

function decode(bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function attempt<Result>(shown: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw fileSystemError(error, shown);
  }
}
