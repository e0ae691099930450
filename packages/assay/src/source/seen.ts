import type { Buffer } from "node:buffer";

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

  /** Adds what was noted elsewhere. */
  add({ folders, links, entries }: Seen): void {
    this.folders.push(...folders);
    this.links.push(...links);
    this.entries.push(...entries);
  }
}
