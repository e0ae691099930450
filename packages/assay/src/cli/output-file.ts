import { closeSync, fstatSync, ftruncateSync, openSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../error.ts";

export interface OutputFile {
  /** Replaces the file's content. */
  write(text: string): void;
}

/**
 * Opens the file of `--output-file` before the work starts, so that a mistake in its name does not
 * cost the work; what it held stays until there is a result.
 *
 * Throws USAGE.
 */
export function openOutputFile(path: string, cwd: string): OutputFile {
  const absolute = resolve(cwd, path);
  const descriptor = guarded(() => openSync(absolute, "a"));
  return {
    write: (text) =>
      guarded(() => {
        if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor, 0);
        writeFileSync(descriptor, text);
        closeSync(descriptor);
      }),
  };

  function guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AssayError("USAGE", `--output-file ${path} cannot be written: ${why}`, { cause });
    }
  }
}
