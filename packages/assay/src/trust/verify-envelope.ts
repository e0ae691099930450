import type { Bundle } from "../bundle/bundle.ts";
import type { VerifiedEnvelope } from "./envelope.ts";
import type { MethodResult } from "./method.ts";
import { verifyByCertificate } from "./method-certificate.ts";
import { verifyByKey } from "./method-key.ts";
import { verifyBySigstore } from "./method-sigstore.ts";
import type { Trust } from "./trust.ts";

/**
 * The first gate: proves that the bundle's payload was signed by a signer whom the caller trusts.
 *
 * `now` is the time for which certificates are checked where no trusted time is proven: never one that
 * the bundle names. Throws METHOD_MISMATCH where the bundle was signed by another method, and what the
 * method throws: see `verifyByKey`, `verifyByCertificate` and `verifyBySigstore`.
 */
export async function verifyEnvelope(bundle: Bundle, trust: Trust, now: Date): Promise<VerifiedEnvelope> {
  const { signature, signer, warnings, evidence, verifiedAt, revocation } = await verifyByMethod(bundle, trust, now);
  const envelope: Unproven = {
    payload: bundle.envelope.payload,
    signer,
    verifiedAt: verifiedAt ?? { time: now, source: "clock" },
    evidence,
    revocation,
    historical: signature.historical,
    warnings,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand has no value; this line is what makes it
  return envelope as VerifiedEnvelope;
}

function verifyByMethod(bundle: Bundle, trust: Trust, now: Date): Promise<MethodResult> {
  switch (trust.method) {
    case "key":
      return verifyByKey(bundle, trust);
    case "certificate":
      return verifyByCertificate(bundle, trust, now);
    case "sigstore":
      return verifyBySigstore(bundle, trust);
  }
}

/** The fields without the mark. */
type Unproven = Pick<VerifiedEnvelope, "payload" | "signer" | "verifiedAt" | "evidence" | "revocation" | "historical" | "warnings">;
