import { opendirSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import { join, sep } from "node:path";
import { systemCode } from "../core/system-code.ts";

const MAX_DEPTH = 10;
/** Of files and folders, advisories or not. */
const MAX_ENTRIES = 100_000;

/** What is below a folder of advisories. */
export interface ListedAdvisories {
  /** Relative to the folder, with `/`; sorted. */
  readonly names: readonly string[];
  /** What was not looked into, and why; sorted. */
  readonly problems: string[];
}

/**
 * The `*.json` files below a folder, git's own apart: 10 levels and 100,000 files at most. A link is followed to a file in the folder, and never
 * out of it; what is behind it is then a problem, since it may hold an advisory.
 */
export function listAdvisories(folder: string): ListedAdvisories {
  const walk = new Walk(realpathSync(folder));
  walk.list("", 1);
  return { names: [...walk.names].toSorted(), problems: walk.problems.toSorted() };
}

class Walk {
  readonly names = new Set<string>();
  readonly problems: string[] = [];
  readonly #folder: string;
  #entries = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  list(prefix: string, depth: number): void {
    if (depth > MAX_DEPTH) return void this.problems.push(`${prefix}: deeper than ${MAX_DEPTH} levels`);
    for (const entry of this.#read(prefix)) {
      const name = prefix + entry.name;
      this.#entries += 1;
      if (this.#entries === MAX_ENTRIES + 1) this.problems.push(`more than ${MAX_ENTRIES} files`);
      if (this.#entries > MAX_ENTRIES) return;
      if (entry.isSymbolicLink()) this.#follow(name);
      else if (entry.name === ".git") continue;
      else if (entry.isDirectory()) this.list(`${name}/`, depth + 1);
      else if (name.endsWith(".json")) this.names.add(name);
    }
  }

  /** Sorted, so that the bound cuts off the same files everywhere. */
  #read(prefix: string): Dirent[] {
    const entries: Dirent[] = [];
    try {
      const handle = opendirSync(join(this.#folder, prefix));
      try {
        // One more than is looked at: the walk says that there are too many.
        for (let entry = handle.readSync(); entry !== null && entries.length <= MAX_ENTRIES; entry = handle.readSync()) entries.push(entry);
      } finally {
        handle.closeSync();
      }
    } catch (error) {
      this.problems.push(`${prefix || "the folder"} cannot be listed: ${systemCode(error)}`);
    }
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What a link leads to in the folder is there under its own name too: a folder is not listed twice. */
  #follow(name: string): void {
    const path = join(this.#folder, name);
    let [target, stats]: [string, Stats | undefined] = ["", undefined];
    try {
      target = realpathSync(path);
      stats = statSync(path);
    } catch (error) {
      if (name.endsWith(".json")) this.problems.push(`${name} cannot be read: ${systemCode(error)}`);
      return;
    }
    const isInside = target.startsWith(this.#folder + sep) || target === this.#folder;
    if (!isInside && (stats.isDirectory() || name.endsWith(".json"))) this.problems.push(`${name} is a link that leads out of the folder`);
    else if (isInside && !stats.isDirectory() && name.endsWith(".json")) this.names.add(name);
  }
}
