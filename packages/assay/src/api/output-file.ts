import { resolve } from "node:path";
import { openTarget } from "../files/output-target.ts";
import { writeWhole } from "../files/write-atomically.ts";

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
