import { readdirSync, statSync, type Dirent } from "node:fs";
import { basename, join, resolve } from "node:path";
import { asAssayError, AssayError } from "../core/error.ts";
import { readBounded } from "../files/read-bounded.ts";
import { readModelFile } from "../openness/read-model.ts";
import { MAX_YAML_BYTES } from "../encoding/yaml.ts";
import type { Warning } from "../core/warning.ts";
import { systemReason } from "../core/system-reason.ts";
import type { CatalogEntry } from "./catalog.ts";

/** More evaluations than a person reads in one list. */
const MAX_FILES = 10_000;
const MODEL_FILE = /^mof\.ya?ml$/i;
const ENDING = /\.ya?ml$/i;

export interface OwnEntries {
  readonly entries: readonly CatalogEntry[];
  /** Files of a folder that are left out, each with the reason. */
  readonly warnings: readonly Warning[];
}

/**
 * The caller's own evaluations: a mof.yml, or a folder with files that end in .yml or .yaml and folders that have a
 * mof.yml. Links in it are not followed. A named file must be readable; an unreadable file of a folder is left out with a warning.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE for a folder that holds none or too many, and what `readModelFile`
 * throws for a file that is named.
 */
export function readOwnFiles(path: string, cwd: string): OwnEntries {
  const absolute = resolve(cwd, path);
  if (!isFolder(absolute)) return { entries: [readEntry(absolute, path)], warnings: [] };
  const files = modelFilesIn(absolute, path);
  if (files.length === 0) {
    throw new AssayError("USAGE", `no evaluation in the folder ${path}: expected files that end in .yml, or folders with a mof.yml`);
  }
  const entries: CatalogEntry[] = [];
  const warnings: Warning[] = [];
  for (const name of files) {
    try {
      entries.push(readEntry(join(absolute, name), join(path, name)));
    } catch (thrown) {
      const { code, message } = asAssayError(thrown);
      if (code === "ABORTED" || code === "INTERNAL") throw thrown;
      warnings.push({ code: "EVALUATION_LEFT_OUT", message: `left out: ${message}` });
    }
  }
  return { entries, warnings };
}

function readEntry(absolute: string, shown: string): CatalogEntry {
  const { model } = readModelFile(readBounded(absolute, "evaluation", MAX_YAML_BYTES, "YAML_TOO_LARGE"), shown);
  return { id: basename(absolute).replace(ENDING, ""), model, file: absolute };
}

/** In the order of their names; below a folder only its mof.yml. */
function modelFilesIn(folder: string, shown: string): string[] {
  const files = entriesOf(folder, shown).flatMap((entry) => {
    if (entry.isFile()) return ENDING.test(entry.name) ? [entry.name] : [];
    if (!entry.isDirectory() || entry.name.startsWith(".")) return [];
    const inner = entriesOf(join(folder, entry.name), join(shown, entry.name));
    return inner.filter((file) => file.isFile() && MODEL_FILE.test(file.name)).map((file) => join(entry.name, file.name));
  });
  if (files.length > MAX_FILES) throw new AssayError("USAGE", `the folder ${shown} has more than ${MAX_FILES} evaluations`);
  return files.sort();
}

function entriesOf(folder: string, shown: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new AssayError("FILE_UNREADABLE", `the folder ${shown} cannot be read: ${systemReason(cause)}`, { cause });
  }
}

/** False where it cannot be determined: opening the file then says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
