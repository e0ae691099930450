import { createReadStream, existsSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../../core/error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { Warning } from "../../core/warning.ts";
import { splitPathLists } from "../command-line/lists.ts";
import { glanceAt } from "./places.ts";
import { shellQuote } from "../text/shell-quote.ts";

/** A file's bytes, and its name as it was typed. */
interface NamedBytes {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Keys and certificate files are a few kilobytes; a mistyped path to a model must not be read whole. */
const LIMIT = 4 * 1024 * 1024;

/**
 * Reads a key or certificate file. `what` names its role in messages. A pipe is read too, so that
 * `--public-key <(…)` works as with the reference.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE.
 */
export async function readCredential(path: string, what: string, cwd: string, limit = LIMIT): Promise<NamedBytes> {
  const place = placeOf(path, cwd);
  const stats = glanceAt(place);
  const isStream = stats?.isFIFO() === true || stats?.isCharacterDevice() === true;
  return { name: path, content: isStream ? await readPipe(place, what, limit) : readBounded(place, what, limit) };
}

/** Reads the files of a repeatable option, comma-separated lists included. */
export async function readCredentials(paths: readonly string[], what: string, cwd: string, limit = LIMIT): Promise<NamedBytes[]> {
  const files = splitPathLists(paths, (path) => existsSync(placeOf(path, cwd)));
  return Promise.all(files.map((file) => readCredential(file, what, cwd, limit)));
}

/** Warns of a private key that others on this machine can read. */
export function privateKeyWarnings(path: string, cwd: string): Warning[] {
  if (process.platform === "win32") return [];
  const stats = glanceAt(placeOf(path, cwd));
  if (stats === undefined || !stats.isFile() || (stats.mode & 0o044) === 0) return [];
  const message = `others on this machine can read the private key ${path}; keep it to yourself: chmod 600 ${shellQuote(path)}`;
  return [{ code: "PRIVATE_KEY_READABLE", message }];
}

/** As it was typed where that is enough, so that messages name it as it was typed. */
function placeOf(path: string, cwd: string): string {
  return cwd === process.cwd() ? path : resolve(cwd, path);
}

async function readPipe(path: string, what: string, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > limit) throw new AssayError("USAGE", `the ${what} ${path} is larger than ${limit >> 20} MiB`);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError(
      "FILE_UNREADABLE",
      `the ${what} ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}
