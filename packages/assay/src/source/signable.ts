import { basename } from "node:path";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { isTemporaryName } from "../files/temporary-name.ts";
import { compareNames, sortByName } from "../statement/name-order.ts";
import type { FileInModel, Inventory, LeftOut } from "./inventory.ts";
import { linkNotAllowed } from "./links.ts";
import { Problems } from "./problems.ts";
import { nameNotUtf8 } from "./undecodable-names.ts";

/**
 * The model as a signer covers it, and as `digest` does: without the files that an interrupted run of Assay left.
 *
 * Throws the walk's first problem; LINK_NOT_ALLOWED, NAME_NOT_UTF8; MODEL_EMPTY where no file is left.
 */
export function signable<File extends FileInModel>(inventory: Inventory<File>): Inventory<File> {
  const problems = new Problems();
  problems.addAll(inventory.problems);
  for (const { name } of inventory.unfollowedLinks) problems.add(name, linkNotAllowed(name));
  for (const name of inventory.undecodableNames) problems.add(name, nameNotUtf8(name));
  problems.throwFirst();
  const whole = withoutHalfWritten(inventory);
  if (whole.files.length === 0) throw emptyModel(whole);
  return whole;
}

/** What a killed run of Assay left is never signed. When verifying it is a file like any other: names hide nothing. */
function withoutHalfWritten<File extends FileInModel>(inventory: Inventory<File>): Inventory<File> {
  const { kind, files, leftOut, ignoreRules, warnings } = inventory;
  if (kind === "file") return inventory;
  const halfWritten = files.filter(isHalfWritten);
  if (halfWritten.length === 0) return inventory;
  return {
    ...inventory,
    files: files.filter((file) => !isHalfWritten(file)),
    leftOut: sortByName([...leftOut, ...halfWritten.map(temporaryFile)]),
    ignoreRules: new Map([...ignoreRules, ...halfWritten.map(({ name }) => [name, "temporary-file"] as const)]),
    warnings: [...warnings, ...halfWritten.map(({ name }) => halfWrittenWarning(name, "it is left out"))],
  };
}

/** Not a link to a file of such a name: Assay writes no links. */
function isHalfWritten({ name, path }: FileInModel & { readonly path?: string }): boolean {
  if (!name.endsWith(".tmp")) return false;
  const entry = basename(name);
  return isTemporaryName(entry) && (path === undefined || basename(path) === entry);
}

function temporaryFile({ name, size }: FileInModel): LeftOut {
  return { name, kind: "file", fileCount: 1, bytes: size, atLeast: false, reason: "temporary-file" };
}

/** Names a file with the name of one that Assay has not finished writing. */
export function halfWrittenWarning(name: string, consequence: string): Warning {
  return {
    code: "TEMPORARY_FILE",
    message: `${name} was left by an interrupted run, or another run is writing it now: ${consequence}; delete it if no run is under way`,
  };
}

function emptyModel({ given, leftOut }: Inventory<FileInModel>): AssayError {
  const count = leftOut.length;
  const why = count === 0 ? "holds no file" : `holds no file besides what is left out (${count} ${count === 1 ? "path" : "paths"})`;
  return new AssayError("MODEL_EMPTY", `the model ${given} ${why}: there is nothing to sign`);
}

/**
 * What a signer records as `ignore_paths`: every rule that was in force, relative to the model, in code-point order.
 * Nothing for a single file, of which no part can be left out. OMS section 6.2.
 */
export function recordedIgnorePaths({ kind, ignoreRules }: Inventory<FileInModel>): readonly string[] {
  return kind === "file" ? [] : [...ignoreRules.keys()].sort(compareNames);
}
