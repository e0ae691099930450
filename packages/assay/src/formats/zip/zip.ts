import { limitFaults } from "../limit-faults.ts";
import type { RandomAccess } from "../random-access.ts";
import { readDirectory } from "./directory.ts";
import { findDirectories, type DirectoryPlace } from "./end-records.ts";
import { findHiddenMembers } from "./hidden-members.ts";
import { placeMembers } from "./layout.ts";
import { DESCRIPTOR_FLAG } from "./local-header.ts";
import { pathFault, similarityKey } from "./member-name.ts";
import { DEFLATED, isFolderEntry, STORED, type DirectoryEntry, type ReportFault, type ZipMember } from "./zip-member.ts";

const ENCRYPTED_FLAGS = 0x2041;
const UTF8_FLAG = 0x0800;
/** How hard a deflating writer tried. */
const EFFORT_FLAGS = 0x0006;
/** Of each directory that only some readers find. */
const MAX_OTHER_BYTES = 1024 * 1024;
const MAX_OTHER_MEMBERS = 1000;
/** More than any model has members; so many are read in two seconds. */
const MAX_MEMBERS = 100_000;
/** Characters of a name in a message. */
const MAX_SHOWN = 100;
/** What deflate can reach: 258 bytes out of two bits (RFC 1951). */
const MAX_DEFLATE_RATIO = 1032;

/**
 * Reads the members of a zip archive (PKWARE's APPNOTE 6.3), as strictly as it must be for all readers to find the same
 * members with the same content: Python's zipfile, PyTorch's (miniz), Java's and Go's differ wherever records disagree.
 * Faults are reported, and reading continues as any of these readers might, so that all that one of them could
 * load is among the members; those that only some would find have `isHidden`. Of the members, only headers are read, and no
 * more than `maxMembers` of them.
 */
export async function readZip(file: RandomAccess, reportFault: ReportFault, maxMembers = MAX_MEMBERS): Promise<readonly ZipMember[]> {
  let faults = 0;
  const limited = limitFaults(reportFault);
  const report: ReportFault = (...fault) => {
    faults++;
    limited(...fault);
  };
  const places = await findDirectories(file, report);
  if (places === undefined) return withHidden(file, [], [{ start: 0, end: file.size }]);
  const entries = await readDirectory(file, places.first, report, Math.min(maxMembers, MAX_MEMBERS));
  for (const entry of entries) reportEntry(entry, report);
  reportNames(entries, report);
  const { members, gaps } = await placeMembers(file, entries, places.first.offset + places.first.shift, report);
  if (faults === 0) return members;
  return withHidden(file, [...members, ...(await membersOf(file, places.others))], gaps);
}

/** Members of the directories that other readers may find, within a bound: the archive is invalid whatever they are. */
async function membersOf(file: RandomAccess, places: readonly DirectoryPlace[]): Promise<ZipMember[]> {
  const found: ZipMember[] = [];
  const unique = new Map(places.map((place) => [`${place.offset} ${place.size} ${place.shift}`, place]));
  for (const place of unique.values()) {
    if (place.size > MAX_OTHER_BYTES) continue;
    const entries = await readDirectory(file, place, () => {}, MAX_OTHER_MEMBERS);
    const { members } = await placeMembers(file, entries, file.size, () => {});
    found.push(...members.map((member) => ({ ...member, isHidden: true })));
  }
  return found;
}

async function withHidden(
  file: RandomAccess,
  members: readonly ZipMember[],
  gaps: Parameters<typeof findHiddenMembers>[1],
): Promise<ZipMember[]> {
  const unique = new Map<string, ZipMember>();
  for (const member of [...members, ...(await findHiddenMembers(file, gaps))]) {
    const key = `${member.dataOffset} ${member.compressedSize} ${member.method} ${member.name}`;
    if (!unique.has(key)) unique.set(key, member);
  }
  return [...unique.values()];
}

function reportEntry(entry: DirectoryEntry, report: ReportFault): void {
  const { name, flags, method, size, compressedSize } = entry;
  const member = { member: name };
  const path = pathFault(name);
  if (path !== undefined) report("path", path, member);
  if ((flags & ENCRYPTED_FLAGS) !== 0) report("encrypted", "is said to be encrypted", member);
  const known = ENCRYPTED_FLAGS | DESCRIPTOR_FLAG | UTF8_FLAG | (method === DEFLATED ? EFFORT_FLAGS : 0);
  if ((flags & ~known) !== 0) report("flags", `has unknown flags: 0x${flags.toString(16)}`, member);
  if (method !== STORED && method !== DEFLATED) report("method", `is compressed by the unsupported method ${method}`, member);
  else if (method === STORED && size !== compressedSize) report("malformed", "is not compressed and has two sizes", member);
  else if (size > compressedSize * MAX_DEFLATE_RATIO) report("malformed", "has a size that its data cannot have", member);
  if (isFolderEntry(entry) && size !== 0) report("malformed", "is a folder with content", member);
}

function reportNames(entries: readonly DirectoryEntry[], report: ReportFault): void {
  const names = new Set<string>();
  const keys = new Map<string, string>();
  for (const entry of entries) {
    const { name } = entry;
    const key = similarityKey(name);
    const similar = keys.get(key);
    if (names.has(name)) report("duplicate-member", "has two members of this name", { member: name });
    else if (similar !== undefined)
      report("similar-names", `has a name that some readers take for that of ${similar.slice(0, MAX_SHOWN)}`, { member: name });
    names.add(name);
    keys.set(key, name);
  }
}
