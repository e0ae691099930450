import { lstatSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AssayError } from "../core/error.ts";
import type { HashThreads } from "./hash-threads.ts";

/** A thread costs about 40 ms and 15 MB to start: it pays from this much work for each. */
const WORK_PER_THREAD = 160 * 1024 * 1024;
/** What opening and checking a file costs, in bytes hashed meanwhile. */
export const FILE_OVERHEAD = 20_000;
/** Names in a folder that are looked at for a guess. */
const MAX_GUESSED = 200;

/**
 * The threads of one operation, for hashing and for the second look. They start as soon as the work is
 * known to be large enough; `stop` ends them, and the maker of a crew calls it.
 */
export class Crew {
  readonly #most: number;
  #threads: Promise<HashThreads> | undefined;

  /** `threads`: at most so many at work, the main one included. Throws USAGE. */
  constructor(threads: number | undefined) {
    this.#most = threadCount(threads);
  }

  /** Starts what a first glance at a model says will pay, so that it is ready when the files are known. */
  async startEarly(root: string): Promise<void> {
    const { work, files } = guessWork(root);
    await this.threadsFor(work, files);
  }

  /** The threads beside the main one for so much work, cut into so many pieces; undefined: none pays. */
  async threadsFor(work: number, pieces: number): Promise<HashThreads | undefined> {
    const extra = Math.min(this.#most - 1, Math.floor(work / WORK_PER_THREAD), pieces - 1);
    if (extra < 1) return pieces > 1 ? this.#threads : undefined;
    // Loaded on use: small models need no threads, and `node:worker_threads` is slow to load.
    this.#threads ??= import("./hash-threads.ts").then(({ HashThreads }) => new HashThreads(extra));
    return this.#threads;
  }

  async stop(): Promise<void> {
    const threads = await this.#threads;
    await threads?.stop();
  }
}

/** Runs some work with a crew for the model at `root`, and stops the crew afterwards. Throws USAGE, and what the work throws. */
export async function withCrew<Result>(threads: number | undefined, root: string, work: (crew: Crew) => Promise<Result>): Promise<Result> {
  const crew = new Crew(threads);
  try {
    await crew.startEarly(root);
    return await work(crew);
  } finally {
    await crew.stop();
  }
}

function threadCount(threads: number | undefined): number {
  if (threads === undefined) return availableParallelism();
  if (Number.isSafeInteger(threads) && threads >= 1) return threads;
  throw new AssayError("USAGE", `the number of threads must be a whole number of at least 1, not ${threads}`);
}

/**
 * About how much there is to hash, in how many files, by the first folder's names and those of one folder in it. A wrong guess costs a
 * thread's start, or its late start.
 */
function guessWork(root: string): { work: number; files: number } {
  try {
    const names = namesIn(root);
    const isLong = names.length > MAX_GUESSED;
    const looked = names.slice(0, MAX_GUESSED).map((name) => join(root, name));
    let work = 0;
    let files = 0;
    let folder: string | undefined;
    let folders = 0;
    for (const path of looked) {
      const stats = lstatSync(path);
      if (stats.isDirectory()) {
        folder ??= path;
        folders++;
      } else {
        work += stats.size + FILE_OVERHEAD;
        files++;
      }
    }
    if (isLong) work *= names.length / MAX_GUESSED;
    if (folder === undefined) return { work, files };
    const below = namesIn(folder);
    const first = below[0];
    const size = first === undefined ? 0 : lstatSync(join(folder, first)).size;
    const filesBelow = folders * below.length;
    return { work: work + filesBelow * (size + FILE_OVERHEAD), files: files + filesBelow };
  } catch {
    return { work: 0, files: 0 };
  }
}

/** Hidden ones aside: most of them are not part of the model. */
function namesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith("."));
}
