import type { Policy, RuleName, Waiver } from "../policy.ts";
import { endOfDay } from "../read/values.ts";
import { finding, type LintFinding } from "./finding.ts";

/** Waivers that change nothing, now or ever. */
export function lintWaivers(policy: Policy, time: Date): readonly LintFinding[] {
  return policy.waivers.flatMap((waiver, index) => {
    const name = `waiver ${index + 1}, of ${waiver.rule}`;
    if (!isAsked(policy, waiver.rule)) return [finding("waiver/unasked", waiver.place, `${name}: the policy does not ask for this rule`)];
    const denying = policy.entries.find(({ deny, match }) => deny !== undefined && isDenied(match.manifest, match, waiver));
    if (denying !== undefined)
      return [finding("waiver/denied", waiver.place, `${name}: ${denying.id} denies these bytes, which cannot be waived`)];
    if (time.getTime() < endOfDay(waiver.expires)) return [];
    return [finding("waiver/expired", waiver.place, `${name}: it ended on ${waiver.expires}`)];
  });
}

function isDenied(
  manifest: readonly string[] | undefined,
  { name, reference }: { readonly name: unknown; readonly reference: unknown },
  waiver: Waiver,
): boolean {
  return name === undefined && reference === undefined && manifest?.includes(waiver.manifest) === true;
}

/** A signer asks for coverage, too. */
function isAsked({ always, entries }: Policy, rule: RuleName): boolean {
  return [always, ...entries.map(({ rules }) => rules)].some(
    (rules) => rules?.[rule] !== undefined || (rule === "coverage" && rules?.signers !== undefined),
  );
}
