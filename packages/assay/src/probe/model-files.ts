import type { RandomAccess } from "../formats/random-access.ts";

/** The files of one model, as probes see them. */
export interface ModelFiles {
  /** Absolute and resolved. */
  readonly root: string;
  /** Names of regular files from the model's root, `/` between components. */
  readonly names: readonly string[];
  /** Links that were not followed, and those without a target. */
  readonly links: readonly string[];
  /** Pipes, sockets and devices. */
  readonly others: readonly string[];
  /** True where there may be more than is listed. */
  readonly isPartial: boolean;
  /** Opens a file for reading; undefined where it cannot be read. Nothing needs to be closed. */
  readonly open: (name: string) => RandomAccess | undefined;
  /** The name that a link leads to; undefined for a target outside the model, or none. */
  readonly targetOf: (link: string) => string | undefined;
}

/** The beginning of a file, or all of it. */
export interface FilePart {
  readonly bytes: Uint8Array;
  /** Of the whole file. */
  readonly size: number;
  readonly isWhole: boolean;
}

/** At most `limit` bytes from `position` on. Undefined where the file cannot be read: a probe then says nothing of it. */
export async function readPart(files: ModelFiles, name: string, limit: number, position = 0): Promise<FilePart | undefined> {
  const file = files.open(name);
  if (file === undefined) return undefined;
  try {
    const bytes = await file.read(position, limit);
    return { bytes, size: file.size, isWhole: position === 0 && bytes.length === file.size };
  } catch {
    return undefined;
  }
}
