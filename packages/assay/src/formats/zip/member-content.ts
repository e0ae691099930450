import { FormatError } from "../format-error.ts";
import type { RandomAccess } from "../random-access.ts";
import { crc32 } from "./checksum.ts";
import { STORED, type ZipMember } from "./zip-member.ts";

const PIECE_BYTES = 1024 * 1024;

/** The part of `file` from `start` on, as a file of its own. */
export function sliceOf(file: RandomAccess, start: number, length: number): RandomAccess {
  const size = Math.max(0, Math.min(length, file.size - start));
  return {
    size,
    async read(from, wanted) {
      return from >= size ? new Uint8Array(0) : file.read(start + from, Math.min(wanted, size - from));
    },
  };
}

/** Bytes in memory as a file. */
export function fileOf(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.length,
    async read(from, length) {
      return bytes.subarray(from, from + length);
    },
  };
}

/** Inflates raw deflate data; throws `FormatError` for other data, and over `maxOutput` bytes. */
export type InflateRaw = (bytes: Uint8Array, maxOutput: number) => Uint8Array;

/**
 * The content of a member. Stored data is read where it is; deflated data is inflated into memory, up to `maxOutput`
 * bytes. Throws `FormatError` where that fails.
 */
export async function openMember(file: RandomAccess, member: ZipMember, inflate: InflateRaw, maxOutput: number): Promise<RandomAccess> {
  const data = sliceOf(file, member.dataOffset, member.compressedSize);
  if (member.method === STORED) return data;
  if (member.size > maxOutput || data.size > maxOutput) {
    throw new FormatError(
      "not-understood",
      `inflates to ${member.size.toLocaleString("en-US")} bytes, more than is read`,
      member.headerOffset,
    );
  }
  return fileOf(inflate(await data.read(0, data.size), maxOutput));
}

/** Whether size and checksum of a member's content are those of the directory. Reads all of it. */
export async function isAsStated(content: RandomAccess, { size, crc }: ZipMember): Promise<boolean> {
  if (content.size !== size) return false;
  let actual = 0;
  for (let at = 0; at < size; at += PIECE_BYTES) actual = crc32(await content.read(at, PIECE_BYTES), actual);
  return actual === crc;
}
