import { sameBytes } from "../../encoding/bytes.ts";
import { hasSignature } from "../first-bytes.ts";
import { EXTRA_UNICODE_PATH, EXTRA_ZIP64, fieldOf, readExtraFields } from "./extra-fields.ts";
import { LittleEndian } from "./little-endian.ts";
import { readMemberName } from "./member-name.ts";
import { IN_ZIP64_32, LOCAL_HEADER, LOCAL_HEADER_BYTES } from "./signatures.ts";
import type { Window } from "./window.ts";
import type { DirectoryEntry, ReportFault } from "./zip-member.ts";

/** Sizes and checksum follow the data, in a descriptor. */
export const DESCRIPTOR_FLAG = 0x0008;

/** What only the header in front of a member's data says. */
interface LocalHeader {
  readonly dataOffset: number;
  /** The name, where it is not that of the directory. */
  readonly otherName: string | undefined;
}

/**
 * Compares the header in front of a member's data (APPNOTE 4.3.7) with its entry in the directory, and returns where the
 * data begins; undefined where the header is missing. Where a descriptor follows the data, sizes and checksum here may be
 * 0; where a 64-bit field is here, sizes may be in it, as `numpy.savez` writes them. All else must be the same:
 * Python rejects an archive with other names here, PyTorch ignores them.
 */
export async function readLocalHeader(window: Window, entry: DirectoryEntry, report: ReportFault): Promise<LocalHeader | undefined> {
  const offset = entry.headerOffset;
  const place = { member: entry.name, offset };
  const header = new LittleEndian(await window.read(offset, LOCAL_HEADER_BYTES));
  if (header.length < LOCAL_HEADER_BYTES || !hasSignature(header.bytes, LOCAL_HEADER)) {
    report("malformed", "has no header before its data", place);
    return undefined;
  }
  const [nameLength, extraLength] = [header.u16(26), header.u16(28)];
  const whole = new LittleEndian(await window.read(offset, LOCAL_HEADER_BYTES + nameLength + extraLength));
  const afterName = LOCAL_HEADER_BYTES + nameLength;
  const { fields, unknown } = readExtraFields(whole.bytes.subarray(afterName));
  if (unknown !== undefined) report("extra-field", `has ${unknown}, before its data`, place);
  const differs = (what: string): void => report("header-mismatch", `has another ${what} before its data than in the directory`, place);
  const nameBytes = whole.bytes.slice(LOCAL_HEADER_BYTES, afterName);
  const isOther = !sameBytes(nameBytes, entry.nameBytes);
  if (isOther) differs("name");
  if (whole.u16(6) !== entry.flags) differs("set of flags");
  if (whole.u16(8) !== entry.method) differs("compression");

  const follows = (entry.flags & DESCRIPTOR_FLAG) !== 0;
  if (whole.u32(14) !== entry.crc && !(follows && whole.u32(14) === 0)) differs("checksum");
  const long = fieldOf(fields, EXTRA_ZIP64);
  const isSame = (short: number, at: number, expected: number): boolean => {
    const value = short === IN_ZIP64_32 && long !== undefined && long.length >= at + 8 ? long.u64(at) : short;
    return value === expected || (follows && value === 0);
  };
  if (!isSame(whole.u32(22), 0, entry.size) || !isSame(whole.u32(18), 8, entry.compressedSize)) differs("size");
  const unicode = fieldOf(fields, EXTRA_UNICODE_PATH);
  if (unicode !== undefined && !sameBytes(unicode.bytes.subarray(5), entry.nameBytes)) differs("Unicode name");
  return {
    dataOffset: offset + LOCAL_HEADER_BYTES + nameLength + extraLength,
    otherName: isOther ? readMemberName(nameBytes, entry.flags, fields).name : undefined,
  };
}
