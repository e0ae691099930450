import { FormatError } from "./format-error.ts";
import { crc32 } from "./zip/checksum.ts";
import { LittleEndian } from "./zip/little-endian.ts";

const HEADER_BYTES = 10;
/** Checksum and size of the content, at the end. */
const TRAILER_BYTES = 8;
const HAS_HEADER_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const KNOWN_FLAGS = 0x1f;

/** Where the compressed data of a gzip file begins (RFC 1952, section 2.3). Throws `FormatError`. */
export function startOfGzipData(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0;
  if (bytes.length < HEADER_BYTES + TRAILER_BYTES || bytes[2] !== 8 || (flags & ~KNOWN_FLAGS) !== 0) {
    throw new FormatError("malformed", "has a header that gzip does not have");
  }
  let at = HEADER_BYTES;
  if ((flags & HAS_EXTRA) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) throw new FormatError("malformed", "ends within its header");
    at = end + 1;
  }
  if ((flags & HAS_HEADER_CHECKSUM) !== 0) at += 2;
  if (at + TRAILER_BYTES > bytes.length) throw new FormatError("malformed", "ends within its header");
  return at;
}

/** Whether the file ends with checksum and size of `content`, so that it is one compressed file and nothing more. */
export function isOneGzipFile(bytes: Uint8Array, content: Uint8Array): boolean {
  const trailer = new LittleEndian(bytes.subarray(-TRAILER_BYTES));
  return trailer.u32(0) === crc32(content) && trailer.u32(4) === content.length;
}
