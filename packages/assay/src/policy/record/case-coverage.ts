import type { Place } from "../../encoding/yaml.ts";
import type { Decision, RuleResult } from "../decision.ts";
import { RULE_NAMES, type Policy, type RuleName, type Rules } from "../policy.ts";

/** What of a policy no case shows. */
export interface CaseCoverage {
  /** Entries that no case matches. */
  readonly entries: readonly { readonly id: string; readonly place: Place }[];
  /** Rules of the others that pass in every case, or in none. */
  readonly rules: readonly UncoveredRule[];
}

/** A rule of which the cases show one side only. */
export interface UncoveredRule {
  readonly rule: RuleName;
  /** `always`, or the id of the entry. */
  readonly scope: string;
  readonly place: Place;
  readonly lacks: "a case that passes" | "a case that does not pass";
}

/** What of a policy these decisions by it do not show: a rule that never fails in a case may as well be missing. */
export function caseCoverage(policy: Policy, decisions: readonly Decision[]): CaseCoverage {
  const matched = new Set(decisions.map(({ entry }) => entry?.id));
  const entries = policy.entries.filter(({ id }) => !matched.has(id));
  const always = policy.always === undefined ? [] : uncovered("always", policy.always, resultsOf(decisions, "always"));
  const others = policy.entries.flatMap(({ id, rules }) => {
    if (rules === undefined || !matched.has(id)) return [];
    return uncovered(
      id,
      rules,
      resultsOf(
        decisions.filter(({ entry }) => entry?.id === id),
        "entry",
      ),
    );
  });
  return { entries: entries.map(({ id, place }) => ({ id, place })), rules: [...always, ...others] };
}

function resultsOf(decisions: readonly Decision[], scope: RuleResult["scope"]): readonly RuleResult[] {
  return decisions.flatMap(({ rules }) => rules.filter((result) => result.scope === scope));
}

function uncovered(scope: string, rules: Rules, results: readonly RuleResult[]): readonly UncoveredRule[] {
  return RULE_NAMES.flatMap((rule): UncoveredRule[] => {
    const place = rules[rule]?.place;
    if (place === undefined) return [];
    const outcomes = new Set(results.filter((result) => result.rule === rule).map(({ outcome }) => outcome === "pass"));
    return [
      ...(outcomes.has(true) ? [] : [{ rule, scope, place, lacks: "a case that passes" } as const]),
      ...(outcomes.has(false) ? [] : [{ rule, scope, place, lacks: "a case that does not pass" } as const]),
    ];
  });
}
