import { ByteCursor } from "./byte-cursor.ts";
import { ByteWindow } from "./byte-window.ts";
import { malformed, notUnderstood } from "./format-error.ts";
import type { RandomAccess } from "./random-access.ts";

const MAX_ENTRIES = 100_000;
const MAX_NAME = 1024;
const HEAD_BYTES = MAX_NAME + 12;
const FLOAT_BYTES = 4;
/** What names of tensors consist of. */
const NAME = /^[\w.:/ -]+$/;

/** Whether a file begins with a count of entries and the name of a tensor. */
export function beginsAsImatrix(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const cursor = new ByteCursor(head);
  const count = cursor.u32();
  const length = cursor.u32();
  if (count === 0 || count > MAX_ENTRIES || length === 0 || length > MAX_NAME || length > cursor.left) return false;
  return NAME.test(String.fromCharCode(...cursor.bytes(length)));
}

/**
 * Reads an importance matrix of llama.cpp in its first format (tools/imatrix, before it wrote GGUF) whole: for each tensor a
 * name, a count of calls and its sums, then the number of chunks and the name of the text. Sums are skipped. Returns the entries.
 *
 * @throws FormatError
 */
export async function readImatrix(file: RandomAccess): Promise<number> {
  const window = new ByteWindow(file);
  const cursorAt = async (at: number): Promise<ByteCursor> => {
    await window.load(at, HEAD_BYTES);
    return new ByteCursor(window.view(at, Math.min(HEAD_BYTES, file.size - at)), at);
  };
  const count = (await cursorAt(0)).u32();
  if (count > MAX_ENTRIES) notUnderstood(`has ${count} entries`, 0);
  let at = 4;
  for (let entry = 0; entry < count; entry++) {
    const cursor = await cursorAt(at);
    skipText(cursor);
    cursor.skip(4);
    at = cursor.offset + 4 + cursor.u32() * FLOAT_BYTES;
    if (at > file.size) malformed(`ends within the entry ${entry + 1} of ${count}`, file.size);
  }
  if (at === file.size) return count;
  const cursor = await cursorAt(at);
  cursor.skip(4);
  skipText(cursor);
  if (cursor.offset !== file.size) malformed(`has ${file.size - cursor.offset} bytes behind its end`, cursor.offset);
  return count;
}

/** A length, then that many bytes. */
function skipText(cursor: ByteCursor): void {
  const length = cursor.u32();
  if (length > MAX_NAME) notUnderstood(`has a name of ${length} bytes`, cursor.offset);
  cursor.skip(length);
}
