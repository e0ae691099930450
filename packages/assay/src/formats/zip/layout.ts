import type { RandomAccess } from "../random-access.ts";
import { endOfDescriptor } from "./descriptor.ts";
import type { Gap } from "./hidden-members.ts";
import { DESCRIPTOR_FLAG, readLocalHeader } from "./local-header.ts";
import { Window } from "./window.ts";
import type { DirectoryEntry, ReportFault, ZipMember } from "./zip-member.ts";

/**
 * Finds the data of every entry, and checks that header, data and descriptor of the members follow each other from the
 * first byte to `end`, where the directory begins: then all readers see the same members, and no byte is left to hide in.
 */
export async function placeMembers(
  file: RandomAccess,
  entries: readonly DirectoryEntry[],
  end: number,
  report: ReportFault,
): Promise<{ readonly members: readonly ZipMember[]; readonly gaps: readonly Gap[] }> {
  const window = new Window(file);
  const members: ZipMember[] = [];
  const gaps: Gap[] = [];
  const sorted = entries.toSorted((a, b) => a.headerOffset - b.headerOffset);
  let at = 0;
  const pass = (next: number): void => {
    if (next <= at) return;
    gaps.push({ start: at, end: next });
    report("hidden-bytes", `has ${next - at} bytes that no record accounts for`, { offset: at });
  };
  for (const [index, entry] of sorted.entries()) {
    const place = { member: entry.name, offset: entry.headerOffset };
    if (entry.headerOffset < at) report("overlap", "shares bytes with another member", place);
    pass(Math.min(entry.headerOffset, end));
    const header = entry.headerOffset < end ? await readLocalHeader(window, entry, report) : undefined;
    if (header === undefined) {
      if (entry.headerOffset >= end) report("malformed", "begins beyond the members", place);
      continue;
    }
    const { dataOffset, otherName } = header;
    members.push({ ...entry, dataOffset, isHidden: false });
    if (otherName !== undefined) members.push({ ...entry, name: otherName, dataOffset, isHidden: true });
    const dataEnd = dataOffset + entry.compressedSize;
    if (dataEnd > end) report("malformed", "ends beyond the members", place);
    const next = Math.min(end, sorted[index + 1]?.headerOffset ?? end);
    const memberEnd = (entry.flags & DESCRIPTOR_FLAG) === 0 ? dataEnd : await endOfDescriptor(window, dataEnd, entry, next);
    // Writers leave the descriptor of an empty member out.
    if (memberEnd === undefined && entry.compressedSize > 0)
      report("header-mismatch", "has other sizes after its data than in the directory", place);
    at = Math.max(at, Math.min(end, memberEnd ?? dataEnd));
  }
  pass(end);
  return { members, gaps };
}
