import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, relative, sep } from "node:path";
import { AssayError } from "../core/error.ts";
import { hubCacheOf } from "../source/hub-cache.ts";
import type { RandomAccess } from "../formats/random-access.ts";
import type { Turns } from "../source/turns.ts";
import type { ModelFiles } from "./model-files.ts";

/** What is in a folder, by name. Nothing was opened but folders. */
export interface FolderListing {
  /** Absolute and resolved. */
  readonly root: string;
  /** Names of regular files from the root, `/` between components. */
  readonly files: readonly string[];
  /** Links that were not followed. */
  readonly links: readonly string[];
  /** Pipes, sockets and devices. */
  readonly others: readonly string[];
  /** True where there are more files than are looked at, or folders that cannot be read. */
  readonly isPartial: boolean;
  /** Whether links to files were followed, so that reading follows them too. */
  readonly followsLinks: boolean;
}

export interface ListingOptions {
  /** Names from the root that are not part of the model: the signature, ignore paths, git's own. */
  readonly leftOut: (name: string) => boolean;
  /** Links to files are followed; to folders never. Without it, only a Hugging Face cache's own links are. */
  readonly allowLinks: boolean;
  readonly turns: Turns;
}

/** More names than any model has. */
const MOST_FILES = 1_000_000;
const DEEPEST = 64;

/** Lists a folder that may be hostile: no link is followed unless the caller allows it, and anything but a file is only named. */
export async function listFolder(root: string, { leftOut, allowLinks, turns }: ListingOptions): Promise<FolderListing> {
  const files: string[] = [];
  const links: string[] = [];
  const others: string[] = [];
  const cache = hubCacheOf(root);
  const isFollowed = (path: string): boolean => (allowLinks && leadsToFile(path)) || cache?.owns(path) === true;
  const followsLinks = allowLinks || cache !== undefined;
  let isPartial = false;
  const pending: { readonly prefix: string; readonly depth: number }[] = [{ prefix: "", depth: 0 }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = entriesOf(join(root, folder.prefix));
    if (entries === undefined) {
      isPartial = true;
      continue;
    }
    for (const entry of entries) {
      if (turns.due()) await turns.take();
      const name = folder.prefix + entry.name;
      if (leftOut(name)) continue;
      if (entry.isFile() || (entry.isSymbolicLink() && isFollowed(join(root, name)))) files.push(name);
      else if (entry.isDirectory() && folder.depth < DEEPEST) pending.push({ prefix: `${name}/`, depth: folder.depth + 1 });
      else if (entry.isDirectory()) isPartial = true;
      else if (entry.isSymbolicLink()) links.push(name);
      else others.push(name);
      if (files.length >= MOST_FILES) return { root, files, links, others, isPartial: true, followsLinks };
    }
  }
  return { root, files, links, others, isPartial, followsLinks };
}

function entriesOf(path: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

function leadsToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The files of a listing, for probes. A folder that is inspected may change meanwhile: a file that is another one by then is not read. */
export function filesOfFolder({ root, files, links, others, isPartial, followsLinks }: FolderListing): ModelFiles {
  return {
    root,
    names: files,
    links,
    others,
    isPartial,
    open: (name) => openFile(join(root, name), followsLinks),
    targetOf: (link) => {
      try {
        return relative(root, realpathSync.native(join(root, link))).replaceAll(sep, "/");
      } catch {
        return undefined;
      }
    },
  };
}

function openFile(path: string, followsLinks: boolean): RandomAccess | undefined {
  const size = withFile(path, followsLinks, (_, bytes) => bytes);
  if (size === undefined) return undefined;
  return {
    size,
    read: async (from, length) => {
      const bytes = withFile(path, followsLinks, (file, now) => readBytes(file, from, Math.min(length, now - from)));
      if (bytes === undefined) throw new AssayError("FILE_UNREADABLE", `the file ${path} cannot be read`);
      return bytes;
    },
  };
}

function readBytes(file: number, from: number, length: number): Uint8Array {
  const buffer = new Uint8Array(Math.max(0, length));
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(file, buffer, filled, buffer.length - filled, from + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** At most `limit` bytes; undefined for a link, or what cannot be read. */
export function beginningOf(path: string, limit: number): Uint8Array | undefined {
  return withFile(path, false, (file, size) => readBytes(file, 0, Math.min(limit, size)));
}

/** Undefined where there is no regular file, or none that can be read. */
function withFile<Result>(path: string, followsLinks: boolean, work: (file: number, size: number) => Result): Result | undefined {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, a pipe that was put in the file's place would block.
    file = openSync(
      followsLinks ? realpathSync.native(path) : path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    const stats = fstatSync(file);
    return stats.isFile() ? work(file, stats.size) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Resolves the folder itself. Throws FILE_NOT_FOUND, USAGE for anything but a folder. */
export function resolveFolder(path: string): string {
  try {
    const root = realpathSync.native(path);
    if (statSync(root).isDirectory()) return root.endsWith(sep) ? root.slice(0, -1) : root;
  } catch (cause) {
    throw new AssayError("FILE_NOT_FOUND", `the folder ${path} does not exist`, { cause });
  }
  throw new AssayError("USAGE", `${path} is not a folder`);
}
