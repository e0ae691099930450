import { lstatSync, opendirSync, type BigIntStats, type Dir } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../error.ts";
import type { LeftOut } from "./inventory.ts";
import type { Turns } from "./turns.ts";

/** Entries that one walk looks at below what it leaves out, before it says "at least". */
const MOST_ENTRIES = 100_000;

interface Tally {
  fileCount: number;
  bytes: number;
  /** Links, pipes and the like, not looked at any closer. */
  others: number;
  atLeast: boolean;
}

/**
 * Counts what ignore rules hide: enough to make hidden weights visible, and no more. Nothing is opened
 * or followed, memory stays bounded, and a huge folder (a `.git` with a long history) is cut short.
 */
export class LeftOutCounter {
  readonly #turns: Turns;
  /** Names that the manifest lists: they are compared whatever hides them, so not left out. */
  readonly #listed: ReadonlySet<string>;
  #budget = MOST_ENTRIES;

  constructor(turns: Turns, listed: ReadonlySet<string>) {
    this.#turns = turns;
    this.#listed = listed;
  }

  /** Returns undefined where nothing is left out: only listed files, empty folders, or nothing at all. */
  async count(path: string, name: string, reason: LeftOut["reason"]): Promise<LeftOut | undefined> {
    const stats = statsOf(path);
    if (stats === undefined || this.#listed.has(name)) return undefined;
    if (!stats.isDirectory()) {
      const isFile = stats.isFile();
      return {
        name,
        kind: isFile ? "file" : "other",
        fileCount: isFile ? 1 : 0,
        bytes: isFile ? Number(stats.size) : 0,
        atLeast: false,
        reason,
      };
    }
    const { fileCount, bytes, others, atLeast } = await this.#countBelow(path, name);
    if (fileCount + others === 0 && !atLeast) return undefined;
    return { name, kind: "directory", fileCount, bytes, atLeast, reason };
  }

  async #countBelow(path: string, name: string): Promise<Tally> {
    const tally: Tally = { fileCount: 0, bytes: 0, others: 0, atLeast: false };
    const folders = [{ path, name }];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      let entries: Dir | undefined;
      try {
        entries = opendirSync(folder.path, { bufferSize: 256 });
        for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
          if (this.#budget-- <= 0) return { ...tally, atLeast: true };
          if (this.#turns.due()) await this.#turns.take();
          const below = { path: join(folder.path, entry.name), name: `${folder.name}/${entry.name}` };
          if (entry.isDirectory()) folders.push(below);
          else if (this.#listed.has(below.name)) continue;
          else if (!entry.isFile()) tally.others++;
          else {
            const stats = statsOf(below.path);
            tally.fileCount++;
            tally.bytes += Number(stats?.size ?? 0n);
            tally.atLeast ||= stats === undefined;
          }
        }
      } catch (error) {
        if (error instanceof AssayError) throw error;
        // What is left out need not be readable: an incomplete count is still a count.
        tally.atLeast = true;
      } finally {
        entries?.closeSync();
      }
    }
    return tally;
  }
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
