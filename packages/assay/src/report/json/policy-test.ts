import type { TestedPolicy } from "../../api/test-policy.ts";
import type { PolicyTestDocument } from "./documents.ts";
import { head } from "./head.ts";

/** The document of recorded cases decided by a policy: schemas/policy-test.v1.json. */
export function policyTestDocument({ policy, path, cases, coverage }: TestedPolicy): PolicyTestDocument {
  return {
    ...head("policy-test"),
    exitCode: cases.every(({ unexpected }) => unexpected.length === 0) ? 0 : 1,
    policy: { path, name: policy.name },
    cases: cases.map(({ name, recorded, decision, expected, unexpected }) => ({
      name,
      model: recorded.facts.model.name,
      at: decision.at,
      decision: decision.decision,
      decidedBy: decision.decidedBy,
      expected: expected.decision,
      unexpected: unexpected.map(({ rule = null, expected: wanted, found }) => ({ rule, expected: wanted, found })),
    })),
    uncovered: {
      entries: coverage.entries.map(({ id, place: { line, column } }) => ({ id, line, column })),
      rules: coverage.rules.map(({ rule, scope, place: { line, column }, lacks }) => ({ rule, scope, line, column, lacks })),
    },
  };
}
