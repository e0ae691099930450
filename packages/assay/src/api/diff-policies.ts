import { shippedLicenses } from "../catalog/licenses.ts";
import { policyChanges, type PolicyChange } from "../policy/compare/policy-changes.ts";
import { decide } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import { factsFor } from "../policy/record/recorded-facts.ts";
import { readPolicyFile, type PolicyFileRead } from "./policy-file.ts";
import { readRecorded, recordedFiles } from "./recorded-cases.ts";

/** How two policies are compared. */
export interface DiffPoliciesOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** Recorded facts: files, or folders of cases. Default: none; then only the policies are compared. */
  readonly results?: readonly string[];
  /** A warning denies. Default false. */
  readonly failOnWarn?: boolean;
}

/** Where two policies differ. */
export interface PolicyDiff {
  readonly before: PolicyFileRead;
  readonly after: PolicyFileRead;
  /** Keys that differ in meaning. */
  readonly changes: readonly PolicyChange[];
  readonly results: readonly ComparedDecision[];
}

/** Recorded facts, decided by both. */
export interface ComparedDecision {
  /** The file, as the caller named it or the folder that it is in. */
  readonly file: string;
  readonly model: { readonly name: string; readonly manifestDigest: string };
  readonly before: Decision;
  readonly after: Decision;
}

/**
 * What would be decided otherwise by another policy: keys that differ in meaning, and recorded facts decided by both, each at
 * the time that it recorded. No model is opened, and no file that the policies name. A signer that the facts say nothing about
 * is unknown.
 *
 * Throws what `readPolicy` throws, FILE_NOT_FOUND, FILE_UNREADABLE, USAGE, FACTS_SYNTAX and JSON_*, all as a wrong question.
 */
export async function diffPolicies(before: string, after: string, options: DiffPoliciesOptions = {}): Promise<PolicyDiff> {
  const { cwd = process.cwd(), results = [], failOnWarn = false } = options;
  const [a, b] = [await readPolicyFile(before, cwd), await readPolicyFile(after, cwd)];
  const licenses = shippedLicenses();
  const compared = results
    .flatMap((path) => recordedFiles(path, cwd))
    .map((file): ComparedDecision => {
      const recorded = readRecorded(file, cwd);
      const by = ({ policy }: PolicyFileRead): Decision =>
        decide(factsFor(policy, recorded), policy, recorded.at, { licenses }, { failOnWarn });
      const { name, manifestDigest } = recorded.facts.model;
      return { file, model: { name, manifestDigest }, before: by(a), after: by(b) };
    });
  return { before: a, after: b, changes: policyChanges(a.policy, b.policy), results: compared };
}
