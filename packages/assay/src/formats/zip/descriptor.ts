import { hasSignature } from "../first-bytes.ts";
import { LittleEndian } from "./little-endian.ts";
import { DESCRIPTOR } from "./signatures.ts";
import type { Window } from "./window.ts";
import type { DirectoryEntry } from "./zip-member.ts";

const MAX_DESCRIPTOR_BYTES = 24;

/**
 * The end of the descriptor at `at`, which repeats checksum and sizes after the data (APPNOTE 4.3.9); undefined where none
 * is there that says what the directory says. It may begin with a signature and has sizes of 32 or 64 bits: where several
 * readings fit, the one that ends at `next` is meant.
 */
export async function endOfDescriptor(window: Window, at: number, entry: DirectoryEntry, next: number): Promise<number | undefined> {
  const bytes = await window.read(at, MAX_DESCRIPTOR_BYTES);
  const starts = hasSignature(bytes, DESCRIPTOR) ? [4, 0] : [0];
  let found: number | undefined;
  for (const start of starts) {
    for (const width of [4, 8] as const) {
      const end = start + 4 + 2 * width;
      if (end > bytes.length || !says(new LittleEndian(bytes.subarray(start, end)), width, entry)) continue;
      if (at + end === next) return next;
      found ??= at + end;
    }
  }
  return found;
}

function says(record: LittleEndian, width: 4 | 8, { crc, compressedSize, size }: DirectoryEntry): boolean {
  const value = (at: number): number => (width === 4 ? record.u32(at) : record.u64(at));
  return record.u32(0) === crc && value(4) === compressedSize && value(4 + width) === size;
}
