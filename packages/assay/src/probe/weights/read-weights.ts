import { readPart, type FolderListing } from "../folder.ts";
import { readGguf } from "../../formats/gguf.ts";
import { nameFormat } from "../../formats/magic.ts";
import type { WeightsReading } from "../../formats/reading.ts";
import { readSafetensors } from "../../formats/safetensors.ts";

const HEAD = 4096;
const TAIL = 1024;
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** Reads a file of parameters as far as it must: never more than a header of bounded size. */
export function readWeights(listing: FolderListing, name: string): WeightsReading {
  const head = readPart(listing, name, HEAD);
  if (head === undefined) return { kind: "unreadable" };
  const text = Buffer.from(head.bytes.subarray(0, 300)).toString("latin1");
  if (text.startsWith(LFS_POINTER)) return { kind: "pointer", size: lfsSize(text) };
  if (head.size === 0) return { kind: "damaged", why: "it is empty" };
  const lower = name.toLowerCase();
  if (lower.endsWith(".safetensors")) return readSafetensors(head, (from, length) => readPart(listing, name, length, from)?.bytes);
  if (lower.endsWith(".gguf")) return readGguf(head.size, (length) => readPart(listing, name, length)?.bytes ?? new Uint8Array());
  return nameFormat(lower, head, () => readPart(listing, name, TAIL, Math.max(0, head.size - TAIL))?.bytes ?? new Uint8Array());
}

function lfsSize(pointer: string): number | undefined {
  const size = Number(/\nsize (\d{1,15})\n/.exec(pointer)?.[1]);
  return Number.isSafeInteger(size) ? size : undefined;
}
