import { lstatSync, type BigIntStats } from "node:fs";
import { join } from "node:path";
import { seeLink, Seen, fileStateOf, type FileState } from "./seen.ts";
import type { Walked } from "./second-look.ts";
import { settle, systemClock } from "./settle.ts";
import type { Turns } from "./turns.ts";
import { readFolder } from "./undecodable-names.ts";

export interface SeeOptions {
  readonly ignoreRules: Walked["ignoreRules"];
  /** Whether links count for what they lead to. Folders behind links are not entered. */
  readonly allowLinks: boolean;
  readonly turns: Turns;
  readonly signal: AbortSignal | undefined;
}

/**
 * Notes the state of everything in a folder before it is read, for a second look after it was. What cannot be
 * looked at is passed over: whoever reads it says so.
 */
export async function seeFolder(root: string, { ignoreRules, allowLinks, turns, signal }: SeeOptions): Promise<Walked> {
  const seen = new Seen();
  const files: (FileState & { readonly path: string })[] = [];
  const pending = [{ path: root, name: "" }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const { path, name } = folder;
    const own = statsOf(path);
    const listing = own === undefined ? undefined : namesIn(path);
    if (own === undefined || listing === undefined) continue;
    seen.folders.push({ name, path, device: own.dev, inode: own.ino, ...listing });
    for (const child of listing.names) {
      if (turns.due()) await turns.take();
      const below = { path: join(path, child), name: name === "" ? child : `${name}/${child}` };
      if (ignoreRules.has(below.name)) continue;
      const link = allowLinks ? seeLink(below.path, below.name) : undefined;
      const isLink = link?.text !== undefined;
      if (isLink) seen.links.push(link);
      const real = isLink ? link.target : below.path;
      const stats = statsOf(real);
      if (stats === undefined) continue;
      if (stats.isDirectory() && !isLink) pending.push(below);
      else if (!stats.isDirectory()) {
        const state = fileStateOf(stats);
        seen.entries.push({ name: below.name, path: real, state });
        files.push({ ...state, path: real });
      }
    }
  }
  await settle(files, systemClock, signal);
  return { files: [], seen, ignoreRules };
}

/** The same without one name, which the program itself writes. */
export function withoutName({ files, seen, ignoreRules }: Walked, name: string): Walked {
  const rest = new Seen();
  rest.folders.push(...seen.folders);
  rest.links.push(...seen.links);
  rest.entries.push(...seen.entries.filter((entry) => entry.name !== name));
  return { files, seen: rest, ignoreRules: new Map([...ignoreRules, [name, "caller-ignore-path"]]) };
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function namesIn(path: string): ReturnType<typeof readFolder> | undefined {
  try {
    return readFolder(path, path);
  } catch {
    return undefined;
  }
}
