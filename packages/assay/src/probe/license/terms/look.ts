import { lfsPointer } from "../../../formats/lfs-pointer.ts";
import { readPart, type FilePart, type ModelFiles } from "../../model-files.ts";
import { decode } from "./decode.ts";

/** What came of looking into a file for words. */
export type Look =
  | {
      readonly kind: "text";
      readonly readings: readonly string[];
      readonly isWhole: boolean;
      readonly bytes: Uint8Array;
      readonly size: number;
    }
  /** There are words in it, most likely, and they were not read. */
  | { readonly kind: "closed"; readonly format: string }
  | { readonly kind: "empty" | "binary" };

/** Enough to tell a text from everything else. */
const SNIFFED = 4 * 1024;

/**
 * Reads a file as text if it is one: whole up to `limit` bytes, of a larger one the beginning and the end. A binary
 * file costs one short read.
 */
export async function lookInto(files: ModelFiles, name: string, limit: number): Promise<Look> {
  const head = await readPart(files, name, SNIFFED);
  if (head === undefined) return { kind: "closed", format: "a file that cannot be read" };
  if (head.size === 0) return { kind: "empty" };
  const sniffed = decode(head.bytes);
  if (sniffed.kind === "closed") return sniffed;
  if (sniffed.kind === "binary") return { kind: "binary" };
  if (lfsPointer(head.bytes) !== undefined) return { kind: "closed", format: "a pointer of Git LFS" };
  if (head.isWhole) return textOf(sniffed.readings, head, limit, true);
  const part = await readPart(files, name, head.size <= limit ? limit : limit / 2);
  const decoded = part === undefined ? undefined : decode(part.bytes);
  if (part === undefined || decoded?.kind !== "text") return decoded?.kind === "closed" ? decoded : { kind: "binary" };
  if (part.isWhole) return textOf(decoded.readings, part, limit, true);
  // An even place, so that characters of two bytes stay whole.
  const from = (part.size - Math.floor(limit / 2)) & ~1;
  const tail = await readPart(files, name, limit / 2, from);
  const end = tail === undefined ? undefined : decode(tail.bytes);
  const readings = end?.kind === "text" ? [...decoded.readings, ...end.readings] : decoded.readings;
  return textOf(readings, part, limit, false);
}

/** What a compressed file holds may be more than its size. */
function textOf(readings: readonly string[], { bytes, size }: FilePart, limit: number, isWhole: boolean): Look {
  return { kind: "text", readings: readings.map((text) => text.slice(0, limit)), isWhole, bytes, size };
}
