import { decide, type DecideOptions } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { fittingSigner } from "./evaluate/signers.ts";
import { isUnavailable, type DecisionKnowledge, type Facts, type SignerCheck } from "./facts.ts";
import type { LockedModel } from "./lock.ts";
import { matchingEntry } from "./match.ts";
import type { Policy } from "./policy.ts";
import { momentOf } from "./read/times.ts";

/** What an entry of a lock file has beside what facts and policy say. */
export interface PinTerms {
  /** `sha256:` and hex of the policy's bytes. */
  readonly policyDigest: string;
  /** Of the reference that the caller gave. */
  readonly revision: string | undefined;
  /** The moment of the decision. */
  readonly at: Date;
}

/**
 * The entry of a lock file for a model, and the decision that it records: by the policy, with this entry as the pin. So a
 * policy that requires a pin can be satisfied by the first one. What was pinned before is compared apart: `pinChanges`.
 *
 * The signer is one whom the policy trusts; null pins the bytes alone, where the policy asks for no signer or none fits.
 */
export function pinModel(
  facts: Facts,
  policy: Policy,
  { policyDigest, revision, at }: PinTerms,
  knowledge: DecisionKnowledge,
  options: DecideOptions = {},
): { readonly entry: LockedModel; readonly decision: Decision } {
  const signed = trustedSigner(facts, policy, at);
  const { name, manifestDigest } = facts.model;
  const provenTime = signed?.provenTime;
  const entry: LockedModel = {
    manifest: manifestDigest,
    signer: signed?.signer ?? null,
    revision,
    signedAt: provenTime === undefined ? undefined : momentOf(provenTime),
    decision: "incomplete",
    policy: policyDigest,
    pinned: at.toISOString(),
  };
  const decision = decide({ ...facts, lock: { lock: { models: new Map([[name, entry]]) } } }, policy, at, knowledge, options);
  return { entry: { ...entry, decision: decision.decision }, decision };
}

/** The signature by a signer of either scope, `always` first: what a pin is compared with. */
function trustedSigner({ signature, model }: Facts, policy: Policy, at: Date): SignerCheck | undefined {
  if (isUnavailable(signature)) return undefined;
  const always = fittingSigner(signature, "always", policy.always?.signers?.anyOf ?? [], at);
  return (always ?? fittingSigner(signature, "entry", matchingEntry(policy, model)?.rules?.signers?.anyOf ?? [], at))?.check;
}
