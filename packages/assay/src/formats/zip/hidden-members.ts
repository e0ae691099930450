import type { RandomAccess } from "../random-access.ts";
import { LittleEndian } from "./little-endian.ts";
import { readMemberName } from "./member-name.ts";
import { indexOfSignature, LOCAL_HEADER, LOCAL_HEADER_BYTES } from "./signatures.ts";
import type { ZipMember } from "./zip-member.ts";

const MAX_SEARCHED_BYTES = 16 * 1024 * 1024;
const MAX_HIDDEN = 64;

/** Bytes that no record accounts for. */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

/**
 * Members in the gaps of an archive, by the headers in front of their data alone: a reader that reads from the front finds
 * them. Such an archive is invalid whatever they hold; they are found to say what is hidden.
 */
export async function findHiddenMembers(file: RandomAccess, gaps: readonly Gap[]): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  let left = MAX_SEARCHED_BYTES;
  for (const { start, end } of gaps) {
    const bytes = await file.read(start, Math.min(end - start, left));
    left -= bytes.length;
    for (let at = indexOfSignature(bytes, LOCAL_HEADER, 0); at !== -1; at = indexOfSignature(bytes, LOCAL_HEADER, at + 1)) {
      const member = readHidden(bytes.subarray(at), start + at, end);
      if (member !== undefined && members.push(member) === MAX_HIDDEN) return members;
    }
  }
  return members;
}

function readHidden(bytes: Uint8Array, offset: number, end: number): ZipMember | undefined {
  if (bytes.length < LOCAL_HEADER_BYTES) return undefined;
  const header = new LittleEndian(bytes);
  const afterName = LOCAL_HEADER_BYTES + header.u16(26);
  const dataOffset = offset + afterName + header.u16(28);
  if (dataOffset > end) return undefined;
  const nameBytes = bytes.subarray(LOCAL_HEADER_BYTES, afterName);
  const { name } = readMemberName(nameBytes, header.u16(6), []);
  const stated = header.u32(18);
  // Where sizes follow the data, all up to the end of the gap may belong to it.
  const compressedSize = stated === 0 ? end - dataOffset : Math.min(stated, end - dataOffset);
  const [flags, method, crc, size] = [header.u16(6), header.u16(8), header.u32(14), header.u32(22)];
  return { name, nameBytes, flags, method, crc, compressedSize, size, headerOffset: offset, dataOffset, isHidden: true };
}
