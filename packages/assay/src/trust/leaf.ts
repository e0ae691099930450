import { AssayError } from "../error.ts";
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

/**
 * What a signer's own certificate must allow, beyond being valid: the extended key usage lists
 * codeSigning by name (anyExtendedKeyUsage and no list at all do not count, or every TLS certificate
 * under the same root could sign models), and a key usage, where there is one, has digitalSignature.
 *
 * Throws LEAF_USAGE.
 */
export function checkLeafUsage(leaf: Certificate): void {
  const who = `the signer's certificate (${leaf.subject.rfc4514})`;
  if (leaf.extendedKeyUsage === undefined) {
    throw new AssayError("LEAF_USAGE", `${who} does not say what it is for; it must list the extended key usage codeSigning`);
  }
  if (!leaf.extendedKeyUsage.includes(CODE_SIGNING)) {
    throw new AssayError("LEAF_USAGE", `${who} is not for signing code: its extended key usage does not list codeSigning`);
  }
  if (leaf.keyUsage !== undefined && !leaf.keyUsage.has("digitalSignature")) {
    throw new AssayError("LEAF_USAGE", `${who} is not for signatures: its key usage lacks digitalSignature`);
  }
}
