import type { ProbeInput } from "./probe.ts";
import type { FilePart } from "./model-files.ts";

/** What is read of one kind of file, all of them together: more than any published model has of code or results. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_FILES = 20_000;

/** What a caller looks at, and how much of one file. */
export interface Reading {
  /** In the plural, for the sentence on what was not read: `files of code`. */
  readonly what: string;
  /** Of one file. */
  readonly limit: number;
  /** Of all files; for tests. */
  readonly maxBytes?: number;
}

/**
 * Reads texts in the order given, until their bytes together reach the bound, and says how many were not read. The
 * bound is on bytes and on the number of files, so that the answer is the same on every machine.
 */
export async function readAll(
  input: ProbeInput,
  names: readonly string[],
  { what, limit, maxBytes = MAX_BYTES }: Reading,
  visit: (name: string, text: string, part: FilePart) => void,
): Promise<void> {
  let bytes = 0;
  let inPart = 0;
  for (const [index, name] of names.entries()) {
    if (bytes >= maxBytes || index >= MAX_FILES) {
      input.warn("EVIDENCE_NOT_ALL_READ", `not read: ${counted(names.length - index)} of ${counted(names.length)} ${what}, ${name} first`);
      break;
    }
    const file = await input.readText(name, limit);
    if (file === undefined) continue;
    bytes += file.part.bytes.length;
    if (!file.part.isWhole) inPart += 1;
    visit(name, file.text, file.part);
  }
  if (inPart > 0) {
    input.warn(
      "EVIDENCE_NOT_ALL_READ",
      `${counted(inPart)} ${inPart === 1 ? singular(what) : what} over ${limit / 1024} kB: only the beginning was read`,
    );
  }
}

/** `files of code` as `file of code`. */
function singular(what: string): string {
  return what.replace(/^(\w+)s\b/, "$1");
}

function counted(count: number): string {
  return count.toLocaleString("en-US");
}
