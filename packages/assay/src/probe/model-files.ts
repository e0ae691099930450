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

/** Small files are asked for by several probes, and read once. */
const MAX_KEPT_FILE = 256 * 1024;
const MAX_KEPT = 48 * 1024 * 1024;
const kept = new WeakMap<ModelFiles, { bytes: number; readonly files: Map<string, Uint8Array> }>();

/** At most `limit` bytes from `position` on. Undefined where the file cannot be read: a probe then says nothing of it. */
export async function readPart(files: ModelFiles, name: string, limit: number, position = 0): Promise<FilePart | undefined> {
  const known = kept.get(files)?.files.get(name);
  if (known !== undefined) return partOf(known, limit, position);
  const file = files.open(name);
  if (file === undefined) return undefined;
  try {
    if (file.size <= MAX_KEPT_FILE) {
      const whole = await file.read(0, file.size);
      if (whole.length === file.size) keep(files, name, whole);
      return { ...partOf(whole, limit, position), size: file.size };
    }
    const bytes = await file.read(position, limit);
    return { bytes, size: file.size, isWhole: position === 0 && bytes.length === file.size };
  } catch {
    return undefined;
  }
}

function partOf(whole: Uint8Array, limit: number, position: number): FilePart {
  const bytes = position === 0 && whole.length <= limit ? whole : whole.subarray(position, position + limit);
  return { bytes, size: whole.length, isWhole: bytes.length === whole.length };
}

function keep(files: ModelFiles, name: string, bytes: Uint8Array): void {
  let known = kept.get(files);
  if (known === undefined) kept.set(files, (known = { bytes: 0, files: new Map() }));
  if (known.bytes + bytes.length > MAX_KEPT) return;
  known.bytes += bytes.length;
  known.files.set(name, bytes);
}
