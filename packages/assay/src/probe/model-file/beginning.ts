import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** At most `limit` bytes; undefined for a link, or what cannot be read. */
export function beginningOf(path: string, limit: number): Uint8Array | undefined {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, a pipe that was put in the file's place would block.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    return stats.isFile() ? readBytes(file, Math.min(limit, stats.size)) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readBytes(file: number, length: number): Uint8Array {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(file, buffer, filled, buffer.length - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
