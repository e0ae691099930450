import type { PolicyDiff } from "../../api/diff-policies.ts";
import { changedRules, isOtherwise } from "../changed-decisions.ts";
import type { PolicyDiffDocument } from "./documents.ts";
import { head } from "./head.ts";

/** The document of two policies compared: schemas/policy-diff.v1.json. */
export function policyDiffDocument({ before, after, changes, results }: PolicyDiff): PolicyDiffDocument {
  const isSame = results.length === 0 ? changes.length === 0 : !results.some(isOtherwise);
  return {
    ...head("policy-diff"),
    exitCode: isSame ? 0 : 1,
    before: { path: before.path, name: before.policy.name },
    after: { path: after.path, name: after.policy.name },
    changes: changes.map(({ path, before: was, after: is, strictness }) => ({ path, before: was, after: is, strictness })),
    results: results.map((result) => ({
      file: result.file,
      model: result.model.name,
      manifestDigest: result.model.manifestDigest,
      at: result.before.at,
      before: { decision: result.before.decision, decidedBy: result.before.decidedBy },
      after: { decision: result.after.decision, decidedBy: result.after.decidedBy },
      rules: changedRules(result),
    })),
  };
}
