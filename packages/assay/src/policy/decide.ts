import type { Decision, RuleFinding, RuleOutcome, RuleResult } from "./decision.ts";
import { evaluateAdvisories } from "./evaluate/advisories.ts";
import { evaluateCoverage } from "./evaluate/coverage.ts";
import { evaluateLicenseRule } from "./evaluate/license.ts";
import { evaluateLoad } from "./evaluate/load.ts";
import { evaluateOpenness } from "./evaluate/openness.ts";
import { evaluatePin } from "./evaluate/pin.ts";
import { evaluateSigners, fittingSigner } from "./evaluate/signers.ts";
import { evaluateFormats, evaluateSize } from "./evaluate/weights.ts";
import { isUnavailable, type DecisionKnowledge, type Facts, type SignerCheck } from "./facts.ts";
import { matchingEntry } from "./match.ts";
import { RULE_NAMES, type Policy, type RuleEffects, type RuleName, type Rules } from "./policy.ts";
import { Waivers } from "./waivers.ts";

/** How strictly a decision is made. */
export interface DecideOptions {
  /** A warning denies. Default false. */
  readonly failOnWarn?: boolean;
}

type Scope = RuleResult["scope"];

/**
 * May this model be used? Deterministic: the same policy, facts and time give the same decision, whatever the order of
 * lists in the facts. All rules of both scopes are evaluated, so that none hides another; any deny is DENY, else any unknown
 * INCOMPLETE, else ALLOW. A rule never passes for want of a fact.
 */
export function decide(facts: Facts, policy: Policy, time: Date, knowledge: DecisionKnowledge, options: DecideOptions = {}): Decision {
  const entry = matchingEntry(policy, facts.model);
  const waivers = new Waivers(policy.waivers, facts.model.manifestDigest, time);
  const isDenied = entry?.deny !== undefined;
  const scopes: readonly (readonly [Scope, Rules | undefined])[] =
    entry === undefined || isDenied
      ? []
      : [
          ["always", policy.always],
          ["entry", entry.rules],
        ];
  const evaluation = new Evaluation(facts, scopes, time, knowledge, waivers, options);
  const rules = scopes.flatMap(([scope, given]) => (given === undefined ? [] : evaluation.evaluate(scope, given)));
  const first = rules.find(({ outcome }) => outcome === "deny") ?? rules.find(({ outcome }) => outcome === "unknown");
  const decidedBy: Decision["decidedBy"] =
    entry === undefined
      ? { rule: null, scope: "policy", code: "POLICY_NO_MATCH" }
      : isDenied
        ? { rule: null, scope: "policy", code: "POLICY_DENY_ENTRY" }
        : first?.code === undefined || first.code === null
          ? null
          : { rule: first.rule, scope: first.scope, code: first.code };
  return {
    decision: decidedBy === null ? "allow" : first?.outcome === "unknown" ? "incomplete" : "deny",
    decidedBy,
    at: time.toISOString(),
    entry: entry === undefined ? null : { id: entry.id, place: entry.place },
    denied: entry?.deny ?? null,
    rules,
    waivers: waivers.uses(),
    counts: countOutcomes(rules),
  };
}

/**
 * The decision where the model could not be read, so that facts are missing and no rule decided: INCOMPLETE, or DENY where what was
 * found is an answer: a server that gives other bytes than it lists, or names that would leave the model.
 */
export function undecided(policy: Policy, time: Date, decision: "deny" | "incomplete" = "incomplete"): Decision {
  return {
    decision,
    decidedBy: null,
    at: time.toISOString(),
    entry: null,
    denied: null,
    rules: [],
    waivers: policy.waivers.map(({ rule, advisory, expires }, index) => ({
      index,
      rule,
      advisory: advisory ?? null,
      expires,
      state: "unused",
    })),
    counts: countOutcomes([]),
  };
}

function countOutcomes(rules: readonly RuleResult[]): Record<RuleOutcome, number> {
  const counts = { pass: 0, deny: 0, warn: 0, unknown: 0, waived: 0 };
  for (const { outcome } of rules) counts[outcome] += 1;
  return counts;
}

class Evaluation {
  readonly #facts: Facts;
  readonly #time: Date;
  readonly #knowledge: DecisionKnowledge;
  readonly #waivers: Waivers;
  readonly #failOnWarn: boolean;
  /** The signature by a signer of either scope: what a pin is compared with. */
  readonly #signed: SignerCheck | undefined;

  constructor(
    facts: Facts,
    scopes: readonly (readonly [Scope, Rules | undefined])[],
    time: Date,
    knowledge: DecisionKnowledge,
    waivers: Waivers,
    { failOnWarn = false }: DecideOptions,
  ) {
    this.#facts = facts;
    this.#time = time;
    this.#knowledge = knowledge;
    this.#waivers = waivers;
    this.#failOnWarn = failOnWarn;
    this.#signed = scopes.map(([scope, rules]) => this.#signedIn(scope, rules)).find((check) => check !== undefined);
  }

  /** The rules of one scope, in the order of RULE_NAMES. */
  evaluate(scope: Scope, rules: Rules): RuleResult[] {
    return RULE_NAMES.flatMap((name) => {
      const given = name === "coverage" ? (rules.coverage ?? this.#impliedCoverage(scope, rules)) : rules[name];
      return given === undefined ? [] : [this.#result(name, scope, given, [this.#find(name, scope, rules) ?? []].flat())];
    });
  }

  /**
   * Where a signer signed, everything must be under the signature, unless the policy says otherwise: else a file
   * could be put beside the signed ones.
   */
  #impliedCoverage(scope: Scope, { signers }: Rules): RuleEffects | undefined {
    return signers !== undefined && this.#signedIn(scope, { signers }) !== undefined ? signers : undefined;
  }

  #find(name: RuleName, scope: Scope, rules: Rules): RuleFinding | readonly RuleFinding[] | undefined {
    const facts = this.#facts;
    switch (name) {
      case "signers":
        return rules.signers && evaluateSigners(facts, scope, rules.signers.anyOf, this.#time);
      case "coverage":
        return evaluateCoverage(facts, rules.coverage?.level, this.#isCovered(scope, rules));
      case "pin":
        return rules.pin && evaluatePin(facts, rules.pin.mode, this.#signed);
      case "load":
        return rules.load && evaluateLoad(facts, rules.load.level, rules.load.allow);
      case "formats":
        return rules.formats && evaluateFormats(facts, rules.formats.allow);
      case "size":
        return rules.size && evaluateSize(facts, rules.size.maxBytes, rules.size.maxMemory);
      case "license":
        return rules.license && evaluateLicenseRule(facts, rules.license, this.#knowledge.licenses);
      case "openness":
        return rules.openness && evaluateOpenness(facts, rules.openness);
      case "digests":
        return rules.digests && evaluateDigests(facts, rules.digests.level);
      case "advisories":
        return rules.advisories && evaluateAdvisories(facts, rules.advisories.maxAge, this.#time, this.#waivers.waivedAdvisories(facts));
    }
  }

  #signedIn(scope: Scope, rules: Pick<Rules, "signers"> | undefined): SignerCheck | undefined {
    const { signature } = this.#facts;
    if (rules?.signers === undefined || isUnavailable(signature)) return undefined;
    return fittingSigner(signature, scope, rules.signers.anyOf, this.#time)?.check;
  }

  /** Coverage is of the signature that this scope trusts, else of one that the other does. Undefined where that is not known. */
  #isCovered(scope: Scope, rules: Rules): boolean | undefined {
    if ((rules.signers === undefined ? this.#signed : this.#signedIn(scope, rules)) !== undefined) return true;
    const { signature } = this.#facts;
    if (isUnavailable(signature)) return undefined;
    const isOpen = [...signature.always, ...signature.entry].some(({ outcome }) => outcome === "unknown");
    return signature.isSigned && isOpen ? undefined : false;
  }

  #result(rule: RuleName, scope: Scope, effects: RuleEffects, findings: readonly RuleFinding[]): RuleResult {
    const { place, onFail } = effects;
    const finding = this.#worst(findings, effects);
    if (finding.outcome === "pass") {
      const waivedHit = rule === "advisories" ? this.#waivers.firstUsed("advisories") : undefined;
      if (waivedHit !== undefined) {
        const message = "only advisories that are waived are about this model";
        return { rule, scope, place, onFail, outcome: "waived", code: "ADVISORY_HIT", message, names: [], waiver: waivedHit };
      }
      return { rule, scope, place, onFail, outcome: "pass", code: null, message: finding.message, names: [], waiver: null };
    }
    const { code, message, names = [] } = finding;
    // A waiver for advisories names one of them, and was taken into account before.
    const waiver = rule === "advisories" ? undefined : this.#waivers.waiverFor(rule);
    const shown = waiver === undefined ? this.#waivers.timeNote(rule) : "";
    const outcome = waiver === undefined ? this.#effect(finding.outcome, effects) : "waived";
    return { rule, scope, place, onFail, outcome, code, message: message + shown, names, waiver: waiver ?? null };
  }

  /**
   * The finding that the rule comes to. A rule may fail and have unknown parts: the policy says what each comes to, so that
   * another fault never makes an answer better.
   */
  #worst(findings: readonly RuleFinding[], effects: RuleEffects): RuleFinding {
    const weight = (finding: RuleFinding): number =>
      finding.outcome === "pass" ? 0 : ["pass", "waived", "warn", "unknown", "deny"].indexOf(this.#effect(finding.outcome, effects));
    const [worst] = findings.toSorted((a, b) => weight(b) - weight(a));
    return worst ?? { outcome: "pass", message: "nothing is asked" };
  }

  #effect(outcome: "fail" | "unknown", { onFail, onUnknown }: RuleEffects): RuleOutcome {
    const effect = outcome === "fail" ? onFail : onUnknown === "incomplete" ? "unknown" : onUnknown;
    return effect === "warn" && this.#failOnWarn ? "deny" : effect;
  }
}

/** How sure the digests of the files are: of bytes that were read here, or as a hub tells them. */
function evaluateDigests({ digests }: Facts, level: "computed" | "attested"): RuleFinding {
  if (isUnavailable(digests)) return { outcome: "unknown", code: "DIGEST_UNKNOWN", message: digests.unavailable };
  if (level === "computed" && digests === "attested") {
    return { outcome: "fail", code: "DIGEST_LEVEL", message: "the digests are as the hub tells them, and were not computed here" };
  }
  return { outcome: "pass", message: digests };
}
