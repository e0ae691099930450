import { LICENSE_CATEGORIES } from "../read/choices.ts";
import {
  RULE_NAMES,
  type AdvisoriesRule,
  type LicenseRule,
  type LicenseTerm,
  type OpennessRule,
  type PolicySigner,
  type RuleEffects,
  type RuleName,
  type Rules,
  type SizeRule,
} from "../policy.ts";
import { signerName } from "../signer-name.ts";

/** How much one asks in comparison with another; `other`: more in one respect and less in another. */
export type Strictness = "laxer" | "same" | "stricter" | "other";

/** How much `a` asks in comparison with `b`, where `always` is asked beside both. */
export function compareRules(a: Rules, b: Rules, always: Rules | undefined): Strictness {
  return all(RULE_NAMES.map((name) => compareRuleIn(name, a, b, always)));
}

/** The same of one rule. One that always asks as much makes no difference in an entry. */
export function compareRuleIn(name: RuleName, a: Rules, b: Rules, always?: Rules): Strictness {
  const [inA, inB] = [withImplied(name, a), withImplied(name, b)];
  const adds = (rules: Rules): boolean => always === undefined || always[name] === undefined || !asksAsMuch(name, always, rules);
  if (inA && inB) return compareRule(name, a, b);
  if (inA === inB) return "same";
  return inB ? (adds(b) ? "laxer" : "same") : adds(a) ? "stricter" : "same";
}

function asksAsMuch(name: RuleName, a: Rules, b: Rules): boolean {
  return ["same", "stricter"].includes(compareRule(name, a, b));
}

/** Whether a rule is asked. A signer must have signed everything, also where coverage is not given. */
function withImplied(name: RuleName, rules: Rules): boolean {
  return rules[name] !== undefined || (name === "coverage" && rules.signers !== undefined);
}

function compareRule(name: RuleName, a: Rules, b: Rules): Strictness {
  const effects = (rules: Rules): RuleEffects | undefined => rules[name] ?? (name === "coverage" ? rules.signers : undefined);
  const [effectsA, effectsB] = [effects(a), effects(b)];
  if (effectsA === undefined || effectsB === undefined) return "other";
  return all([
    ordered(effectsA.onFail, effectsB.onFail, ["warn", "deny"]),
    ordered(effectsA.onUnknown, effectsB.onUnknown, ["warn", "incomplete", "deny"]),
    compareTerms(name, a, b),
  ]);
}

function compareTerms(name: RuleName, a: Rules, b: Rules): Strictness {
  switch (name) {
    case "signers":
      return allowing(a.signers?.anyOf.map(signerKey), b.signers?.anyOf.map(signerKey));
    case "coverage":
      return ordered(a.coverage?.level ?? "complete", b.coverage?.level ?? "complete", ["signed-files", "weights", "complete"]);
    case "pin":
      return ordered(a.pin?.mode, b.pin?.mode, ["if-present", "required"]);
    case "load":
      return all([ordered(a.load?.level, b.load?.level, ["any", "data-only"]), allowing(a.load?.allow, b.load?.allow)]);
    case "formats":
      return allowing(a.formats?.allow, b.formats?.allow);
    case "size":
      return compareSize(a.size, b.size);
    case "license":
      return compareLicense(a.license, b.license);
    case "openness":
      return compareOpenness(a.openness, b.openness);
    case "digests":
      return ordered(a.digests?.level, b.digests?.level, ["attested", "computed"]);
    case "advisories":
      return compareAdvisories(a.advisories, b.advisories);
  }
}

function compareSize(a: SizeRule | undefined, b: SizeRule | undefined): Strictness {
  return all([atMost(a?.maxBytes, b?.maxBytes), atMost(a?.maxMemory, b?.maxMemory)]);
}

function compareLicense(a: LicenseRule | undefined, b: LicenseRule | undefined): Strictness {
  return all([
    allowing(a?.allow?.map(termKey), b?.allow?.map(termKey)),
    asking(a?.deny?.map(termKey) ?? [], b?.deny?.map(termKey) ?? []),
    ordered(a?.basis, b?.basis, ["claimed", "found"]),
  ]);
}

function compareOpenness(a: OpennessRule | undefined, b: OpennessRule | undefined): Strictness {
  return all([
    atMost(a?.class, b?.class),
    asking(a?.components ?? [], b?.components ?? []),
    ordered(a?.basis, b?.basis, ["claimed", "found"]),
  ]);
}

function compareAdvisories(a: AdvisoriesRule | undefined, b: AdvisoriesRule | undefined): Strictness {
  return all([asking(pathsOf(a), pathsOf(b)), atMost(a?.maxAge, b?.maxAge)]);
}

function pathsOf(rule: AdvisoriesRule | undefined): readonly string[] {
  return rule?.from.map(({ path }) => path) ?? [];
}

/** What identifies a signer, and when it may sign. */
function signerKey(signer: PolicySigner): string {
  return [signerName(signer), signer.validFrom ?? "", signer.validUntil ?? ""].join("\n");
}

function termKey(term: LicenseTerm): string {
  return term.kind === "license" ? term.id.toLowerCase() : `@${LICENSE_CATEGORIES.find((name) => name === term.category) ?? ""}`;
}

function all(parts: readonly Strictness[]): Strictness {
  const different = new Set(parts.filter((part) => part !== "same"));
  const [first = "same"] = different;
  return different.size > 1 ? "other" : first;
}

/** `words` from the laxest to the strictest. */
function ordered<Word extends string>(a: Word | undefined, b: Word | undefined, words: readonly Word[]): Strictness {
  const place = (word: Word | undefined): number => (word === undefined ? -1 : words.indexOf(word));
  return compareNumbers(place(a), place(b));
}

/** A bound: the lower, the stricter; a missing one is the laxest. */
function atMost(a: number | undefined, b: number | undefined): Strictness {
  return compareNumbers(-(a ?? Infinity), -(b ?? Infinity));
}

function compareNumbers(a: number, b: number): Strictness {
  return a === b ? "same" : a < b ? "laxer" : "stricter";
}

/** A list of what is allowed: the shorter, the stricter; without one, everything is. */
function allowing(a: readonly string[] | undefined, b: readonly string[] | undefined): Strictness {
  if (a === undefined || b === undefined) return a === b ? "same" : a === undefined ? "laxer" : "stricter";
  return asking(b, a);
}

/** A list of what is asked: the longer, the stricter. */
function asking(a: readonly string[], b: readonly string[]): Strictness {
  const [hasAllOfB, hasAllOfA] = [b.every((item) => a.includes(item)), a.every((item) => b.includes(item))];
  if (hasAllOfA && hasAllOfB) return "same";
  return hasAllOfB ? "stricter" : hasAllOfA ? "laxer" : "other";
}
