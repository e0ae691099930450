import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  type BigIntStats,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { formatSize } from "../core/sizes.ts";
import { cannotWrite } from "./output-target.ts";
import { cannotWriteHere, PartialFile } from "./partial-file.ts";
import { readBounded } from "./read-bounded.ts";
import { syncFolder } from "./sync-folder.ts";

/** What a folder will hold, by which a later run knows its own part of it. */
export interface SavedContent {
  /** What names exactly these files: a reference with its commit or digest. */
  readonly pinned: string;
  /** The server. */
  readonly host: string;
}

const SUFFIX = ".assay-partial";
const ABOUT = "about.json";
const FILES = "files";
const MAX_ABOUT = 64 * 1024;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/**
 * A folder that comes to be whole or not at all: its files are written to another folder beside it, and that is renamed at the end.
 * What is there when a run stops is continued by the next run for the same content. Nothing in it is followed or trusted: a file that
 * is continued is hashed from its start.
 */
export class PartialFolder {
  /** Absolute: the name that the folder gets at the end. */
  readonly folder: string;
  /** Absolute: what is kept of it until then. */
  readonly partial: string;
  /** Files of which an earlier run left something. */
  readonly continued = new Set<string>();
  readonly #written = new Map<string, BigIntStats>();

  private constructor(folder: string) {
    this.folder = folder;
    this.partial = `${folder}${SUFFIX}`;
  }

  /** Throws OUTPUT_EXISTS where the folder is there already, or a part of other content; OUTPUT_WRITE. */
  static open(path: string, content: SavedContent): PartialFolder {
    const opened = new PartialFolder(resolve(path));
    opened.#open(content);
    return opened;
  }

  /** Throws OUTPUT_EXISTS, OUTPUT_WRITE: what `open` throws, before anything is asked of a server and without writing. */
  static check(path: string): void {
    const folder = resolve(path);
    checkNew(folder);
    try {
      accessSync(dirname(folder), constants.W_OK | constants.X_OK);
    } catch (cause) {
      throw cannotWrite(folder, `the folder ${dirname(folder)} does not exist, or is not writable`, cause, true);
    }
  }

  /** Throws OUTPUT_WRITE where the disk has no room for so many bytes. */
  checkRoom(bytes: number): void {
    const { bavail, bsize } = statfsSync(this.partial, { bigint: true });
    const free = bavail * bsize + BigInt(this.keptBytes());
    if (free >= BigInt(bytes)) return;
    throw cannotWrite(this.folder, `the disk has room for ${formatSize(Number(free))}, and ${formatSize(bytes)} are needed`, undefined);
  }

  /** A file to write on, from where an earlier run stopped. Throws OUTPUT_WRITE. */
  file(name: string, size: number): PartialFile {
    const path = join(this.partial, FILES, name);
    try {
      this.#makeFolder(dirname(name));
      const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT | NO_FOLLOW, 0o666);
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) {
        closeSync(descriptor);
        throw cannotWrite(path, "it is not a regular file", undefined);
      }
      if (stats.size > size) ftruncateSync(descriptor, 0);
      const length = stats.size > size ? 0 : stats.size;
      if (length > 0 && !this.#written.has(name)) this.continued.add(name);
      return new PartialFile(path, descriptor, length, (written) => this.#written.set(name, written));
    } catch (error) {
      throw cannotWriteHere(path, error);
    }
  }

  /** Removes what is there of a file: it is fetched anew. */
  forget(name: string): void {
    rmSync(join(this.partial, FILES, name), { force: true });
    this.continued.delete(name);
    this.#written.delete(name);
  }

  /** Bytes of all files that are there. */
  keptBytes(): number {
    return filesBelow(join(this.partial, FILES)).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Puts the folder in place, with these files in it and no others: `expected` were written here, and `more` are. Throws FILE_CHANGED where
   * a file is not as it was written, OUTPUT_EXISTS, OUTPUT_WRITE.
   */
  complete(expected: Iterable<string>, more: readonly { readonly name: string; readonly bytes: Uint8Array }[]): void {
    const root = join(this.partial, FILES);
    try {
      for (const { name, bytes } of more) {
        rmSync(join(root, name), { force: true });
        const file = this.file(name, bytes.length);
        file.write(bytes);
        file.finish();
      }
      const names = new Set([...expected, ...more.map(({ name }) => name)]);
      for (const name of names) this.#checkAsWritten(name);
      for (const { name } of filesBelow(root)) if (!names.has(name)) rmSync(join(root, name), { force: true });
      syncFolders(root);
      checkNew(this.folder);
      renameSync(root, this.folder);
      syncFolder(dirname(this.folder));
    } catch (error) {
      throw cannotWriteHere(this.folder, error);
    }
    this.discard();
  }

  /** Removes all that was kept. */
  discard(): void {
    rmSync(this.partial, { recursive: true, force: true });
  }

  #open(content: SavedContent): void {
    PartialFolder.check(this.folder);
    const about = join(this.partial, ABOUT);
    const existing = lstatSync(this.partial, { throwIfNoEntry: false });
    try {
      if (existing === undefined) {
        // Until the model is verified, its files are not for other users.
        mkdirSync(this.partial, { mode: 0o700 });
        writeFileSync(about, `${JSON.stringify({ of: content.pinned, from: content.host })}\n`, { flag: "wx" });
        mkdirSync(join(this.partial, FILES));
        return;
      }
    } catch (error) {
      throw cannotWriteHere(this.partial, error);
    }
    const isOwn = existing.isDirectory() && (process.getuid === undefined || existing.uid === process.getuid());
    const found = isOwn ? readAbout(about) : undefined;
    if (found?.pinned === content.pinned && found.host === content.host) {
      this.#makeFolder(".");
      return;
    }
    const what = found === undefined ? "is not what Assay keeps of a model" : `has a part of ${found.pinned} from ${found.host}`;
    throw new AssayError("OUTPUT_EXISTS", `${this.partial} ${what}: it is not continued with ${content.pinned}`, {
      hint: `remove it, or save to another folder`,
    });
  }

  /** Every folder on the way is one, and no link. */
  #makeFolder(name: string): void {
    let path = join(this.partial, FILES);
    for (const part of [".", ...name.split("/").filter((one) => one !== ".")]) {
      path = join(path, part);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) mkdirSync(path);
      else if (!stats.isDirectory()) throw cannotWrite(path, "something else than a folder is there", undefined);
    }
  }

  #checkAsWritten(name: string): void {
    const path = join(this.partial, FILES, name);
    const before = this.#written.get(name);
    const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    const isSame = before !== undefined && now !== undefined && STATE.every((field) => before[field] === now[field]);
    if (!isSame) throw new AssayError("FILE_CHANGED", `${path} changed after it was written: another run may be writing there`);
  }
}

const STATE = ["dev", "ino", "size", "mtimeNs", "ctimeNs"] as const;

function checkNew(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return;
  throw new AssayError("OUTPUT_EXISTS", `${folder} exists: a model is saved to a new folder`, { remedy: "name-other-output" });
}

function readAbout(path: string): SavedContent | undefined {
  try {
    const about: unknown = JSON.parse(new TextDecoder().decode(readBounded(path, "description", MAX_ABOUT)));
    if (typeof about !== "object" || about === null || !("of" in about) || !("from" in about)) return undefined;
    const { of: pinned, from: host } = about;
    return typeof pinned === "string" && typeof host === "string" ? { pinned, host } : undefined;
  } catch {
    return undefined;
  }
}

function filesBelow(root: string): readonly { readonly name: string; readonly size: number }[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path.slice(root.length + 1).replaceAll("\\", "/"), size: lstatSync(path).size };
    });
}

/** What is empty is removed: its files were of another version. */
function syncFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) continue;
    syncFolders(path);
    if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
  }
  syncFolder(folder);
}
