import { asCallersFault, AssayError } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import type { Decision, RuleOutcome, RuleResult } from "../decision.ts";
import { DECISION_CODES } from "../decision-codes.ts";
import { RULE_NAMES, type RuleName } from "../policy.ts";
import { recordedChoice, recordedFields } from "./recorded-values.ts";

const OUTCOMES = ["pass", "deny", "warn", "unknown", "waived"] as const satisfies readonly RuleOutcome[];
const SCOPES = ["always", "entry"] as const;

/** What is expected of a decision; rules that are not named may come to anything. */
export interface ExpectedDecision {
  readonly decision: Decision["decision"];
  readonly rules: readonly ExpectedRule[];
}

/** What one rule is expected to come to: an outcome, or the code that it has. */
export interface ExpectedRule {
  readonly rule: RuleName;
  readonly scope: RuleResult["scope"];
  readonly comesTo: string;
}

/** What is not as expected; `rule` is undefined for the decision itself. */
export interface UnexpectedResult {
  readonly rule: string | undefined;
  readonly expected: string;
  readonly found: string;
}

/**
 * Reads what is expected of a case: `{ "decision": "deny", "rules": { "entry.load": "LOAD_CODE", "always.license": "pass" } }`.
 * `rules` may be missing; each value is an outcome or a code. `what` names the file in messages.
 *
 * Throws FACTS_SYNTAX, and JSON_* for what is not JSON, all as a wrong question.
 */
export function readExpected(bytes: Uint8Array, what: string): ExpectedDecision {
  try {
    const node = parseJson(bytes, { what, shapeCode: "FACTS_SYNTAX", maxDepth: 4, maxValues: 1000 });
    const hasRules = node.object().get("rules") !== undefined;
    const of = recordedFields(node, hasRules ? ["decision", "rules"] : ["decision"]);
    return {
      decision: recordedChoice(of("decision"), ["allow", "deny", "incomplete"]),
      rules: hasRules ? Array.from(node.require("rules").object().members(), ([key, value]) => ruleOf(key, value)) : [],
    };
  } catch (error) {
    throw error instanceof AssayError ? asCallersFault(error) : error;
  }
}

function ruleOf(key: string, value: JsonNode): ExpectedRule {
  const [, inScope = "", named = ""] = /^([a-z]+)\.([a-z]+)$/.exec(key) ?? [];
  const scope = SCOPES.find((known) => known === inScope);
  const rule = RULE_NAMES.find((known) => known === named);
  if (scope === undefined || rule === undefined) return value.fail(`"${value.path}" is not a rule: write always.RULE or entry.RULE`);
  const comesTo = value.string();
  const isKnown = OUTCOMES.some((outcome) => outcome === comesTo) || Object.hasOwn(DECISION_CODES, comesTo);
  if (!isKnown) return value.fail(`"${value.path}" is ${JSON.stringify(comesTo)}, expected ${OUTCOMES.join(", ")} or a code`);
  return { rule, scope, comesTo };
}

/** Where a decision is not as expected, the decision first. */
export function unexpectedResults(decision: Decision, expected: ExpectedDecision): readonly UnexpectedResult[] {
  const itself: UnexpectedResult[] =
    decision.decision === expected.decision ? [] : [{ rule: undefined, expected: expected.decision, found: decision.decision }];
  const rules = expected.rules.flatMap(({ rule, scope, comesTo }): UnexpectedResult[] => {
    const result = decision.rules.find((found) => found.rule === rule && found.scope === scope);
    const found =
      result === undefined
        ? "not evaluated"
        : OUTCOMES.some((outcome) => outcome === comesTo)
          ? result.outcome
          : (result.code ?? result.outcome);
    return found === comesTo ? [] : [{ rule: `${scope}.${rule}`, expected: comesTo, found }];
  });
  return [...itself, ...rules];
}
