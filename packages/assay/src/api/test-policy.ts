import { shippedLicenses } from "../catalog/licenses.ts";
import { decide } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import { caseCoverage, type CaseCoverage } from "../policy/record/case-coverage.ts";
import { unexpectedResults, type UnexpectedResult } from "../policy/record/expected-decision.ts";
import { factsFor } from "../policy/record/recorded-facts.ts";
import { readPolicyFile, type PolicyFileRead } from "./policy-file.ts";
import { readCases, type RecordedCase } from "./recorded-cases.ts";

/** How a policy is tested. */
export interface TestPolicyOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** A warning denies. Default false. */
  readonly failOnWarn?: boolean;
}

/** What a policy decides about recorded cases. */
export interface TestedPolicy extends PolicyFileRead {
  readonly cases: readonly TestedCase[];
  readonly coverage: CaseCoverage;
}

/** One case, decided. */
export interface TestedCase extends RecordedCase {
  readonly decision: Decision;
  /** Empty where all is as expected. */
  readonly unexpected: readonly UnexpectedResult[];
}

/**
 * Decides recorded cases by a policy, each at the time that it recorded, and compares with what is expected. No model is opened,
 * and no file that the policy names.
 *
 * Throws what `readPolicy` throws, FILE_NOT_FOUND, FILE_UNREADABLE, USAGE, FACTS_SYNTAX and JSON_*, all as a wrong question.
 */
export async function testPolicy(folder: string, policy: string, options: TestPolicyOptions = {}): Promise<TestedPolicy> {
  const { cwd = process.cwd(), failOnWarn = false } = options;
  const read = await readPolicyFile(policy, cwd);
  const licenses = shippedLicenses();
  const cases = readCases(folder, cwd).map((recordedCase) => {
    const { recorded, expected } = recordedCase;
    const decision = decide(factsFor(read.policy, recorded), read.policy, recorded.at, { licenses }, { failOnWarn });
    return { ...recordedCase, decision, unexpected: unexpectedResults(decision, expected) };
  });
  const decisions = cases.map(({ decision }) => decision);
  return { ...read, cases, coverage: caseCoverage(read.policy, decisions) };
}
