import type { Warning } from "../../core/warning.ts";
import type { PolicyEntry, Rules } from "../../policy/policy.ts";
import type { LockFacts } from "../../policy/facts.ts";

/**
 * What the caller gave for a rule that neither `always` nor the model's entry asks: who names advisories or a lock file expects
 * them to count. Nothing for a model that no rule is evaluated for.
 */
export function unusedOptions(
  { advisories = [], lock }: { readonly advisories?: readonly string[]; readonly lock?: string | LockFacts },
  always: Rules | undefined,
  entry: PolicyEntry | undefined,
): readonly Warning[] {
  if (entry?.rules === undefined) return [];
  const asks = (rule: "advisories" | "pin"): boolean => [always, entry.rules].some((rules) => rules?.[rule] !== undefined);
  return [
    ...(advisories.length > 0 && !asks("advisories") ? [unused("the advisories that were given are", "advisories")] : []),
    // What a program read of one is not a file that a person named.
    ...(typeof lock === "string" && !asks("pin") ? [unused("the lock file that was named is", "pin")] : []),
  ];
}

function unused(what: string, rule: string): Warning {
  return { code: "GIVEN_UNUSED", message: `${what} not used: the policy does not ask the rule ${rule} of this model` };
}
