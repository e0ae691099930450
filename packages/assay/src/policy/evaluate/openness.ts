import type { ComponentName, OpennessClass } from "../../openness/components.ts";
import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts } from "../facts.ts";
import type { Basis } from "../policy.ts";

const NUMERALS = { 1: "I", 2: "II", 3: "III" } as const;

/** Whether the model is at least of a class (the lower the number, the more is open), and has these components under open licenses. */
export function evaluateOpenness(
  { openness }: Facts,
  asked: { readonly class: OpennessClass | undefined; readonly components: readonly ComponentName[]; readonly basis: Basis },
): RuleFinding {
  if (isUnavailable(openness)) return { outcome: "unknown", code: "OPENNESS_UNKNOWN", message: openness.unavailable };
  const { class: reached, open } = openness[asked.basis];
  const name = reached === null ? "unclassified" : `Class ${NUMERALS[reached]}`;
  const how = asked.basis === "claimed" ? ", with what is claimed" : "";
  if (asked.class !== undefined && (reached === null || reached > asked.class)) {
    return { outcome: "fail", code: "OPENNESS_CLASS", message: `${name}${how}: Class ${NUMERALS[asked.class]} is asked for` };
  }
  const missing = asked.components.filter((component) => !open.includes(component)).toSorted();
  if (missing.length > 0) {
    return {
      outcome: "fail",
      code: "OPENNESS_COMPONENT",
      message: `not there under an open license${how}: ${missing.join(", ")}`,
      names: missing,
    };
  }
  return { outcome: "pass", message: `${name}${how}` };
}
