import type { Certificate } from "./certificate.ts";
import { ConstrainedNames } from "./constrained-names.ts";
import { ValidPolicies } from "./policies.ts";
import { certificateRefusal } from "./refusal.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * What RFC 5280 section 6.1 asks of the certificates of a path together, from the anchor down; their
 * signatures and each one's own rules aside. `path` is leaf first, anchor last. The anchor is a
 * certificate, and what it says of its own limits is believed too (RFC 5937).
 *
 * Throws CERTIFICATE_PATH_LENGTH, CERTIFICATE_NAME_CONSTRAINT, CERTIFICATE_POLICY, CERTIFICATE_PATH_WORK.
 */
export function checkPathRules(path: readonly Certificate[], budget: WorkBudget): void {
  const [leaf] = path;
  const anchor = path.at(-1);
  const names = new ConstrainedNames();
  const policies = new ValidPolicies();
  /** max_path_length: how many more CAs may follow that are not self-issued. */
  let remaining = Infinity;
  for (const certificate of path.toReversed()) {
    const { isSelfIssued, basicConstraints, nameConstraints } = certificate;
    const [isAnchor, isLeaf] = [certificate === anchor, certificate === leaf];
    if (!isAnchor) {
      // A CA that certifies a new key of its own is bound by nothing that it does not say itself.
      const isExempt = isSelfIssued && !isLeaf;
      if (!isExempt) names.check(certificate.subject, certificate.subjectAlternativeNames, budget);
      policies.enter(certificate.policies, isExempt);
    }
    if (isLeaf) {
      policies.conclude(certificate.policies);
      return;
    }
    if (!isAnchor && !isSelfIssued) {
      // 6.1.4 (l)
      if (remaining <= 0)
        throw certificateRefusal(certificate, "CERTIFICATE_PATH_LENGTH", "is deeper in the path than a path length above it allows");
      remaining--;
    }
    remaining = Math.min(remaining, basicConstraints?.pathLength ?? Infinity);
    if (nameConstraints !== undefined) names.add(nameConstraints);
    policies.leave(certificate.policies, { isAnchor, isSelfIssued });
  }
}
