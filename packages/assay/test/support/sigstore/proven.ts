import type { VerifiedBundle } from "../../../src/trust/verify-bundle.ts";
import type { VerifiedEnvelope } from "../../../src/trust/index.ts";

/** What a verification proves, of a model's bundle or of any. */
export type Proven = VerifiedEnvelope | VerifiedBundle;

/** Who signed what: in one text, to be compared. */
export function proves(proven: Proven): string {
  const { signer } = proven;
  const payload = "payload" in proven ? proven.payload : (proven.statement ?? new Uint8Array());
  return JSON.stringify({ signer, payload: Buffer.from(payload).toString("base64") });
}
