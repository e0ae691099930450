import { lstatSync, opendirSync, type BigIntStats, type Dir } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import type { IgnoreRules } from "./ignore-rules.ts";
import type { LeftOut } from "./inventory.ts";
import type { Turns } from "./turns.ts";

/** Entries that one walk looks at below what it leaves out, before it says "at least". */
const MAX_ENTRIES = 100_000;

interface Tally {
  fileCount: number;
  bytes: number;
  atLeast: boolean;
}

/** Something that cannot be counted: it is there, and what is in it or behind it is unknown. */
const AT_LEAST_ONE = { fileCount: 1, bytes: 0, atLeast: true } as const;

/**
 * Counts what ignore rules hide: enough to make hidden weights visible, and no more. Nothing is opened
 * or followed, memory stays bounded, and a huge folder (a `.git` with a long history) is cut short.
 * Every entry that is not a folder counts one, whatever it is, and so does a folder that cannot be listed.
 */
export class LeftOutCounter {
  readonly #turns: Turns;
  /** Names that the manifest lists: they are compared whatever hides them, so not left out. */
  readonly #listed: Pick<ReadonlySet<string>, "has">;
  /** The signature may be in a folder that is left out: it does not count there either. */
  readonly #rules: IgnoreRules["reasons"];
  #budget = MAX_ENTRIES;

  constructor(turns: Turns, listed: Pick<ReadonlySet<string>, "has">, rules: IgnoreRules["reasons"]) {
    this.#turns = turns;
    this.#listed = listed;
    this.#rules = rules;
  }

  /** Returns undefined where nothing is left out: only listed files or empty folders. */
  async count(path: string, name: string, reason: LeftOut["reason"]): Promise<LeftOut | undefined> {
    const stats = statsOf(path);
    if (stats?.isDirectory() === true) {
      const tally = await this.#countBelow(path, name);
      return tally.fileCount === 0 ? undefined : { name, kind: "directory", ...tally, reason };
    }
    if (this.#listed.has(name)) return undefined;
    return { name, kind: stats?.isFile() === true ? "file" : "other", ...countOf(stats), reason };
  }

  async #countBelow(path: string, name: string): Promise<Tally> {
    const tally: Tally = { fileCount: 0, bytes: 0, atLeast: false };
    const add = ({ fileCount, bytes, atLeast }: Readonly<Tally>): void => {
      tally.fileCount += fileCount;
      tally.bytes += bytes;
      tally.atLeast ||= atLeast;
    };
    const folders = [{ path, name }];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      let entries: Dir | undefined;
      try {
        entries = opendirSync(folder.path, { bufferSize: 256 });
        for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
          if (this.#budget-- <= 0) {
            add(AT_LEAST_ONE);
            return tally;
          }
          if (this.#turns.due()) await this.#turns.take();
          const below = { path: join(folder.path, entry.name), name: `${folder.name}/${entry.name}` };
          if (entry.isDirectory()) folders.push(below);
          else if (!this.#listed.has(below.name) && this.#rules.get(below.name) !== "signature") add(countOf(statsOf(below.path)));
        }
      } catch (error) {
        if (error instanceof AssayError) throw error;
        // What is left out need not be readable: the folder itself still counts.
        add(AT_LEAST_ONE);
      } finally {
        entries?.closeSync();
      }
    }
    return tally;
  }
}

/** A model in which a walk left out nothing. */
export interface FullyCovered {
  readonly root: string;
  readonly ignoreRules: IgnoreRules["reasons"];
}

/**
 * The names that ignore rules hide and that hold something now, though the walk found nothing there: where all has to be
 * covered, what appears in such a place during the run counts too. Names that the manifest lists do not.
 */
export async function hiddenSince(
  { root, ignoreRules }: FullyCovered,
  listed: Pick<ReadonlySet<string>, "has">,
  turns: Turns,
): Promise<readonly string[]> {
  const counter = new LeftOutCounter(turns, listed, ignoreRules);
  const found: string[] = [];
  for (const [name, reason] of ignoreRules) {
    const path = join(root, name);
    if (reason === "signature" || !isThere(path)) continue;
    if ((await counter.count(path, name, reason)) !== undefined) found.push(name);
  }
  return found;
}

/** What cannot be looked at is there. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return systemCode(error) !== "ENOTDIR";
  }
}

/** Behind a link, and in what cannot be looked at, there may be more than one file. */
function countOf(stats: BigIntStats | undefined): Readonly<Tally> {
  if (stats === undefined || stats.isSymbolicLink()) return AT_LEAST_ONE;
  return { fileCount: 1, bytes: stats.isFile() ? Number(stats.size) : 0, atLeast: false };
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
