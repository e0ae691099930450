import type { Check } from "../api/check.ts";
import { plural } from "../core/sizes.ts";

/** How a decision is written. */
export const DECISION_LEADS = { allow: "ALLOW", deny: "DENY", incomplete: "INCOMPLETE" } as const;

/** What decided, as the end of the line that begins with the decision and the model's name. */
export function decisionReason({ decision, error }: Check): string {
  const { decidedBy, denied, rules, counts } = decision;
  if (error !== undefined) return `: ${error.message}`;
  if (decidedBy?.code === "POLICY_NO_MATCH") return ": no entry of the policy is for this model";
  if (denied !== null) return `: ${denied}`;
  if (decidedBy === null) {
    const besides = [
      ...(counts.warn === 0 ? [] : [plural(counts.warn, "warning")]),
      ...(counts.waived === 0 ? [] : [`${counts.waived} waived`]),
    ];
    const evaluated = `${counts.pass} of ${plural(rules.length, "rule")} ${rules.length === 1 ? "passes" : "pass"}`;
    return `: ${[evaluated, ...besides].join(", ")}`;
  }
  const deciding = rules.find(({ rule, scope, code }) => rule === decidedBy.rule && scope === decidedBy.scope && code === decidedBy.code);
  return ` by ${decidedBy.rule}: ${deciding?.message ?? decidedBy.code}`;
}
