import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A model to measure with: so many files of so many bytes. */
export interface Shape {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly kind: "start-up" | "one large file" | "several large files" | "many small files";
}

export const DEFAULT_SHAPES = ["2x1kB", "1x1GB", "10x100MB", "4x1GB", "10000x10kB", "100000x1kB"] as const;

const UNITS: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };
const FILES_PER_FOLDER = 1000;
const BLOCK_BYTES = 8 * 1024 * 1024;

/** Reads a shape such as `10x100MB`. */
export function parseShape(text: string): Shape {
  const match = /^(\d+)x(\d+)(B|kB|MB|GB)$/.exec(text);
  const [, count = "", size = "", unit = ""] = match ?? [];
  const files = Number(count);
  const bytes = Number(size) * (UNITS[unit] ?? 0);
  if (match === null || files < 1 || bytes < 1) throw new Error(`not a shape: ${text}; write it as 10x100MB (B, kB, MB, GB)`);
  const totalBytes = files * bytes;
  return { name: text, files, bytes, totalBytes, kind: kindOf(files, totalBytes) };
}

function kindOf(files: number, totalBytes: number): Shape["kind"] {
  if (totalBytes < 1e6) return "start-up";
  if (files >= FILES_PER_FOLDER) return "many small files";
  return files === 1 ? "one large file" : "several large files";
}

/** Says why the folder has no room for the shape, or nothing where it has. */
export function roomProblem(shape: Shape, folder: string): string | undefined {
  const { bavail, bsize, ffree, files } = statfsSync(folder);
  const onDisk = shape.files * Math.ceil(shape.bytes / bsize) * bsize;
  const wanted = onDisk * 1.1 + 200e6;
  if (bavail * bsize < wanted) return `needs ${megabytes(wanted)} in ${folder}, which has ${megabytes(bavail * bsize)}`;
  // Some file systems have no fixed number of inodes and say 0.
  if (files > 0 && ffree < shape.files * 1.1 + 1000) return `needs ${shape.files} inodes in ${folder}, which has ${ffree}`;
  return undefined;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Writes the shape's files under a new folder. Random once, then varied, so that no two files are alike. */
export function makeModel(shape: Shape, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const block = randomBytes(BLOCK_BYTES);
  for (let index = 0; index < shape.files; index += 1) {
    const path = join(folderFor(shape, folder, index), `part-${String(index).padStart(6, "0")}.bin`);
    block.writeUInt32LE(index, 0);
    if (shape.bytes <= BLOCK_BYTES) writeFileSync(path, block.subarray(0, shape.bytes));
    else writeLarge(path, shape.bytes, block);
  }
}

function folderFor(shape: Shape, folder: string, index: number): string {
  if (shape.files <= FILES_PER_FOLDER) return folder;
  const sub = join(folder, `group-${String(Math.floor(index / FILES_PER_FOLDER)).padStart(3, "0")}`);
  if (index % FILES_PER_FOLDER === 0) mkdirSync(sub);
  return sub;
}

function writeLarge(path: string, bytes: number, block: Buffer): void {
  const descriptor = openSync(path, "w");
  try {
    for (let left = bytes; left > 0;) {
      block.writeUInt32LE(left % 0xffff_ffff, 4);
      left -= writeSync(descriptor, block, 0, Math.min(left, block.length));
    }
  } finally {
    closeSync(descriptor);
  }
}
