import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";

/** One header message: HDF5 File Format Specification 3.0, section IV.A. */
export interface HeaderMessage {
  readonly type: number;
  readonly flags: number;
  readonly data: Uint8Array;
  /** Where the data is in the file. */
  readonly offset: number;
}

const CONTINUATION = 0x10;
const MAX_HEADER_BYTES = 4 * 1024 * 1024;
const MAX_BLOCKS = 4096;
const MAX_MESSAGES = 100_000;

interface Block {
  readonly at: number;
  readonly length: number;
}

/** All messages of the object at `address`, those of continuation blocks too. */
export async function readObjectHeader(file: PageCache, address: number): Promise<HeaderMessage[]> {
  const start = new ByteCursor(await file.read(address, Math.min(64, file.size - address)), address);
  const isNew = start.u8() === 0x4f;
  const { first, flags } = isNew ? firstNew(start, address) : firstOld(start, address);
  const messages: HeaderMessage[] = [];
  const blocks: Block[] = [first];
  const seen = new Set<number>();
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (block === undefined) break;
    if (index > MAX_BLOCKS || seen.has(block.at)) malformed("has an object header that continues without an end", block.at);
    if (block.length > MAX_HEADER_BYTES) notUnderstood(`has an object header of ${block.length} bytes`, block.at);
    seen.add(block.at);
    const cursor = new ByteCursor(await file.read(block.at, block.length), block.at);
    if (isNew && index > 0 && !cursor.signature("OCHK")) malformed("has an object header that continues elsewhere", block.at);
    // New blocks end with a checksum of four bytes.
    readMessages(cursor, isNew ? { tail: 4, flags } : undefined, messages, blocks);
    if (messages.length > MAX_MESSAGES) notUnderstood(`has an object with more than ${MAX_MESSAGES} header messages`, address);
  }
  return messages;
}

function firstOld(cursor: ByteCursor, address: number): { first: Block; flags: number } {
  cursor.at = 0;
  if (cursor.u8() !== 1) malformed("has no object header where one must be", address);
  cursor.skip(1 + 2 + 4);
  return { first: { at: address + 16, length: cursor.u32() }, flags: 0 };
}

function firstNew(cursor: ByteCursor, address: number): { first: Block; flags: number } {
  cursor.at = 0;
  if (!cursor.signature("OHDR")) malformed("has no object header where one must be", address);
  const version = cursor.u8();
  if (version !== 2) notUnderstood(`has an object header of version ${version}`, address);
  const flags = cursor.u8();
  if ((flags & 0x20) !== 0) cursor.skip(16);
  if ((flags & 0x10) !== 0) cursor.skip(4);
  const length = cursor.uint(1 << (flags & 3));
  return { first: { at: cursor.offset, length: length + 4 }, flags };
}

function readMessages(
  cursor: ByteCursor,
  layout: { readonly tail: number; readonly flags: number } | undefined,
  messages: HeaderMessage[],
  blocks: Block[],
): void {
  const tail = layout?.tail ?? 0;
  const hasOrder = ((layout?.flags ?? 0) & 0x04) !== 0;
  const head = layout === undefined ? 8 : hasOrder ? 6 : 4;
  // What is shorter than a message is a gap.
  while (cursor.left - tail >= head) {
    const type = layout === undefined ? cursor.u16() : cursor.u8();
    const size = cursor.u16();
    const flags = cursor.u8();
    cursor.skip(layout === undefined ? 3 : hasOrder ? 2 : 0);
    if (size > cursor.left - tail) malformed("has a header message that is longer than its header", cursor.offset);
    const offset = cursor.offset;
    const data = cursor.bytes(size);
    if (type === CONTINUATION) {
      const inner = new ByteCursor(data, offset);
      blocks.push({ at: inner.u64(), length: inner.u64() });
    } else messages.push({ type, flags, data, offset });
  }
}
