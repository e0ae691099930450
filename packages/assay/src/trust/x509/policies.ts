import { AssayError } from "../../error.ts";
import type { Certificate } from "./certificate.ts";

const ANY_POLICY = "2.5.29.32.0";

type Policies = ReadonlySet<string> | "any";

/**
 * RFC 5280 sections 6.1.3(d) to (f), 6.1.4(a) to (j) and 6.1.5, for a caller who accepts any policy: a path
 * fails only where a CA demands that some policy hold along it, and none does.
 *
 * Only the set of policies that hold is kept, not the tree, as nobody asks which one. Mappings are not
 * followed: a mapped policy counts as not holding, which can refuse a path and never let one through.
 * `issued` are the certificates below the anchor, the leaf last. Throws CERTIFICATE_POLICY.
 */
export function checkPolicies(issued: readonly Certificate[]): void {
  let holding: Policies = "any";
  let untilRequired = issued.length + 1;
  let untilAnyIsInhibited = issued.length + 1;
  for (const [index, certificate] of issued.entries()) {
    const isLast = index === issued.length - 1;
    const { policies, mapped, requireExplicit, inhibitAny } = certificate.policyExtensions;
    holding = intersect(holding, policies, untilAnyIsInhibited > 0 || (!isLast && certificate.isSelfIssued));
    if (untilRequired === 0) requireSome(holding, certificate);

    // 6.1.4(h): a self-issued intermediate is no new CA and does not count.
    if (isLast || !certificate.isSelfIssued) {
      untilRequired = Math.max(0, untilRequired - 1);
      untilAnyIsInhibited = Math.max(0, untilAnyIsInhibited - 1);
    }
    // 6.1.5(b): in the last certificate only a zero still says something.
    if (requireExplicit !== undefined && (!isLast || requireExplicit === 0)) untilRequired = Math.min(untilRequired, requireExplicit);
    if (inhibitAny !== undefined) untilAnyIsInhibited = Math.min(untilAnyIsInhibited, inhibitAny);
    if (isLast && untilRequired === 0) requireSome(holding, certificate);
    if (holding !== "any" && mapped.size > 0) holding = new Set([...holding].filter((policy) => !mapped.has(policy)));
  }
}

function intersect(holding: Policies, stated: ReadonlySet<string>, anyCounts: boolean): Policies {
  if (stated.has(ANY_POLICY) && anyCounts) return holding;
  const named = [...stated].filter((policy) => policy !== ANY_POLICY);
  return new Set(holding === "any" ? named : named.filter((policy) => holding.has(policy)));
}

function requireSome(holding: Policies, { subject }: Certificate): void {
  if (holding === "any" || holding.size > 0) return;
  throw new AssayError("CERTIFICATE_POLICY", `a CA on the path demands that a certificate policy hold, and at ${subject.rfc4514} none does`);
}
