import { shippedLicenses } from "../catalog/licenses.ts";
import type { LintFinding } from "../policy/lint/finding.ts";
import { lintPolicy } from "../policy/lint/lint-policy.ts";
import { readPolicyFile, type PolicyFileRead } from "./policy-file.ts";

/** How a policy is linted. */
export interface LintPolicyOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The time that waivers are compared with. Default: the clock. */
  readonly at?: Date;
}

/** What of a policy is probably not meant. */
export interface LintedPolicy extends PolicyFileRead {
  readonly at: Date;
  /** In the order of the file. */
  readonly findings: readonly LintFinding[];
}

/**
 * What of a policy is probably not meant? The files that it names are not read. Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE,
 * what `readPolicy` throws, and INTERNAL where the installation lacks its data.
 */
export async function lintPolicyFile(
  file: string,
  { cwd = process.cwd(), at = new Date() }: LintPolicyOptions = {},
): Promise<LintedPolicy> {
  const read = await readPolicyFile(file, cwd);
  return { ...read, at, findings: lintPolicy(read.policy, at, { licenses: shippedLicenses() }) };
}
