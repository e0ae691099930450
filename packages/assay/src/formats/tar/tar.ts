import { limitFaults } from "../limit-faults.ts";
import type { RandomAccess } from "../random-access.ts";
import { BLOCK_BYTES, readTarHeader, fieldText, type TarHeader } from "./header.ts";
import { readPax } from "./pax.ts";
import type { ReportTarFault, TarMember } from "./tar-member.ts";

const MAX_MEMBERS = 20_000;
const MAX_HEADERS = 4 * MAX_MEMBERS;
/** What a header itself can say. */
const MAX_OCTAL_SIZE = 8 ** 11;
/** Of names and PAX records before one member. */
const MAX_EXTENDED_BYTES = 64 * 1024;
/** Writers fill up their last record of 20 blocks, or of few megabytes, with zeros. */
const MAX_FILL_BYTES = 16 * 1024 * 1024;

/**
 * Reads the members of a tar archive: POSIX ustar and PAX, and GNU's long names. All headers are read, the members are
 * not. Faults are reported, and reading continues as Python's tarfile would.
 */
export async function readTar(file: RandomAccess, reportFault: ReportTarFault, maxMembers = MAX_MEMBERS): Promise<readonly TarMember[]> {
  const report = limitFaults(reportFault);
  const members: TarMember[] = [];
  const names = new Set<string>();
  let extended: Extended = {};
  let at = 0;
  for (let headers = 0; at < file.size; headers++) {
    if (headers === MAX_HEADERS || members.length >= Math.min(maxMembers, MAX_MEMBERS)) {
      report("bounds", "has more members than are read", { offset: at });
      return members;
    }
    const block = await file.read(at, BLOCK_BYTES);
    if (block.every((byte) => byte === 0)) {
      await reportEnd(file, at, block, report);
      return members;
    }
    const header = readTarHeader(block);
    if (header === undefined) {
      report("malformed", at === 0 ? "does not begin with a tar header" : "has bytes where a header must be", { offset: at });
      return members;
    }
    const start = at + BLOCK_BYTES;
    if (!header.hasNumbers) report("member-kind", "has a header in which a number is not one", { member: header.name, offset: start });
    const isExtension = "LKxg".includes(header.type);
    const size = isExtension ? header.size : (extended.size ?? header.size);
    if (start + size > file.size) report("malformed", "ends within a member", { member: header.name, offset: at });
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    if (isExtension) {
      extended = { ...extended, ...(await readExtension(file, start, header, report)) };
      continue;
    }
    if (extended.size !== undefined && extended.size !== header.size && header.size !== 0 && extended.size < MAX_OCTAL_SIZE) {
      report("member-kind", "has two sizes", { member: header.name, offset: start - BLOCK_BYTES });
    }
    if (header.hasStrayPrefix) report("member-kind", "has times where other readers see a folder", { member: header.name, offset: start });
    const member = {
      name: plainName(extended.path ?? header.name),
      dataOffset: start,
      size: hasData(header) ? Math.min(size, Math.max(0, file.size - start)) : 0,
    };
    reportMember(member.name, header, extended.linkPath ?? header.linkName, start - BLOCK_BYTES, report);
    if (!hasData(header)) at = start;
    if (header.type !== "5") {
      if (names.has(member.name)) report("duplicate-member", "has two members of this name", { member: member.name });
      names.add(member.name);
      if (hasData(header)) members.push(member);
    }
    extended = {};
  }
  report("malformed", "has no end: it is truncated");
  return members;
}

/** What headers before a member's own say of it. */
interface Extended {
  readonly path?: string | undefined;
  readonly linkPath?: string | undefined;
  readonly size?: number | undefined;
}

async function readExtension(file: RandomAccess, start: number, { type, size }: TarHeader, report: ReportTarFault): Promise<Extended> {
  if (size > MAX_EXTENDED_BYTES) {
    report("bounds", "has a name or record longer than is read", { offset: start });
    return {};
  }
  const bytes = await file.read(start, size);
  // Some readers take more of the block than the size says, up to the next NUL.
  if ("LK".includes(type) && bytes.at(-1) !== 0) report("member-kind", "has a long name without its end", { offset: start });
  if (type === "L") return { path: fieldText(bytes, 0, bytes.length) };
  if (type === "K") return { linkPath: fieldText(bytes, 0, bytes.length) };
  const { unknown, ...records } = readPax(bytes);
  if (unknown !== undefined) report("member-kind", `has an extended header with ${unknown}`, { offset: start });
  const isGlobal = type === "g";
  if (isGlobal && (records.path ?? records.linkPath ?? records.size) !== undefined) {
    report("member-kind", "has one name or size for all members", { offset: start });
  }
  return isGlobal ? {} : Object.fromEntries(Object.entries(records).filter(([, value]) => value !== undefined));
}

/** Links, devices and folders have none, whatever their size says; of a type that is not known, readers skip the data. */
function hasData({ type }: TarHeader): boolean {
  return !"123456".includes(type);
}

/** "./name" is what archives of the folder "." hold. */
function plainName(name: string): string {
  return name.replace(/^(?:\.\/+)+/, "");
}

function reportMember(name: string, { type, size }: TarHeader, linkName: string, offset: number, report: ReportTarFault): void {
  const place = { member: name, offset };
  const path = pathFault(name);
  if (path !== undefined) report("path", path, place);
  if (type === "1" || type === "2") {
    const leaves = pathFault(linkName) !== undefined;
    report("link", `is a ${type === "1" ? "hard" : "symbolic"} link${leaves ? " out of the archive" : ""} to ${linkName}`, place);
  } else if (type === "0" && name.endsWith("/")) {
    report("member-kind", "is a file for some readers and a folder for others", place);
  } else if (!"05".includes(type)) {
    report("member-kind", `is of the unsupported type ${JSON.stringify(type)}`, place);
  }
  if (size > 0 && "12345".includes(type)) report("malformed", "has a size that its type cannot have", place);
}

function pathFault(name: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\ufffd]/.test(name)) return "has a character in its name that readers treat differently";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.includes("\\")) return "has an absolute path or a backslash in its name";
  return name.split("/").includes("..") ? "has a name that leaves the folder of the archive" : undefined;
}

/** After the first block of zeros, only zeros: some readers continue behind a single one. */
async function reportEnd(file: RandomAccess, at: number, first: Uint8Array, report: ReportTarFault): Promise<void> {
  const length = file.size - at;
  if (first.length < BLOCK_BYTES || length < 2 * BLOCK_BYTES) report("malformed", "is cut off in its end", { offset: at });
  const fill = length > MAX_FILL_BYTES ? undefined : await file.read(at, length);
  if (fill === undefined || fill.some((byte) => byte !== 0)) report("hidden-bytes", "has bytes after its end", { offset: at });
}
