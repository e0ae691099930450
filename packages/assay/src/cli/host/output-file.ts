import { resolve } from "node:path";
import { openTarget } from "../../files/output-target.ts";
import { writeWhole } from "../../files/write-atomically.ts";

export interface OutputFile {
  /** Puts the file in place, whole. */
  write(text: string): void;
}

/**
 * Looks at the place of `--output-file` before the work starts, so that a mistake in its name does not
 * cost the work; what is there stays until there is a result. Throws OUTPUT_EXISTS, OUTPUT_WRITE.
 */
export function openOutputFile(path: string, cwd: string, force: boolean): OutputFile {
  const target = openTarget(resolve(cwd, path), { what: "result", force });
  return { write: (text) => writeWhole(target, new TextEncoder().encode(text)) };
}
