import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, sep } from "node:path";
import { AssayError } from "../core/error.ts";
import { hubCacheOf } from "../source/hub-cache.ts";
import type { Turns } from "../source/turns.ts";

/** What lies in a folder, by name. Nothing was opened but folders. */
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
  /** Names from the root that are no part of the model: the signature, ignore paths, git's own. */
  readonly leftOut: (name: string) => boolean;
  /** Links to files are followed; to folders never. Without it, only a Hugging Face cache's own links are. */
  readonly allowLinks: boolean;
  readonly turns: Turns;
}

/** More names than any model has. */
const MOST_FILES = 1_000_000;
const DEEPEST = 64;

/** Lists a folder that may be hostile: no link is followed unless the caller allows it, and what is no file is only named. */
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

/** The beginning of a file, or all of it. */
export interface FilePart {
  readonly bytes: Uint8Array;
  /** Of the whole file. */
  readonly size: number;
  readonly isWhole: boolean;
}

/**
 * Reads at most `limit` bytes from `position` on. Undefined where the file cannot be read, is no regular
 * file any more, or is a link: a folder that is inspected may change meanwhile, and proves nothing then.
 */
export function readPart(
  listing: Pick<FolderListing, "root" | "followsLinks">,
  name: string,
  limit: number,
  position = 0,
): FilePart | undefined {
  const path = join(listing.root, name);
  let file: number;
  try {
    // Without O_NONBLOCK, a pipe that was put in the file's place would block.
    file = openSync(
      listing.followsLinks ? realpathSync.native(path) : path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch {
    return undefined;
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return undefined;
    const buffer = new Uint8Array(Math.max(0, Math.min(limit, stats.size - position)));
    let filled = 0;
    while (filled < buffer.length) {
      const count = readSync(file, buffer, filled, buffer.length - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return { bytes: buffer.subarray(0, filled), size: stats.size, isWhole: position === 0 && filled === stats.size };
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Resolves the folder itself. Throws FILE_NOT_FOUND, USAGE for what is no folder. */
export function resolveFolder(path: string): string {
  try {
    const root = realpathSync.native(path);
    if (statSync(root).isDirectory()) return root.endsWith(sep) ? root.slice(0, -1) : root;
  } catch (cause) {
    throw new AssayError("FILE_NOT_FOUND", `the folder ${path} does not exist`, { cause });
  }
  throw new AssayError("USAGE", `${path} is no folder`);
}
