import type { Buffer } from "node:buffer";
import { lstatSync, readlinkSync, realpathSync, type BigIntStats } from "node:fs";
import { systemCode } from "../core/system-code.ts";

/** Which file, and in which state: two with the same five numbers are taken for the same bytes. */
export interface FileState {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** A folder that was listed. */
export interface SeenFolder {
  /** From the model's root; empty for the root. */
  readonly name: string;
  readonly path: string | Buffer;
  readonly device: bigint;
  readonly inode: bigint;
  readonly names: readonly string[];
  /** The names that are not UTF-8. */
  readonly undecodable: readonly Buffer[];
}

/** A path that was resolved. */
export interface SeenLink {
  readonly name: string;
  readonly path: string;
  /** The link's own text, its bytes as Latin-1; undefined where only a folder above is a link. */
  readonly text: string | undefined;
  /** The real path that it led to. */
  readonly target: string;
}

/** Something besides the inventory's files. */
export interface SeenEntry {
  readonly name: string;
  readonly path: string | Buffer;
  /** Undefined: nothing was there. */
  readonly state: FileState | undefined;
}

/** What one walk saw besides the files of its inventory, so that a second look can tell whether it still holds. */
export class Seen {
  readonly folders: SeenFolder[] = [];
  readonly links: SeenLink[] = [];
  readonly entries: SeenEntry[] = [];

  /** The signature: its directory entry, and what that leads to. Call it before the signature is read. */
  signature(path: string): void {
    const name = `the signature ${path}`;
    const link = seeLink(path, name);
    if (link !== undefined) this.links.push(link);
    this.entries.push(seeEntry(link?.target ?? path, name));
  }

  /** Adds what was noted elsewhere. */
  add({ folders, links, entries }: Seen): void {
    this.folders.push(...folders);
    this.links.push(...links);
    this.entries.push(...entries);
  }
}

/** Undefined where the path has no target. */
export function seeLink(path: string, name: string): SeenLink | undefined {
  try {
    // The text first: a link that is changed between the two calls is then seen by the second look.
    const text = linkText(path);
    return { name, path, text, target: realpathSync.native(path) };
  } catch {
    return undefined;
  }
}

/** A link's text, or undefined where the path is not a link. */
export function linkText(path: string): string | undefined {
  try {
    return readlinkSync(path, "latin1");
  } catch (error) {
    // Windows says UNKNOWN of some files.
    if (systemCode(error) === "EINVAL" || systemCode(error) === "UNKNOWN") return undefined;
    throw error;
  }
}

function seeEntry(path: string, name: string): SeenEntry {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return { name, path, state: stats === undefined ? undefined : fileStateOf(stats) };
}

export function fileStateOf({ dev: device, ino: inode, size, mtimeNs, ctimeNs }: BigIntStats): FileState {
  return { device, inode, size: Number(size), mtimeNs, ctimeNs };
}
