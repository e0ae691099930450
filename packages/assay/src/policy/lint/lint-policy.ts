import type { DecisionKnowledge } from "../facts.ts";
import type { Policy } from "../policy.ts";
import { lintEntries } from "./entries.ts";
import type { LintFinding } from "./finding.ts";
import { lintRules } from "./rules.ts";
import { lintWaivers } from "./waivers.ts";

/**
 * What of a policy is probably not meant, in the order of the file: entries that trust a name or are never reached, rules that
 * let everything through or nothing, waivers without effect at `time`. No finding changes a decision.
 */
export function lintPolicy(policy: Policy, time: Date, { licenses }: DecisionKnowledge): readonly LintFinding[] {
  const findings = [...lintEntries(policy), ...lintRules(policy, licenses), ...lintWaivers(policy, time)];
  return findings.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}
