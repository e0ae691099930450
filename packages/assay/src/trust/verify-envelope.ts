import type { Bundle } from "../bundle/bundle.ts";
import type { VerifiedEnvelope } from "./envelope.ts";
import { verifyByCertificate } from "./method-certificate.ts";
import { verifyByKey } from "./method-key.ts";
import type { Trust } from "./trust.ts";

/**
 * The first gate: proves that the bundle's payload was signed by somebody whom the caller trusts.
 *
 * `now` is the moment at which certificates are judged: never one that the bundle names.
 * Throws METHOD_MISMATCH where the bundle was signed by another method, and what the method throws:
 * see `verifyByKey` and `verifyByCertificate`.
 */
export async function verifyEnvelope(bundle: Bundle, trust: Trust, now: Date): Promise<VerifiedEnvelope> {
  const { signature, signer, warnings } =
    trust.method === "key" ? await verifyByKey(bundle, trust) : await verifyByCertificate(bundle, trust, now);
  const envelope: Unproven = {
    payload: bundle.envelope.payload,
    signer,
    verifiedAt: { time: now, source: "clock" },
    historical: signature.historical,
    warnings,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand has no value; this line is what it stands for
  return envelope as VerifiedEnvelope;
}

/** The fields without the mark. */
type Unproven = Pick<VerifiedEnvelope, "payload" | "signer" | "verifiedAt" | "historical" | "warnings">;
