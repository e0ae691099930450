import { TAG } from "../../encoding/der.ts";
import { writeDer } from "../../encoding/der-writer.ts";

const VERSION_1 = writeDer(TAG.integer, Uint8Array.of(1));
const CERT_REQ = writeDer(TAG.boolean, Uint8Array.of(0xff));
/** AlgorithmIdentifier of SHA-256, 2.16.840.1.101.3.4.2.1, parameters NULL: RFC 4055 section 2.1. */
const SHA_256 = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00);

/**
 * A TimeStampReq (RFC 3161 section 2.4.1), DER: for the SHA-256 of what is to be stamped, with the
 * authority's certificate asked for. `nonce` is the content of an INTEGER: see `positiveInteger`.
 */
export function writeTimestampRequest(sha256: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = writeDer(TAG.sequence, SHA_256, writeDer(TAG.octetString, sha256));
  return writeDer(TAG.sequence, VERSION_1, imprint, writeDer(TAG.integer, nonce), CERT_REQ);
}
