import type { RandomAccess } from "../random-access.ts";
import { hasSignature } from "../first-bytes.ts";
import { LittleEndian } from "./little-endian.ts";
import {
  END_RECORD,
  END64,
  END64_BYTES,
  END_BYTES,
  IN_ZIP64_16,
  IN_ZIP64_32,
  indexOfSignature,
  LOCATOR64,
  LOCATOR64_BYTES,
} from "./signatures.ts";
import type { ReportFault } from "./zip-member.ts";

const MAX_COMMENT_BYTES = 0xffff;
/** Ends of archives looked at where the last one has faults. */
const MAX_ENDS = 4;

/** Where a directory is. */
export interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
  /** Added to every offset of the directory: readers that allow bytes before an archive find its members so. */
  readonly shift: number;
}

/** The directory that every reader must find, first, and those that some readers may find instead. */
export interface DirectoryPlaces {
  readonly first: DirectoryPlace;
  readonly others: readonly DirectoryPlace[];
}

/**
 * Finds the directory by the record at the end (APPNOTE 4.3.14 to 4.3.16). Readers look for that record in different
 * ways; here all of them must end at the same place: the records follow each other without a byte between them, and end
 * with the file. Undefined where no record is found.
 */
export async function findDirectories(file: RandomAccess, report: ReportFault): Promise<DirectoryPlaces | undefined> {
  const from = Math.max(0, file.size - END_BYTES - MAX_COMMENT_BYTES);
  const tail = await file.read(from, file.size - from);
  const ends = endsIn(tail);
  const last = ends.pop();
  if (last === undefined) {
    report("malformed", "has no end record: it is truncated, or has many bytes after its end");
    return undefined;
  }
  const comment = new LittleEndian(tail).u16(last + 20);
  if (last + END_BYTES + comment !== tail.length) report("hidden-bytes", "has bytes after its end record", { offset: from + last });
  else if (comment > 0 && indexOfSignature(tail, "PK", last + 4) !== -1)
    report("comment", "has a comment that could be read as records", { offset: from + last });
  const [first, ...others] = await placesOf(file, tail, last, from, report);
  if (first === undefined) return undefined;
  for (const earlier of ends.slice(-MAX_ENDS)) others.push(...(await placesOf(file, tail, earlier, from, () => {})));
  return { first, others };
}

function endsIn(tail: Uint8Array): number[] {
  const ends: number[] = [];
  for (let at = indexOfSignature(tail, END_RECORD, 0); at !== -1; at = indexOfSignature(tail, END_RECORD, at + 1)) {
    if (at + END_BYTES <= tail.length) ends.push(at);
  }
  return ends;
}

/** The places that the end record at `at` in `tail` gives; the first of them as the 64-bit records say, where there are any. */
async function placesOf(file: RandomAccess, tail: Uint8Array, at: number, from: number, report: ReportFault): Promise<DirectoryPlace[]> {
  const record = new LittleEndian(tail.subarray(at, at + END_BYTES));
  const count = record.u16(10);
  const place: DirectoryPlace = { offset: record.u32(16), size: record.u32(12), count, shift: 0 };
  const offset = from + at;
  const isSplit = record.u16(8) !== count || !isFirstDisk(record.u16(4)) || !isFirstDisk(record.u16(6));
  if (isSplit) report("malformed", "says that it is split over several files", { offset });
  const long = await readEnd64(file, offset, record, report);
  if (long.length === 0 && (place.offset === IN_ZIP64_32 || place.size === IN_ZIP64_32)) {
    report("malformed", "names a 64-bit end record that is missing", { offset });
  }
  const places = long.length === 0 ? [place] : [...long, place];
  const [first = place] = places;
  const end = long.length === 0 ? offset : offset - LOCATOR64_BYTES - END64_BYTES;
  const shift = end - first.offset - first.size;
  if (shift > 0) report("hidden-bytes", `has ${shift} bytes that no record accounts for before its end`, { offset: end });
  else if (shift < 0) report("malformed", "has a directory that does not end where its end record begins", { offset });
  return [...places, ...places.map((one) => shifted(one, end))];
}

function isFirstDisk(disk: number): boolean {
  return disk === 0 || disk === IN_ZIP64_16;
}

/** The same directory as a reader finds it that counts back from the end record. */
function shifted({ offset, size, count }: DirectoryPlace, end: number): DirectoryPlace {
  return { offset: end - size, size, count, shift: end - size - offset };
}

/** The directory's place by the 64-bit records in front of the end record at `end`: where they point, and where they must be. */
async function readEnd64(file: RandomAccess, end: number, record: LittleEndian, report: ReportFault): Promise<DirectoryPlace[]> {
  const start = end - LOCATOR64_BYTES - END64_BYTES;
  if (end < LOCATOR64_BYTES) return [];
  const locator = new LittleEndian(await file.read(end - LOCATOR64_BYTES, LOCATOR64_BYTES));
  if (!hasSignature(locator.bytes, LOCATOR64)) return [];
  const pointed = locator.u64(8);
  if (pointed !== start || locator.u32(4) !== 0 || locator.u32(16) > 1) {
    report("malformed", "has a 64-bit end record in another place than its locator says", { offset: end - LOCATOR64_BYTES });
  }
  const places: DirectoryPlace[] = [];
  for (const at of new Set([start, pointed])) {
    const place = await readRecord64(file, at, record, report);
    if (place !== undefined) places.push(place);
  }
  if (places.length === 0) report("malformed", "names a 64-bit end record that is missing", { offset: end - LOCATOR64_BYTES });
  return places;
}

async function readRecord64(file: RandomAccess, at: number, short: LittleEndian, report: ReportFault): Promise<DirectoryPlace | undefined> {
  if (at < 0 || at + END64_BYTES > file.size) return undefined;
  const record = new LittleEndian(await file.read(at, END64_BYTES));
  if (record.length < END64_BYTES || !hasSignature(record.bytes, END64)) return undefined;
  const [count, size, offset] = [record.u64(32), record.u64(40), record.u64(48)];
  const isSame =
    agrees(short.u16(10), count, IN_ZIP64_16) && agrees(short.u32(12), size, IN_ZIP64_32) && agrees(short.u32(16), offset, IN_ZIP64_32);
  const isPlain = record.u64(4) === END64_BYTES - 12 && record.u64(24) === count && record.u32(16) === 0 && record.u32(20) === 0;
  if (!isSame || !isPlain) report("malformed", "has two end records that differ", { offset: at });
  return { offset, size, count, shift: 0 };
}

/** PyTorch writes both records in full; others put the largest number into the short one. */
function agrees(short: number, long: number, largest: number): boolean {
  return short === largest || short === long;
}
