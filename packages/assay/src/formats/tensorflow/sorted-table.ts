import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { PageCache } from "../page-cache.ts";
import { readVarint } from "../protobuf/varint.ts";
import type { RandomAccess } from "../random-access.ts";
import { maskedCrc32c } from "./crc32c.ts";

const FOOTER_BYTES = 48;
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_BLOCK_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 2_000_000;
/** Kind of compression and checksum. */
const TRAILER_BYTES = 5;
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

export interface TableEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Whether the last bytes of a file are those of a sorted table. */
export function endsAsTable(tail: Uint8Array): boolean {
  return tail.length >= FOOTER_BYTES && MAGIC.every((byte, index) => tail[tail.length - MAGIC.length + index] === byte);
}

/**
 * The entries of a sorted table, in which checkpoints keep their index (LevelDB's table format,
 * https://github.com/google/leveldb/blob/main/doc/table_format.md). The checksum of every block is checked; compressed
 * blocks, which checkpoints do not have, are not read.
 *
 * @throws FormatError
 */
export async function* tableEntries(file: RandomAccess): AsyncGenerator<TableEntry> {
  const pages = new PageCache(file, MAX_BYTES);
  if (file.size < FOOTER_BYTES) malformed("is too short for a table");
  const footer = await pages.read(file.size - FOOTER_BYTES, FOOTER_BYTES);
  if (!endsAsTable(footer)) malformed("does not end as a table", file.size - MAGIC.length);
  const handles = new BlockReader(footer);
  handles.handle();
  let entries = 0;
  let decoded = 0;
  for (const { value } of entriesOf(await block(pages, handles.handle()))) {
    const handle = new BlockReader(value).handle();
    // Entries of the index that share a block cost time and no size.
    decoded += handle.length;
    if (decoded > file.size) malformed("has an index that names more bytes than there are", handle.at);
    for (const entry of entriesOf(await block(pages, handle))) {
      if (++entries > MAX_ENTRIES) notUnderstood(`has more than ${MAX_ENTRIES.toLocaleString("en-US")} entries`);
      yield { key: new TextDecoder().decode(entry.key), value: entry.value };
    }
  }
}

interface Handle {
  readonly at: number;
  readonly length: number;
}

async function block(pages: PageCache, { at, length }: Handle): Promise<Uint8Array> {
  if (length > MAX_BLOCK_BYTES) notUnderstood(`has a block of ${length} bytes`, at);
  const whole = await pages.read(at, length + TRAILER_BYTES);
  const trailer = new ByteCursor(whole.subarray(length), at + length);
  if (trailer.u8() !== 0) notUnderstood("has a compressed block", at);
  if (trailer.u32() !== maskedCrc32c(whole.subarray(0, length + 1))) malformed("has a block with another checksum than it says", at);
  return whole.subarray(0, length);
}

function* entriesOf(bytes: Uint8Array): Generator<{ readonly key: Uint8Array; readonly value: Uint8Array }> {
  if (bytes.length < 4) malformed("has a block without an end");
  const restarts = new ByteCursor(bytes.subarray(bytes.length - 4)).u32();
  const end = bytes.length - 4 - restarts * 4;
  if (end < 0) malformed("has a block with more restarts than it has room for");
  const reader = new BlockReader(bytes.subarray(0, end));
  let key: Uint8Array = new Uint8Array(0);
  while (reader.left > 0) {
    const [shared, own, length] = [reader.number(), reader.number(), reader.number()];
    if (shared > key.length) malformed("has a key that shares more than there is");
    const next = new Uint8Array(shared + own);
    next.set(key.subarray(0, shared));
    next.set(reader.bytes(own), shared);
    key = next;
    yield { key, value: reader.bytes(length) };
  }
}

/** Reads base 128 numbers and bytes. */
class BlockReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  handle(): Handle {
    return { at: this.number(), length: this.number() };
  }

  number(): number {
    const read = readVarint(this.#bytes, this.#at);
    if (read === undefined) malformed("has a number without an end");
    this.#at = read.next;
    return Number(read.value);
  }

  bytes(length: number): Uint8Array {
    if (length > this.left) malformed("has an entry that is longer than its block");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
