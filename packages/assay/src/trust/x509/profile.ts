import { AssayError } from "../../error.ts";
import { isNegative } from "../../encoding/der-values.ts";
import type { Certificate } from "./certificate.ts";
import { EXTENSION } from "./extensions.ts";
import { malformation } from "./general-name.ts";

/** What a certificate is on a path: the rules of RFC 5280 differ. */
export type Role = "leaf" | "intermediate" | "anchor";

/** The extensions that may be critical because path validation acts on them. Others that are critical are refused (section 4.2). */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.keyUsage,
  EXTENSION.subjectAlternativeName,
  EXTENSION.basicConstraints,
  EXTENSION.nameConstraints,
  EXTENSION.certificatePolicies,
  EXTENSION.policyMappings,
  EXTENSION.policyConstraints,
  EXTENSION.extendedKeyUsage,
  EXTENSION.inhibitAnyPolicy,
]);

const MUST_BE_CRITICAL: readonly string[] = [EXTENSION.nameConstraints, EXTENSION.policyConstraints, EXTENSION.inhibitAnyPolicy];

const MAX_SERIAL_OCTETS = 20;

/**
 * Everything that RFC 5280 asks of one certificate whatever the rest of the path. `isSelfSigned` frees
 * from naming the issuer's key.
 *
 * Throws CERTIFICATE_INVALID for what no certificate may have, CERTIFICATE_EXTENSION_UNKNOWN,
 * CERTIFICATE_BASIC_CONSTRAINTS and CERTIFICATE_KEY_USAGE for a CA that may be none,
 * CERTIFICATE_KEY_IDENTIFIER.
 */
export function checkProfile(certificate: Certificate, role: Role, isSelfSigned: boolean): void {
  checkOwnRules(certificate);
  checkKeyIdentifiers(certificate, role, isSelfSigned);
  if (role !== "leaf") checkCa(certificate);
}

/** The part of the profile that does not depend on a certificate's place in a path. Throws as `checkProfile`. */
export function checkOwnRules(certificate: Certificate): void {
  checkFields(certificate);
  checkExtensions(certificate);
}

/** Section 4.1.2. */
function checkFields(certificate: Certificate): void {
  const { algorithmsAgree, serial, issuer, subject, subjectAlternativeNames } = certificate;
  const refuse = refuser("CERTIFICATE_INVALID", certificate);
  if (!algorithmsAgree) throw refuse("names two different signature algorithms, one inside and one outside of what is signed");
  if (isNegative(serial) || serial.every((octet) => octet === 0)) throw refuse("has a serial number that is not positive");
  if (serial.length > MAX_SERIAL_OCTETS) throw refuse(`has a serial number of over ${MAX_SERIAL_OCTETS} octets`);
  if (issuer.keys.length === 0) throw refuse("has an empty issuer");
  if (subject.keys.length === 0) {
    const isNamedElsewhere = certificate.extensions.get(EXTENSION.subjectAlternativeName)?.critical === true;
    if (!isNamedElsewhere) throw refuse("has an empty subject and no critical subject alternative name");
  }
  for (const name of subjectAlternativeNames) {
    const why = malformation(name);
    if (why !== undefined) throw refuse(`has the name ${JSON.stringify(name.value)}, which ${why}`);
  }
}

/** Section 4.2 and the criticality that its parts ask for. */
function checkExtensions(certificate: Certificate): void {
  const { extensions, basicConstraints, keyUsage, nameConstraints } = certificate;
  for (const [oid, { critical }] of extensions) {
    if (critical && !UNDERSTOOD.has(oid)) {
      throw refuser("CERTIFICATE_EXTENSION_UNKNOWN", certificate)(`has the critical extension ${oid}, which is not understood here or must not be critical`);
    }
  }
  const refuse = refuser("CERTIFICATE_INVALID", certificate);
  for (const oid of MUST_BE_CRITICAL) {
    if (extensions.get(oid)?.critical === false) throw refuse(`has the extension ${oid}, which must be critical`);
  }
  const isCa = basicConstraints?.isCa === true;
  if (keyUsage?.has("keyCertSign") === true && !isCa) throw refuse("may sign certificates by its key usage, and is no CA by its basic constraints");
  if (basicConstraints?.pathLength !== undefined && keyUsage?.has("keyCertSign") === false) {
    throw refuse("has a path length, and may not sign certificates by its key usage");
  }
  if (nameConstraints !== undefined && !isCa) throw refuse("has name constraints, and is no CA");
}

/** Sections 4.2.1.1 and 4.2.1.2. */
function checkKeyIdentifiers(certificate: Certificate, role: Role, isSelfSigned: boolean): void {
  const refuse = refuser("CERTIFICATE_KEY_IDENTIFIER", certificate);
  if (certificate.authorityKeyIdentifier === undefined && !isSelfSigned) {
    throw refuse("does not name its issuer's key (authority key identifier)");
  }
  if (certificate.subjectKeyIdentifier === undefined && role !== "leaf") {
    throw refuse("is a CA and does not name its own key (subject key identifier)");
  }
}

/** Sections 4.2.1.3, 4.2.1.9 and 6.1.4(k) to (n). */
function checkCa(certificate: Certificate): void {
  const { extensions, basicConstraints, keyUsage, subject } = certificate;
  const refuse = refuser("CERTIFICATE_BASIC_CONSTRAINTS", certificate);
  if (subject.keys.length === 0) throw refuser("CERTIFICATE_INVALID", certificate)("is a CA without a name");
  if (basicConstraints?.isCa !== true) throw refuse("signs certificates and is no CA by its basic constraints");
  if (extensions.get(EXTENSION.basicConstraints)?.critical !== true) throw refuse("is a CA whose basic constraints are not critical");
  if (keyUsage?.has("keyCertSign") === false) {
    throw refuser("CERTIFICATE_KEY_USAGE", certificate)("signs certificates, which its key usage does not allow");
  }
}

type ProfileCode =
  | "CERTIFICATE_INVALID"
  | "CERTIFICATE_EXTENSION_UNKNOWN"
  | "CERTIFICATE_BASIC_CONSTRAINTS"
  | "CERTIFICATE_KEY_USAGE"
  | "CERTIFICATE_KEY_IDENTIFIER";

function refuser(code: ProfileCode, certificate: Certificate): (what: string) => AssayError {
  return (what) => new AssayError(code, `the certificate of ${certificate.subject.rfc4514 || "nobody"} ${what}`);
}
