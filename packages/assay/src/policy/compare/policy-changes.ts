import { RULE_NAMES, type Policy, type RuleName, type Rules } from "../policy.ts";
import { policyTerms } from "./policy-terms.ts";
import { compareRuleIn, type Strictness } from "./strictness.ts";

/** A key whose meaning differs between two policies. */
export interface PolicyChange {
  /** `models[granite].rules.load.level`. */
  readonly path: string;
  /** Null where the policy does not say. */
  readonly before: string | null;
  readonly after: string | null;
  /** Of a rule: whether all of it asks for less or for more after the change; null for what belongs to no rule. */
  readonly strictness: Strictness | null;
}

/** Where two policies differ in meaning, in the order of the first; what only the second says is last. */
export function policyChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  const [old, now] = [policyTerms(before), policyTerms(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null];
    return was === is ? [] : [{ path, before: was, after: is, strictness: strictnessOf(path, before, after) }];
  });
}

function strictnessOf(path: string, before: Policy, after: Policy): Strictness | null {
  const [, scope = "", , named = ""] = /^(always|models\[(.+)\]\.rules)\.([a-z]+)\.[a-z-]+$/.exec(path) ?? [];
  const rule = RULE_NAMES.find((name) => name === named);
  if (rule === undefined) return null;
  return compareScope(rule, rulesAt(after, scope), rulesAt(before, scope));
}

/** An entry that is not there asks nothing of its own: its models are denied, or have another entry. */
function compareScope(rule: RuleName, after: Rules | undefined, before: Rules | undefined): Strictness | null {
  return after === undefined || before === undefined ? null : compareRuleIn(rule, after, before);
}

const NOTHING: Rules = {
  signers: undefined,
  coverage: undefined,
  pin: undefined,
  load: undefined,
  formats: undefined,
  size: undefined,
  license: undefined,
  openness: undefined,
  digests: undefined,
  advisories: undefined,
};

function rulesAt({ always, entries }: Policy, scope: string): Rules | undefined {
  if (scope === "always") return always ?? NOTHING;
  return entries.find(({ id }) => scope === `models[${id}].rules`)?.rules;
}
