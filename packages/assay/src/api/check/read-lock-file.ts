import { resolve } from "node:path";
import { asAssayError, AssayError } from "../../core/error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { LockFacts } from "../../policy/facts.ts";

/** The name of a lock file, where none is named. */
export const LOCK_NAME = "assay.lock";

const MAX_LOCK = 1024 * 1024;

/** Where the lock file of a policy is: the path that is named, else `assay.lock` in the policy's folder. Absolute. */
export function lockPath(named: string | undefined, policyFolder: string, cwd: string): string {
  return named === undefined ? resolve(policyFolder, LOCK_NAME) : resolve(cwd, named);
}

/** The bytes of a lock file; undefined where none is there. Throws FILE_UNREADABLE, USAGE, LOCK_SYNTAX for one that is too large. */
export function readLockBytes(path: string): Uint8Array | undefined {
  try {
    return readBounded(path, "lock file", MAX_LOCK, "LOCK_SYNTAX");
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "FILE_NOT_FOUND") return undefined;
    throw error;
  }
}

/**
 * What a lock file says: the one that is named, which must be there, else `assay.lock` in the policy's folder; or what was read
 * of it. Throws LOCK_SYNTAX, FILE_NOT_FOUND for one that is named, FILE_UNREADABLE, USAGE.
 */
export async function lockFacts(given: string | LockFacts | undefined, policyFolder: string, cwd: string): Promise<LockFacts> {
  if (typeof given === "object") return given;
  const bytes = readLockBytes(lockPath(given, policyFolder, cwd));
  if (bytes !== undefined) {
    const { readLock } = await import("../../policy/read-lock.ts");
    return { lock: readLock(bytes, given ?? LOCK_NAME) };
  }
  if (given === undefined) return { lock: undefined };
  throw new AssayError("FILE_NOT_FOUND", `the lock file ${given} does not exist`);
}
