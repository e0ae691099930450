import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { systemReason } from "../core/system-reason.ts";
import type { ErrorCode } from "../core/error-codes.ts";

/**
 * Reads a whole file of at most `limit` bytes. Memory stays bounded by the limit whatever the file
 * claims to be: a device or pipe in its place is refused, and a file that grows is cut off.
 *
 * Synchronous, because a bundle or key takes a moment to read and `node:fs/promises` longer to load.
 * `what` names the file's role in messages ("public key").
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, and `tooLarge` for a file over the limit.
 */
export function readBounded(path: string, what: string, limit: number, tooLarge: ErrorCode = "USAGE"): Uint8Array {
  let file: number;
  try {
    // Without O_NONBLOCK, opening a FIFO without a writer would wait forever.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw cannotRead(path, what, cause);
  }
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw new AssayError("USAGE", `the ${what} ${path} is a folder, not a file`);
    if (!stats.isFile()) throw new AssayError("USAGE", `the ${what} ${path} is not a regular file`);
    if (stats.size > limit) throw overLimit();
    const buffer = new Uint8Array(stats.size + 1);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(file, buffer, length, buffer.length - length, length);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
    }
    throw new AssayError("FILE_CHANGED", `the ${what} ${path} grew while it was read`);
  } catch (error) {
    throw error instanceof AssayError ? error : cannotRead(path, what, error);
  } finally {
    closeSync(file);
  }

  function overLimit(): AssayError {
    return new AssayError(tooLarge, `the ${what} ${path} is larger than ${limit.toLocaleString("en-US")} bytes`);
  }
}

function cannotRead(path: string, what: string, cause: unknown): AssayError {
  const code = systemCode(cause);
  if (code === "ENOENT" || code === "ENOTDIR") return new AssayError("FILE_NOT_FOUND", `the ${what} ${path} does not exist`, { cause });
  return new AssayError("FILE_UNREADABLE", `the ${what} ${path} cannot be read: ${systemReason(cause)}`, { cause });
}
