import { AssayError } from "../../core/error.ts";
import { parsePublicKey } from "../public-key.ts";
import { type SignatureScheme, verifySignature } from "../signature.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import type { Certificate } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";
import { sameName } from "./name.ts";
import { readSignatureAlgorithm } from "./signature-algorithm.ts";

/** The lists of one CA of a path. */
export interface ListsOfIssuer {
  /** Signed by the CA's key. */
  readonly proven: readonly RevocationList[];
  /** Of a CA of the same name, which say themselves that another key signed them. Not looked at any further. */
  readonly ofOtherKeys: readonly RevocationList[];
}

/**
 * Sorts lists by the CA of the path whose key signed them: RFC 5280 section 6.3.3 (f) and (g), for the
 * CA itself as the lists' issuer. A list must be signed by the key that signed the certificates that it
 * counts for: one by an older or newer key of the same CA does not count, as its own path is not known.
 *
 * Lists of CAs that are not on the path are left alone. Throws CRL_INVALID for one that names a CA of
 * the path and that its key did not sign, or may not by its key usage; ALGORITHM_FORBIDDEN and
 * ALGORITHM_UNKNOWN for how it is signed.
 */
export async function listsByIssuer(
  issuers: readonly Certificate[],
  lists: readonly RevocationList[],
): Promise<ReadonlyMap<Certificate, ListsOfIssuer>> {
  const sorted = new Map(issuers.map((issuer) => [issuer, { proven: [] as RevocationList[], ofOtherKeys: [] as RevocationList[] }]));
  for (const list of lists) {
    const namesakes = [...sorted].filter(([{ subject }]) => sameName(subject, list.issuer));
    const signers = await Promise.all(namesakes.map(async ([issuer]) => mayBeBy(list, issuer) && (await isSignedBy(list, issuer))));
    for (const [index, [issuer, own]] of namesakes.entries()) {
      if (signers[index] === true) {
        mustBeAllowed(issuer);
        own.proven.push(list);
      } else if (signers.includes(true) || !mayBeBy(list, issuer)) {
        own.ofOtherKeys.push(list);
      } else {
        throw new AssayError("CRL_INVALID", `the revocation list of "${list.issuer.rfc4514}" is not signed by that issuer's key`);
      }
    }
  }
  return sorted;
}

/** Whether the list does not name another key than this issuer's. */
function mayBeBy({ authorityKeyIdentifier: named }: RevocationList, { subjectKeyIdentifier: own }: Certificate): boolean {
  return named === undefined || own === undefined || sameBytes(named, own);
}

function mustBeAllowed({ keyUsage, subject }: Certificate): void {
  if (keyUsage?.has("cRLSign") !== false) return;
  throw new AssayError("CRL_INVALID", `"${subject.rfc4514}" signed a revocation list, and may not by its key usage`);
}

async function isSignedBy(list: RevocationList, issuer: Certificate): Promise<boolean> {
  const scheme = readScheme(list);
  try {
    return await verifySignature(parsePublicKey(issuer.spki), scheme, list.signature, list.tbs);
  } catch (error) {
    // A signature that such a key cannot have made is by another key, or not a signature.
    const isOther = error instanceof AssayError && ["SIGNATURE_ENCODING", "SIGNATURE_INVALID", "ALGORITHM_FORBIDDEN"].includes(error.code);
    if (isOther) return false;
    throw error;
  }
}

/** How the list is signed; refused in the words of lists. */
function readScheme(list: RevocationList): SignatureScheme {
  try {
    return readSignatureAlgorithm(list.signatureAlgorithm);
  } catch (cause) {
    if (!(cause instanceof AssayError)) throw cause;
    const subject = `the revocation list of "${list.issuer.rfc4514}" is signed by an algorithm`;
    switch (cause.code) {
      case "ALGORITHM_FORBIDDEN":
        throw new AssayError(cause.code, `${subject} that is no longer secure`, { cause });
      case "ALGORITHM_UNKNOWN":
        throw new AssayError(cause.code, `${subject} that is unsupported`, { cause });
      case "DER_INVALID":
        throw new AssayError("CRL_INVALID", `${subject} whose parameters are malformed: ${cause.message}`, { cause });
      default:
        throw cause;
    }
  }
}
