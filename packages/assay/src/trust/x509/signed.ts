import { type DerValue, type NoteDeparture, readDer, TAG } from "../../encoding/der.ts";
import { readBitStringBytes } from "../../encoding/der-values.ts";

/** What an issuer signed, by which algorithm, and the signature: nothing of it is proven. */
export interface SignedValue {
  readonly tbs: DerValue;
  readonly signatureAlgorithm: DerValue;
  readonly signature: Uint8Array;
}

/** The outside that certificates and revocation lists share: RFC 5280 sections 4.1.1 and 5.1.1. Throws DER_INVALID. */
export function readSigned(der: Uint8Array, note?: NoteDeparture): SignedValue {
  const outer = readDer(der, note).in(TAG.sequence);
  const tbs = outer.next();
  const signatureAlgorithm = outer.next(TAG.sequence);
  const signature = readBitStringBytes(outer.next());
  outer.end();
  return { tbs, signatureAlgorithm, signature };
}
