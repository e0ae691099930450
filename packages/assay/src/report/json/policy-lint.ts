import type { LintedPolicy } from "../../api/lint-policy-file.ts";
import type { PolicyLintDocument } from "./documents.ts";
import { head } from "./head.ts";

/** The document of what is found in a policy: schemas/policy-lint.v1.json. */
export function policyLintDocument({ policy, path, at, findings }: LintedPolicy): PolicyLintDocument {
  return {
    ...head("policy-lint"),
    exitCode: findings.length === 0 ? 0 : 1,
    policy: { path, name: policy.name },
    at: at.toISOString(),
    findings: findings.map(({ id, place: { line, column }, message, advice }) => ({ id, line, column, message, advice })),
  };
}
