import type { RandomAccess } from "../random-access.ts";
import { hasSignature } from "../first-bytes.ts";
import type { DirectoryPlace } from "./end-records.ts";
import { EXTRA_AES, EXTRA_ZIP64, fieldOf, readExtraFields } from "./extra-fields.ts";
import { LittleEndian } from "./little-endian.ts";
import { readMemberName } from "./member-name.ts";
import { ENTRY, ENTRY_BYTES, IN_ZIP64_32 } from "./signatures.ts";
import type { DirectoryEntry, ReportFault } from "./zip-member.ts";

const MAX_DIRECTORY_BYTES = 32 * 1024 * 1024;
/** The last version of the format, in tenths; Python refuses members that ask for a later one. */
const MAX_VERSION = 63;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const LINK = 0o120000;

/** Reads the directory (APPNOTE 4.3.12) as far as its entries are whole; readers count them by number or by bytes, which must agree. */
export async function readDirectory(
  file: RandomAccess,
  place: DirectoryPlace,
  report: ReportFault,
  maxMembers: number,
): Promise<DirectoryEntry[]> {
  if (place.offset < 0 || place.offset + place.size > file.size) {
    report("malformed", "has a directory beyond its end");
    return [];
  }
  if (place.size > MAX_DIRECTORY_BYTES || place.count > maxMembers)
    report("bounds", `has ${place.count.toLocaleString("en-US")} members, more than are read`);
  const bytes = await file.read(place.offset, Math.min(place.size, MAX_DIRECTORY_BYTES));
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (at < bytes.length && entries.length < maxMembers) {
    const end = endOfEntry(bytes, at);
    if (end === undefined) break;
    entries.push(readEntry(bytes.subarray(at, end), place, place.offset + at, report));
    at = end;
  }
  if (at !== bytes.length && entries.length < maxMembers)
    report("malformed", "has a directory that is not whole", { offset: place.offset + at });
  else if (entries.length !== place.count)
    report("malformed", `has ${entries.length} members where its end record says ${place.count}`, { offset: place.offset });
  return entries;
}

function endOfEntry(bytes: Uint8Array, at: number): number | undefined {
  if (at + ENTRY_BYTES > bytes.length || !hasSignature(bytes, ENTRY, at)) return undefined;
  const lengths = new LittleEndian(bytes.subarray(at + 28, at + 34));
  const end = at + ENTRY_BYTES + lengths.u16(0) + lengths.u16(2) + lengths.u16(4);
  return end <= bytes.length ? end : undefined;
}

function readEntry(bytes: Uint8Array, { shift }: DirectoryPlace, offset: number, report: ReportFault): DirectoryEntry {
  const entry = new LittleEndian(bytes);
  const afterName = ENTRY_BYTES + entry.u16(28);
  const nameBytes = bytes.subarray(ENTRY_BYTES, afterName);
  const { fields, unknown } = readExtraFields(bytes.subarray(afterName, afterName + entry.u16(30)));
  const flags = entry.u16(8);
  const { name, isAmbiguous, other } = readMemberName(nameBytes, flags, fields);
  const place = { member: name, offset };
  if (isAmbiguous) report("name-encoding", "has a name whose characters depend on the reader", place);
  if (other !== undefined) report("header-mismatch", `has a second name: ${other.slice(0, 100)}`, place);
  if (unknown !== undefined) report("extra-field", `has ${unknown}`, place);
  if (fieldOf(fields, EXTRA_AES) !== undefined) report("encrypted", "is encrypted", place);
  const version = entry.u16(6);
  if (version > MAX_VERSION) report("flags", `asks for version ${version / 10} of the format, which no reader has`, place);
  if (entry.u16(34) !== 0) report("malformed", "is said to be in another file of the archive", place);
  const mode = entry.u32(38) >>> 16;
  if (entry.u16(4) >> 8 === UNIX && (mode & FILE_TYPE) === LINK) report("link", "is a symbolic link", place);

  const long = fieldOf(fields, EXTRA_ZIP64);
  let used = 0;
  // Each field that is full here, and only such, has its value in the 64-bit field, in this order (APPNOTE 4.5.3).
  const value = (short: number): number => {
    if (short !== IN_ZIP64_32 || long === undefined || used + 8 > long.length) return short;
    used += 8;
    return long.u64(used - 8);
  };
  const size = value(entry.u32(24));
  const compressedSize = value(entry.u32(20));
  const headerOffset = value(entry.u32(42)) + shift;
  if (used !== (long?.length ?? 0)) report("extra-field", "has 64-bit sizes that do not belong to it", place);
  return { name, nameBytes, flags, method: entry.u16(10), crc: entry.u32(16), compressedSize, size, headerOffset };
}
