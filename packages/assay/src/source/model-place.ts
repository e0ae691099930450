import { realpathSync, statSync, type BigIntStats } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { snapshotsIn } from "./hub-cache.ts";
import { systemCode } from "../core/system-code.ts";
import { fileSystemError } from "./file-system-error.ts";

/** Where a model is, resolved once: later steps use `root` and never follow MODEL's own links again. */
export interface ModelPlace {
  readonly kind: "directory" | "file";
  /** As the caller said, made absolute, links not resolved. */
  readonly given: string;
  /** Absolute and resolved. */
  readonly root: string;
  /** The basename of MODEL as given, for a link names the model and its target often a hash. */
  readonly modelName: string;
  readonly stats: BigIntStats;
}

/**
 * Finds MODEL, a directory or a regular file. OMS sections 6.1 and 6.5 (the subject's name).
 *
 * Throws FILE_NOT_FOUND where nothing is there, FILE_NOT_REGULAR for a pipe, socket or device,
 * LINK_LOOP, FILE_UNREADABLE, USAGE for a path that cannot be one.
 */
export function findModel(model: string, cwd: string): ModelPlace {
  if (model === "" || model.includes("\0")) throw new AssayError("USAGE", "the model's path is empty or holds a NUL character");
  const given = resolve(cwd, model);
  let root: string;
  let stats: BigIntStats;
  try {
    root = realpathSync.native(given);
    stats = statSync(root, { bigint: true });
  } catch (error) {
    throw cannotFind(error, given);
  }
  const modelName = basename(given) || "model";
  const snapshots = stats.isDirectory() ? snapshotsIn(root) : [];
  if (snapshots.length > 0) throw notASnapshot(given, snapshots);
  if (stats.isDirectory()) return { kind: "directory", given, root, modelName, stats };
  if (stats.isFile()) return { kind: "file", given, root, modelName, stats };
  throw new AssayError("FILE_NOT_REGULAR", `the model ${given} is neither a directory nor a regular file`);
}

/** A repository in a hub's cache holds versions of a model: which one is meant must be said. */
function notASnapshot(given: string, snapshots: readonly string[]): AssayError {
  const [first = "", ...others] = snapshots;
  const more = others.length === 0 ? "" : `, or another of its ${snapshots.length} snapshots`;
  return new AssayError("USAGE", `${given} is a repository in a Hugging Face cache, not a model`, {
    hint: `name the snapshot: ${join(given, "snapshots", first)}${more}`,
  });
}

function cannotFind(error: unknown, given: string): AssayError {
  switch (systemCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return new AssayError("FILE_NOT_FOUND", `the model ${given} does not exist`, { cause: error });
    case "ELOOP":
      return new AssayError("LINK_LOOP", `the model ${given} is a link in a loop`, { cause: error });
    default:
      return fileSystemError(error, `the model ${given}`);
  }
}
