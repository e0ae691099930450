import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Most file systems take names of 255 bytes; the rest is for what is put around the name. */
const MAX_NAME_BYTES = 200;

const TEMPORARY = /^\..+\.[0-9a-f]{12}\.tmp$/su;

/** Where a file is written before it is put in place: a hidden name beside it, new for each run. */
export function temporaryFor(path: string): string {
  return join(dirname(path), `.${shortened(basename(path))}.${randomBytes(6).toString("hex")}.tmp`);
}

/** Whether a file has the name of one that is being written, or that a killed run left half-written. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}

/** The temporary files in the folder of `path`. Empty where the folder cannot be listed. */
export function temporariesBeside(path: string): string[] {
  const folder = dirname(path);
  try {
    return readdirSync(folder)
      .filter(isTemporaryName)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function shortened(name: string): string {
  let short = "";
  for (const character of name) {
    if (Buffer.byteLength(short + character) > MAX_NAME_BYTES) break;
    short += character;
  }
  return short;
}
