import { resolve } from "node:path";
import { asAssayError } from "../../core/error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { LockFacts } from "../../policy/facts.ts";
import { readLock } from "../../policy/read-lock.ts";

/** The lock file beside a policy, where none is named. */
const LOCK_NAME = "assay.lock";

const MAX_LOCK = 1024 * 1024;

/**
 * Reads a lock file: the one that is named, which must be there, else `assay.lock` in the policy's folder. Throws LOCK_SYNTAX,
 * FILE_NOT_FOUND for one that is named, FILE_UNREADABLE, USAGE.
 */
export function readLockFile(named: string | undefined, policyFolder: string, cwd: string): LockFacts {
  const path = named === undefined ? resolve(policyFolder, LOCK_NAME) : resolve(cwd, named);
  try {
    return { lock: readLock(readBounded(path, "lock file", MAX_LOCK), named ?? LOCK_NAME) };
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (named === undefined && error.code === "FILE_NOT_FOUND") return { lock: undefined };
    throw error;
  }
}
