import { resolve } from "node:path";
import { readBounded } from "../files/read-bounded.ts";
import type { Policy } from "../policy/policy.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { knownFormats } from "../probe/load/known-formats.ts";

/** A policy as it is written, without the files that it names. */
export interface PolicyFileRead {
  readonly policy: Policy;
  /** Absolute. */
  readonly path: string;
  /** The file, as it was read. */
  readonly bytes: Uint8Array;
}

const MAX_POLICY = 1024 * 1024;

/**
 * Reads a policy for a question about the policy itself: the keys and certificates that it names need not be there. `file` is
 * relative to `cwd`. Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE and what `readPolicy` throws.
 */
export async function readPolicyFile(file: string, cwd: string): Promise<PolicyFileRead> {
  const path = resolve(cwd, file);
  const bytes = readBounded(path, "policy", MAX_POLICY);
  return { policy: await readPolicy(bytes, file, { formats: knownFormats() }), path, bytes };
}
