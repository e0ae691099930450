import type { Issuer } from "./issuers.ts";
import { checkCertificate, checkIssuer, checkPurpose } from "./certificate-rules.ts";
import { type PathProfile, refuseBreaches } from "./profile.ts";
import { mustNotBeWeak } from "./signature-algorithm.ts";
import { checkValidity } from "./validity.ts";
import type { WorkBudget } from "./work-budget.ts";

/** What every certificate of a path is checked against. */
export interface PathContext {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Object identifier of the purpose that the leaf is used for. */
  readonly purpose: string | undefined;
  readonly profile: PathProfile;
  readonly budget: WorkBudget;
}

/** What is asked of one CA of a path, whatever is around it. Throws what the rules of one certificate throw. */
export async function checkIssuerRules({ certificate, isAnchor }: Issuer, context: PathContext): Promise<void> {
  const { at, purpose, profile, budget } = context;
  checkCertificate(certificate, isAnchor && profile === "default");
  checkValidity(certificate, at);
  checkIssuer(certificate, isAnchor && profile === "default");
  checkPurpose(certificate, purpose);
  // A root's signature on itself proves nothing, so that its algorithm does not matter; the issuer of any other anchor vouches for it.
  if (isAnchor && !certificate.isSelfIssued) mustNotBeWeak(certificate.signatureAlgorithm);
  if (profile === "strict") await refuseBreaches(certificate, budget);
}
