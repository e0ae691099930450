import { resolve } from "node:path";
import { lookAgain, openTarget } from "../files/output-target.ts";
import { writeExactly, writeWhole } from "../files/write-atomically.ts";

export { makeFolder } from "../files/make-folder.ts";

export interface OutputFile {
  /** Puts the file in place, whole. Throws OUTPUT_WRITE. */
  write(text: string): void;
}

/**
 * Opens the place of a result before the work starts, so that a mistake in its name does not cost the work. An
 * existing file stays until `write`; `force` says whether it may be replaced. Throws OUTPUT_EXISTS, OUTPUT_WRITE.
 */
export function openOutputFile(path: string, cwd: string, force: boolean): OutputFile {
  const target = openTarget(resolve(cwd, path), { what: "result", force });
  return { write: (text) => writeWhole(target, new TextEncoder().encode(text)) };
}

/**
 * The same for a file of one kind: an older one of the kind is replaced without `force`. Throws OUTPUT_EXISTS, OUTPUT_WRITE.
 */
export function openOutputOfKind(
  path: string,
  cwd: string,
  { what, isSameKind, force }: Pick<OutputOfKind, "what" | "isSameKind" | "force">,
): OutputFile {
  const target = openTarget(resolve(cwd, path), { what, force, isSameKind });
  return { write: (text) => writeWhole(lookAgain(target), new TextEncoder().encode(text)) };
}

/** A file of one kind to write, and what of that kind it may replace. */
export interface OutputOfKind {
  /** Names the kind in messages: "badge of this version". */
  readonly what: string;
  readonly bytes: Uint8Array;
  /** Whether an existing file is an older one of the kind, which is replaced without `force`. */
  readonly isSameKind: (found: Uint8Array) => boolean;
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/** Writes a file whole or not at all. Throws OUTPUT_EXISTS, OUTPUT_WRITE, ABORTED. */
export async function writeOutput(path: string, cwd: string, { what, bytes, isSameKind, force, signal }: OutputOfKind): Promise<void> {
  const target = openTarget(resolve(cwd, path), { what, force, isSameKind });
  await writeExactly(target, bytes, signal);
}
