import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../error.ts";

/**
 * The whole path of a file that a command is to write: nothing is there yet or, with --force, a regular file.
 * Asked before the work, so that the no comes before it. Throws OUTPUT_EXISTS.
 */
export function newFile(file: string, cwd: string, isForced: boolean): string {
  const path = resolve(cwd, file);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (isForced && stats.isFile())) return path;
  if (!stats.isFile()) throw new AssayError("OUTPUT_EXISTS", `${file} exists and is not a regular file`, { remedy: "name-other-output" });
  throw new AssayError("OUTPUT_EXISTS", `${file} exists`, { remedy: "replace-output" });
}
