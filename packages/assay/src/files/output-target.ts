import { accessSync, constants, lstatSync, type BigIntStats } from "node:fs";
import { dirname } from "node:path";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { systemReason } from "../core/system-reason.ts";
import { readBounded } from "./read-bounded.ts";

/** What may be replaced by what is to be written. */
export interface OutputRule {
  /** What is to be written, for messages: "signature". */
  readonly what: string;
  /** Replace a regular file of any kind. */
  readonly force: boolean;
  /** Whether the bytes of a file at the place are an older one of the same kind, which needs no force. Without it nothing is. */
  readonly isSameKind?: (bytes: Uint8Array) => boolean;
  /** The largest file that `isSameKind` gets to see; a larger one is of another kind. */
  readonly maxBytes?: number;
}

/** A place that was found fit to write to. Made by `openTarget` only. */
export interface OutputTarget {
  /** Absolute, or relative to the process's current directory. */
  readonly path: string;
  readonly rule: OutputRule;
  /** The regular file there, undefined where nothing is. */
  readonly existing: BigIntStats | undefined;
  /** That file is an older one of the same kind. */
  readonly isSameKind: boolean;
}

const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * Says whether a file may be written to `path`, before the work whose result it takes. A file that is there is
 * replaced only where its whole content is of the same kind, or by force; a link, folder, FIFO or device never is.
 *
 * Throws OUTPUT_EXISTS where something else is there, OUTPUT_WRITE where the folder is missing or not writable.
 */
export function openTarget(path: string, rule: OutputRule): OutputTarget {
  const existing = look(path);
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw cannotWrite(path, folderProblem(dirname(path), cause), cause, true);
  }
  if (existing === undefined) return { path, rule, existing, isSameKind: false };
  if (!existing.isFile()) {
    throw new AssayError("OUTPUT_EXISTS", `${path} is ${kindOf(existing)}: only regular files are replaced`, {
      remedy: "name-other-output",
    });
  }
  const isSameKind = holdsSameKind(path, existing, rule);
  if (isSameKind || rule.force) return { path, rule, existing, isSameKind };
  const what = rule.isSameKind === undefined ? "" : ` and is not a ${rule.what}`;
  throw new AssayError("OUTPUT_EXISTS", `${path} exists${what}: it is not replaced`, { remedy: "replace-output" });
}

/** The same place just before it is written, by the same rule. What did not change is not read again. */
export function lookAgain(target: OutputTarget): OutputTarget {
  const now = look(target.path);
  return isSame(target.existing, now) ? target : openTarget(target.path, target.rule);
}

/** The error for a file that cannot be written, whatever the obstacle; the caller's fault where the place itself is wrong. */
export function cannotWrite(path: string, why: string, cause: unknown, isWrongPlace = false): AssayError {
  const options = isWrongPlace ? ({ remedy: "name-other-output", outcome: "usage" } as const) : {};
  return new AssayError("OUTPUT_WRITE", `cannot write ${path}: ${why}`, { cause, ...options });
}

function look(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false, bigint: true });
  } catch (cause) {
    throw cannotWrite(path, folderProblem(dirname(path), cause), cause, true);
  }
}

function folderProblem(folder: string, cause: unknown): string {
  switch (systemCode(cause)) {
    case "ENOENT":
      return `the folder ${folder} does not exist`;
    case "ENOTDIR":
      return `${folder} is not a folder`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `the folder ${folder} is not writable`;
    default:
      return systemReason(cause);
  }
}

function holdsSameKind(path: string, { size }: BigIntStats, { isSameKind, maxBytes = DEFAULT_MAX_BYTES, what }: OutputRule): boolean {
  if (isSameKind === undefined || size > maxBytes) return false;
  try {
    return isSameKind(readBounded(path, what, maxBytes));
  } catch (error) {
    // What cannot be read is not known to be of the kind.
    if (error instanceof AssayError) return false;
    throw error;
  }
}

function isSame(before: BigIntStats | undefined, now: BigIntStats | undefined): boolean {
  if (before === undefined || now === undefined) return before === now;
  return (["dev", "ino", "mode", "size", "mtimeNs", "ctimeNs"] as const).every((field) => before[field] === now[field]);
}

function kindOf(stats: BigIntStats): string {
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO";
  if (stats.isSocket()) return "a socket";
  return "a device";
}
