import type { ComparedDecision } from "../api/diff-policies.ts";
import type { Decision, RuleOutcome, RuleResult } from "../policy/decision.ts";

/** A rule that comes to something else; null where a policy does not ask for it. */
export interface ChangedRule {
  readonly rule: RuleResult["rule"];
  readonly scope: RuleResult["scope"];
  readonly before: RuleOutcome | null;
  readonly after: RuleOutcome | null;
}

/** Whether a model would be decided otherwise: by the answer, or by what decided it. */
export function isOtherwise({ before, after }: ComparedDecision): boolean {
  return before.decision !== after.decision || reasonOf(before) !== reasonOf(after);
}

/** `entry.load LOAD_CODE`; empty for allow. */
function reasonOf({ decidedBy }: Decision): string {
  return decidedBy === null ? "" : `${decidedBy.scope}.${decidedBy.rule ?? ""} ${decidedBy.code}`;
}

/** The rules that come to something else, in the order of both decisions. */
export function changedRules({ before, after }: ComparedDecision): readonly ChangedRule[] {
  const [was, is] = [before, after].map(({ rules }) => new Map(rules.map((result) => [ruleKey(result), result])));
  return [...new Map([...(was ?? []), ...(is ?? [])])].flatMap(([name, { rule, scope }]) => {
    const [old, now] = [was?.get(name)?.outcome ?? null, is?.get(name)?.outcome ?? null];
    return old === now ? [] : [{ rule, scope, before: old, after: now }];
  });
}

function ruleKey({ rule, scope }: RuleResult): string {
  return `${scope}.${rule}`;
}
