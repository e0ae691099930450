import { statSync } from "node:fs";
import { resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { readBounded } from "../files/read-bounded.ts";
import { readStream } from "../files/read-stream.ts";

/** A file's bytes, and its name as the caller typed it. */
export interface GivenBytes {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Keys and certificate files are a few kilobytes; a mistyped path to a model must not be read whole. */
const LIMIT = 4 * 1024 * 1024;

/**
 * Reads a key, certificate or list that a caller names by its path: at most `limit` bytes. `what` is its role in
 * messages, such as "public key". A pipe is read too, so that `<(…)` of a shell works as with the reference.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE.
 */
export async function readGivenFile(path: string, what: string, cwd: string, limit = LIMIT): Promise<GivenBytes> {
  // Messages name it as it was typed, where that is enough to find it.
  const place = cwd === process.cwd() ? path : resolve(cwd, path);
  const content = isStream(place) ? await readStream(place, `${what} ${place}`, limit) : readBounded(place, what, limit);
  return { name: path, content };
}

/** Reads a signature from standard input. Throws BUNDLE_TOO_LARGE, FILE_UNREADABLE. */
export function readSignatureFromStandardInput(): Promise<Uint8Array> {
  return readStream(0, "signature on standard input", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
}

function isStream(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFIFO() === true || stats?.isCharacterDevice() === true;
  } catch {
    // The reader says why.
    return false;
  }
}
