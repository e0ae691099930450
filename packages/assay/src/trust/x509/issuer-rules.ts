import type { Issuer } from "./issuers.ts";
import { checkIssuer, checkKeyIdentifiers, checkProfile, checkPurpose } from "./profile.ts";
import { mustNotBeWeak } from "./signature-algorithm.ts";
import { checkValidity } from "./validity.ts";
import type { WorkBudget } from "./work-budget.ts";

/** What every certificate of a path is judged by. */
export interface PathContext {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Object identifier of the purpose that the leaf is used for. */
  readonly purpose: string | undefined;
  readonly budget: WorkBudget;
}

/** What is asked of one CA of a path, whatever stands around it. Throws what the checks of `profile.ts` and `validity.ts` throw. */
export async function checkIssuerRules({ certificate, isAnchor }: Issuer, { at, purpose, budget }: PathContext): Promise<void> {
  checkProfile(certificate);
  checkValidity(certificate, at);
  checkIssuer(certificate);
  checkPurpose(certificate, purpose);
  // A root's signature on itself proves nothing, so that its algorithm does not matter; whoever signed any other anchor vouches for it.
  if (isAnchor && !certificate.isSelfIssued) mustNotBeWeak(certificate.signatureAlgorithm);
  await checkKeyIdentifiers(certificate, budget);
}
