import { plural } from "../core/sizes.ts";

/** How a decision is written. */
export const DECISION_LEADS = { allow: "ALLOW", deny: "DENY", incomplete: "INCOMPLETE" } as const;

/** What was decided, of a decision or of its document. */
export interface Decided {
  readonly decidedBy: { readonly rule: string | null; readonly scope: string; readonly code: string } | null;
  /** Why an entry with `deny` denies. */
  readonly denied: string | null;
  readonly rules: readonly { readonly rule: string; readonly scope: string; readonly code: string | null; readonly message: string }[];
  readonly counts: { readonly pass: number; readonly warn: number; readonly waived: number };
}

/** What decided, as the end of the line that begins with the decision and the model's name. `error`: why it was not read. */
export function decisionReason(
  { decidedBy, denied, rules, counts }: Decided,
  error: { readonly message: string } | null | undefined,
): string {
  if (error !== undefined && error !== null) return `: ${error.message}`;
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
