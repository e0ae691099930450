import { AssayError } from "../core/error.ts";
import type { Certificate } from "./x509/certificate.ts";
import { EXTENSION } from "./x509/extensions.ts";

/** id-kp-codeSigning, RFC 5280 section 4.2.1.12. */
export const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/** id-kp-timeStamping, RFC 5280 section 4.2.1.12. */
export const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** RFC 3161 section 2.3: the certificate is for time stamping, and the extension that says so is critical and says nothing else. */
export function isForTimestampsOnly({ extendedKeyUsage, extensions }: Certificate): boolean {
  const isOnlyPurpose = extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === TIME_STAMPING;
  return isOnlyPurpose && extensions.get(EXTENSION.extendedKeyUsage)?.critical === true;
}

/** anyExtendedKeyUsage, RFC 5280 section 4.2.1.12. */
const ANY_PURPOSE = "2.5.29.37.0";

/** What a signer's certificate must list: codeSigning by name, or whatever does not exclude it. */
export type LeafPurpose = "codeSigning" | "any";

/**
 * What a signer's own certificate must allow, beyond being valid.
 *
 * - Key usage, where it is present, has digitalSignature (RFC 5280 section 4.2.1.3).
 * - Extended key usage, where it is present, lists codeSigning or anyExtendedKeyUsage: a TLS certificate
 *   under the same root cannot sign models.
 * - Without extended key usage RFC 5280 section 4.2.1.12 restricts nothing; then key usage must be
 *   present. With neither extension, nothing says that the certificate is for signing.
 * - `codeSigning` asks for that purpose by name, as Sigstore's certificates have it.
 *
 * Throws LEAF_USAGE.
 */
export function checkLeafUsage(leaf: Certificate, purpose: LeafPurpose): void {
  const { extendedKeyUsage, keyUsage } = leaf;
  if (keyUsage !== undefined && !keyUsage.has("digitalSignature")) {
    throw unsuited(leaf, "is not for signatures: its key usage lacks digitalSignature");
  }
  if (purpose === "codeSigning" && extendedKeyUsage?.includes(CODE_SIGNING) !== true) {
    throw unsuited(leaf, "does not list the extended key usage codeSigning, which was asked for by name");
  }
  if (extendedKeyUsage === undefined) {
    if (keyUsage !== undefined) return;
    throw unsuited(leaf, "does not say what it is for: it has neither key usage digitalSignature nor extended key usage codeSigning");
  }
  if (extendedKeyUsage.includes(CODE_SIGNING) || extendedKeyUsage.includes(ANY_PURPOSE)) return;
  throw unsuited(leaf, "is not for signing code: its extended key usage lists neither codeSigning nor anyExtendedKeyUsage");
}

function unsuited({ subject }: Certificate, problem: string): AssayError {
  return new AssayError("LEAF_USAGE", `the signer's certificate (${subject.rfc4514}) ${problem}`);
}
