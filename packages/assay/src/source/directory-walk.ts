import { Buffer } from "node:buffer";
import { lstatSync, type BigIntStats } from "node:fs";
import { sep } from "node:path";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { fileSystemError } from "./file-system-error.ts";
import type { IgnoreRules } from "./ignore-rules.ts";
import type { InventoryFile, LeftOut, Sighting, Unexamined, UnfollowedLink } from "./inventory.ts";
import { LeftOutCounter } from "./left-out.ts";
import type { Links } from "./links.ts";
import type { ModelPlace } from "./model-place.ts";
import { Problems } from "./problems.ts";
import { fileStateOf } from "./see.ts";
import type { Seen } from "./seen.ts";
import type { Turns } from "./turns.ts";
import { escapeForeignName, filesBelowUndecodable, notRegular, readFolder } from "./undecodable-names.ts";

/** Links to folders can multiply a small tree without end: this often one folder, this many entries in all. */
const MAX_VISITS_BEHIND_LINKS = 1_000;
const MAX_ENTRIES_BEHIND_LINKS = 1_000_000;

/** Names to look up and to go through. */
export interface NameList {
  has(name: string): boolean;
  keys(): Iterable<string>;
}

export interface DirectoryWalkOptions {
  readonly rules: IgnoreRules["reasons"];
  readonly links: Links;
  /** Names that the manifest lists, where there is one. */
  readonly listed: NameList;
  /** Where the walk notes what a second look is to compare. */
  readonly seen: Seen;
  readonly turns: Turns;
}

interface Folder {
  /** Absolute; below a followed link, the real one. */
  readonly path: string;
  /** Its name from the root with a slash behind it; empty for the root. */
  readonly prefix: string;
  readonly device: bigint;
  readonly inode: bigint;
  readonly parent: Folder | undefined;
  readonly isBehindLink: boolean;
}

/** One walk through a model directory. What makes an answer impossible is collected for the caller. */
export class DirectoryWalk {
  readonly files: InventoryFile[] = [];
  readonly undecodable: Sighting[] = [];
  readonly undecodableNames: string[] = [];
  readonly unfollowedLinks: UnfollowedLink[] = [];
  readonly unexamined: Unexamined[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly notFiles = new Map<string, string>();
  /** Ignore rules that met something. */
  readonly rulesMet = new Set<string>();
  readonly problems = new Problems();
  /** Those below names that are not UTF-8, which no signature covers anyway. */
  readonly undecodableProblems = new Problems();
  readonly #options: DirectoryWalkOptions;
  readonly #counter: LeftOutCounter;
  readonly #folders: Folder[] = [];
  readonly #visitsBehindLinks = new Map<string, number>();
  #entriesBehindLinks = 0;
  #listedPrefixes: ReadonlySet<string> | undefined;

  constructor(options: DirectoryWalkOptions) {
    this.#options = options;
    this.#counter = new LeftOutCounter(options.turns, options.listed, options.rules);
  }

  async run({ root, stats }: Pick<ModelPlace, "root" | "stats">): Promise<void> {
    this.#folders.push({ path: root, prefix: "", device: stats.dev, inode: stats.ino, parent: undefined, isBehindLink: false });
    for (let folder = this.#folders.pop(); folder !== undefined; folder = this.#folders.pop()) await this.#readFolder(folder);
    for (const name of this.#options.listed.keys()) {
      if (isCovered(this.#options.rules, name)) await this.#attempt(name, "other", () => this.#locate(root, name));
    }
  }

  async #readFolder(folder: Folder): Promise<void> {
    const { turns, rules, seen } = this.#options;
    const inside = folder.path.endsWith(sep) ? folder.path : folder.path + sep;
    await this.#attempt(folder.prefix, "folder", async () => {
      const { names, undecodable } = readFolder(folder.path, `the folder ${folder.prefix || folder.path}`);
      const { path, prefix, device, inode } = folder;
      seen.folders.push({ name: prefix.slice(0, -1), path, device, inode, names, undecodable });
      if (folder.isBehindLink) this.#boundLinks(folder, names.length + undecodable.length);
      for (const name of names) {
        if (turns.due()) await turns.take();
        const entry = folder.prefix + name;
        const reason = rules.get(entry);
        if (reason === undefined) this.#examine(folder, inside + name, entry);
        else if (reason !== "signature") await this.#leaveOut(inside + name, entry, reason);
      }
      for (const bytes of undecodable) {
        const shown = folder.prefix.replaceAll("\\", "\\\\") + escapeForeignName(bytes);
        await this.#foreignName(Buffer.concat([Buffer.from(inside), bytes]), shown);
      }
    });
  }

  #examine(folder: Folder, path: string, name: string): void {
    let kind: Unexamined["kind"] = "other";
    try {
      const stats = statsOf(path, name);
      if (stats.isSymbolicLink()) kind = "link";
      if (stats.isFile()) this.files.push(inventoryFile(name, path, stats));
      else if (stats.isDirectory()) this.#enter(folder, path, name, stats, folder.isBehindLink);
      else if (stats.isSymbolicLink()) this.#followLink(folder, path, name, stats);
      else throw notRegular(name, stats);
    } catch (thrown) {
      this.#note(name, kind, thrown);
    }
  }

  #enter(parent: Folder, path: string, name: string, stats: BigIntStats, isBehindLink: boolean): void {
    if (isBehindLink) {
      for (let above: Folder | undefined = parent; above !== undefined; above = above.parent) {
        if (above.path === path) throw new AssayError("LINK_LOOP", `the link to ${path} is part of a loop, at ${name}`);
      }
    }
    if (this.#options.listed.has(name)) this.notFiles.set(name, "a folder");
    this.#folders.push({ path, prefix: `${name}/`, device: stats.dev, inode: stats.ino, parent, isBehindLink });
  }

  #followLink(folder: Folder, path: string, name: string, own: BigIntStats): void {
    const { links, seen } = this.#options;
    if (links.permission === undefined && !links.isOwn(path)) {
      this.unfollowedLinks.push({ name, size: Number(own.size), isLink: true, leadsToListed: this.#leadsToListed(name) });
      seen.entries.push({ name, path, state: fileStateOf(own) });
      return;
    }
    const target = links.follow(path, name);
    if (target.stats.isFile()) this.files.push(inventoryFile(name, target.path, target.stats));
    else if (target.stats.isDirectory()) this.#enter(folder, target.path, name, target.stats, true);
    else throw notRegular(name, target.stats);
  }

  async #foreignName(path: Buffer, shown: string): Promise<void> {
    const { seen, turns } = this.#options;
    this.undecodableNames.push(shown);
    try {
      for (const sighting of await filesBelowUndecodable(path, shown, turns, seen)) this.undecodable.push(sighting);
    } catch (thrown) {
      this.#note(shown, "other", thrown, this.undecodableProblems);
    }
  }

  async #leaveOut(path: string, name: string, reason: LeftOut["reason"]): Promise<void> {
    this.rulesMet.add(name);
    const leftOut = await this.#counter.count(path, name, reason);
    if (leftOut !== undefined) this.leftOut.push(leftOut);
  }

  /** Finds a listed file that a rule hides, looking at nothing but the way to it. */
  #locate(root: string, name: string): void {
    let path = root;
    let stats: BigIntStats | undefined;
    let partial = "";
    for (const component of name.split("/")) {
      if (stats !== undefined && !stats.isDirectory()) return;
      path = path.endsWith(sep) ? path + component : path + sep + component;
      partial = partial === "" ? component : `${partial}/${component}`;
      stats = statsIfThere(path, partial);
      if (stats === undefined) return;
      if (stats.isSymbolicLink()) ({ path, stats } = this.#options.links.follow(path, partial));
    }
    if (stats === undefined) return;
    if (stats.isFile()) this.files.push(inventoryFile(name, path, stats));
    else if (stats.isDirectory()) this.notFiles.set(name, "a folder");
    else throw notRegular(name, stats);
  }

  #leadsToListed(name: string): boolean {
    if (this.#listedPrefixes === undefined) {
      const prefixes = new Set<string>();
      for (const listed of this.#options.listed.keys()) {
        for (let end = listed.indexOf("/"); end !== -1; end = listed.indexOf("/", end + 1)) prefixes.add(listed.slice(0, end));
      }
      this.#listedPrefixes = prefixes;
    }
    return this.#options.listed.has(name) || this.#listedPrefixes.has(name);
  }

  #boundLinks({ path, prefix }: Folder, entries: number): void {
    const visits = (this.#visitsBehindLinks.get(path) ?? 0) + 1;
    this.#visitsBehindLinks.set(path, visits);
    this.#entriesBehindLinks += entries;
    if (visits <= MAX_VISITS_BEHIND_LINKS && this.#entriesBehindLinks <= MAX_ENTRIES_BEHIND_LINKS) return;
    this.#folders.length = 0;
    throw new AssayError("LINK_LOOP", `links to folders multiply the model without bound, at ${prefix}`);
  }

  async #attempt(name: string, kind: Unexamined["kind"], step: () => void | Promise<void>): Promise<void> {
    try {
      await step();
    } catch (thrown) {
      this.#note(name, kind, thrown);
    }
  }

  /** Keeps an error for after the walk; what is not about the model ends it at once. */
  #note(name: string, kind: Unexamined["kind"], thrown: unknown, problems = this.problems): void {
    if (!(thrown instanceof AssayError) || thrown.code === "ABORTED") throw thrown;
    this.unexamined.push({ name, kind });
    problems.add(name, thrown);
  }
}

/** Whether a rule covers this name: itself or a folder above it, by whole components. */
export function isCovered(rules: IgnoreRules["reasons"], name: string): boolean {
  if (rules.size === 0) return false;
  for (let end = name.indexOf("/"); end !== -1; end = name.indexOf("/", end + 1)) {
    if (rules.has(name.slice(0, end))) return true;
  }
  return rules.has(name);
}

export function inventoryFile(name: string, path: string, stats: BigIntStats): InventoryFile {
  const { size, dev: device, ino: inode, mtimeNs, ctimeNs } = stats;
  // Most files were never changed since they were made: one number in memory for both times.
  return { name, path, size: Number(size), device, inode, mtimeNs, ctimeNs: ctimeNs === mtimeNs ? mtimeNs : ctimeNs };
}

function statsOf(path: string, name: string): BigIntStats {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    throw fileSystemError(error, `the file ${name}`);
  }
}

function statsIfThere(path: string, name: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fileSystemError(error, `the file ${name}`);
  }
}
