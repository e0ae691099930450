import { decodePem } from "../../encoding/pem.ts";
import { AssayError } from "../../error.ts";
import { MAX_LIST_BYTES, parseRevocationList, type RevocationList } from "./crl.ts";

/**
 * The revocation lists in a file: one in DER, or any number of PEM blocks `X509 CRL` (RFC 7468 section
 * 6) among others. Throws CRL_INVALID for a list that is malformed or of a kind that is not supported,
 * for a file without any and for one of over 64 MiB; PEM_INVALID.
 */
export function readRevocationLists(file: Uint8Array | string): RevocationList[] {
  if (file.length > MAX_LIST_BYTES) {
    throw new AssayError("CRL_INVALID", `a file of revocation lists of ${file.length} bytes; ${MAX_LIST_BYTES} are the most`);
  }
  if (typeof file !== "string" && file[0] === 0x30) return [parseRevocationList(file)];
  const blocks = decodePem(file).filter(({ label }) => label === "X509 CRL");
  if (blocks.length === 0) throw new AssayError("CRL_INVALID", "there is no revocation list in the file, neither PEM nor DER");
  return blocks.map(({ bytes }) => parseRevocationList(bytes));
}
