import { parsePublicKey } from "../public-key.ts";
import type { Certificate } from "./certificate.ts";
import { EXTENSION } from "./extensions.ts";
import { certificateRefusal } from "./refusal.ts";

const PROCESSED: ReadonlySet<string> = new Set(Object.values(EXTENSION));

/**
 * What path validation asks of every certificate in every profile: a key that can verify, no critical
 * extension that is not processed (RFC 5280 sections 6.1.4 (o) and 6.1.5 (f)), and, save for an anchor,
 * whose own signature is not what it is trusted for, one signature algorithm inside and outside of what
 * is signed (section 4.1.1.2).
 *
 * Throws CERTIFICATE_INVALID, CERTIFICATE_EXTENSION_UNKNOWN, and what `parsePublicKey` throws.
 */
export function checkCertificate(certificate: Certificate, isAnchor: boolean): void {
  if (!certificate.algorithmsAgree && !isAnchor) {
    throw certificateRefusal(certificate, "CERTIFICATE_INVALID", "names two different signature algorithms");
  }
  for (const [oid, { critical }] of certificate.extensions) {
    if (!critical || PROCESSED.has(oid)) continue;
    throw certificateRefusal(certificate, "CERTIFICATE_EXTENSION_UNKNOWN", `has the critical extension ${oid}, which is unsupported`);
  }
  parsePublicKey(certificate.spki);
}

/**
 * Sections 6.1.4 (k) and (n): what a certificate needs that others are issued by. One of version 1 has no
 * place to say that it is a CA: only as an anchor, which the caller knows by other means, does it count as one.
 */
export function checkIssuer(certificate: Certificate, isAnchor: boolean): void {
  const { basicConstraints, keyUsage, version } = certificate;
  const isOldAnchor = isAnchor && version !== 3;
  if (basicConstraints?.isCa !== true && !isOldAnchor) {
    throw certificateRefusal(certificate, "CERTIFICATE_BASIC_CONSTRAINTS", "issued another, and is not a CA by its basic constraints");
  }
  if (keyUsage?.has("keyCertSign") === false) {
    throw certificateRefusal(certificate, "CERTIFICATE_KEY_USAGE", "issued another, and may not by its key usage");
  }
}

const ANY_PURPOSE = "2.5.29.37.0";

/** Section 4.2.1.12: a certificate that lists purposes is for these only; a CA's list holds for all below it. */
export function checkPurpose(certificate: Certificate, purpose: string | undefined): void {
  const { extendedKeyUsage } = certificate;
  if (purpose === undefined || extendedKeyUsage === undefined) return;
  if (extendedKeyUsage.includes(purpose) || extendedKeyUsage.includes(ANY_PURPOSE)) return;
  const listed = extendedKeyUsage.length === 0 ? "nothing" : extendedKeyUsage.map(showPurpose).join(", ");
  throw certificateRefusal(
    certificate,
    "CERTIFICATE_EXTENDED_KEY_USAGE",
    `is not for ${showPurpose(purpose)}: its extended key usage lists ${listed}`,
  );
}

/** Names of RFC 5280 section 4.2.1.12, for messages. */
const PURPOSES: ReadonlyMap<string, string> = new Map([
  ["1.3.6.1.5.5.7.3.1", "serverAuth"],
  ["1.3.6.1.5.5.7.3.2", "clientAuth"],
  ["1.3.6.1.5.5.7.3.3", "codeSigning"],
  ["1.3.6.1.5.5.7.3.4", "emailProtection"],
  ["1.3.6.1.5.5.7.3.8", "timeStamping"],
  ["1.3.6.1.5.5.7.3.9", "OCSPSigning"],
]);

function showPurpose(oid: string): string {
  return PURPOSES.get(oid) ?? `the purpose ${oid}`;
}
