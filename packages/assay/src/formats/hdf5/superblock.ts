import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";

export const HDF5_SIGNATURE = "\u0089HDF\r\n\u001a\n";
/** The address of what is not there. */
export const UNDEFINED_ADDRESS = 2 ** 64;

const MAX_SUPERBLOCK = 128;
const WIDTH = 8;

/** Where the root group is: HDF5 File Format Specification 3.0, section II.A. */
export async function readSuperblock(file: PageCache): Promise<{ readonly root: number; readonly extension: number }> {
  const cursor = new ByteCursor(await file.read(0, Math.min(MAX_SUPERBLOCK, file.size)));
  if (!cursor.signature(HDF5_SIGNATURE)) malformed("does not begin as HDF5", 0);
  const version = cursor.u8();
  if (version > 3) notUnderstood(`has a superblock of version ${version}`, 8);
  if (version <= 1) {
    cursor.skip(4);
    checkWidths(cursor);
    cursor.skip(version === 0 ? 1 + 4 + 4 : 1 + 4 + 4 + 4);
    const [base, , end, driver] = [cursor.u64(), cursor.u64(), cursor.u64(), cursor.u64()];
    checkEnd(file, base, end);
    if (driver !== UNDEFINED_ADDRESS) notUnderstood("has a driver information block: it may be one of several files", cursor.offset);
    cursor.skip(WIDTH);
    return { root: cursor.u64(), extension: UNDEFINED_ADDRESS };
  }
  checkWidths(cursor);
  cursor.skip(1);
  const [base, extension, end, root] = [cursor.u64(), cursor.u64(), cursor.u64(), cursor.u64()];
  checkEnd(file, base, end);
  return { root, extension };
}

function checkWidths(cursor: ByteCursor): void {
  if (cursor.u8() !== WIDTH || cursor.u8() !== WIDTH) notUnderstood("has addresses of another width than 8 bytes", cursor.offset);
}

function checkEnd(file: PageCache, base: number, end: number): void {
  if (base !== 0) notUnderstood("has a base address other than 0", 0);
  if (end > file.size) malformed(`is truncated: it says that it has ${end} bytes, and has ${file.size}`, file.size);
  if (end < file.size) notUnderstood(`has ${file.size - end} bytes behind its end`, end);
}
