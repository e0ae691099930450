import { AssayError, type AssayErrorOptions } from "../../error.ts";
import type { ErrorCode } from "../../error-codes.ts";
import { parsePublicKey } from "../public-key.ts";
import { type Certificate, isSelfSigned } from "./certificate.ts";
import { EXTENSION } from "./extensions.ts";
import { malformation } from "./general-name.ts";
import { subtreeMalformation } from "./name-constraints.ts";
import type { WorkBudget } from "./work-budget.ts";

const PROCESSED: ReadonlySet<string> = new Set(Object.values(EXTENSION));
const ALWAYS_CRITICAL = [
  [EXTENSION.nameConstraints, "name constraints"],
  [EXTENSION.policyConstraints, "policy constraints"],
  [EXTENSION.inhibitAnyPolicy, "inhibit anyPolicy"],
] as const;
const NEVER_CRITICAL = [
  [EXTENSION.subjectKeyIdentifier, "subject key identifier"],
  [EXTENSION.authorityKeyIdentifier, "authority key identifier"],
] as const;

/**
 * What RFC 5280 sections 4.1 and 4.2 demand of every certificate on a path, whatever its place there.
 *
 * Throws CERTIFICATE_INVALID, CERTIFICATE_EXTENSION_UNKNOWN, CERTIFICATE_NAME_CONSTRAINT, and what
 * `parsePublicKey` throws.
 */
export function checkProfile(certificate: Certificate): void {
  checkFields(certificate);
  checkCriticality(certificate);
  checkCaConsistency(certificate);
  checkNames(certificate);
  parsePublicKey(certificate.spki);
}

/** Sections 4.1.1.2, 4.1.2.2 and 4.1.2.4. */
function checkFields(certificate: Certificate): void {
  const { serial, algorithmsAgree, issuer } = certificate;
  if (!algorithmsAgree) throw refusal(certificate, "CERTIFICATE_INVALID", "names two different signature algorithms");
  const isPositive = (serial[0] ?? 0) < 0x80 && serial.some((octet) => octet !== 0);
  if (!isPositive) throw refusal(certificate, "CERTIFICATE_INVALID", "has a serial number that is zero or negative");
  if (serial.length > 20)
    throw refusal(certificate, "CERTIFICATE_INVALID", `has a serial number of ${serial.length} octets; 20 are the most`);
  if (issuer.keys.length === 0) throw refusal(certificate, "CERTIFICATE_INVALID", "has no issuer name");
}

function checkCriticality(certificate: Certificate): void {
  for (const [oid, { critical }] of certificate.extensions) {
    if (critical && !PROCESSED.has(oid)) {
      throw refusal(certificate, "CERTIFICATE_EXTENSION_UNKNOWN", `has the critical extension ${oid}, which is not processed here`);
    }
  }
  for (const [extension, what] of ALWAYS_CRITICAL) {
    if (certificate.extensions.get(extension)?.critical === false) {
      throw refusal(certificate, "CERTIFICATE_INVALID", `has an extension ${what} that is not critical, and must be`);
    }
  }
  for (const [extension, what] of NEVER_CRITICAL) {
    if (certificate.extensions.get(extension)?.critical === true) {
      throw refusal(certificate, "CERTIFICATE_EXTENSION_UNKNOWN", `has a critical extension ${what}, and it must not be critical`);
    }
  }
}

/** What only a CA may have: sections 4.2.1.3, 4.2.1.9 and 4.2.1.10. */
function checkCaConsistency(certificate: Certificate): void {
  const { basicConstraints, keyUsage, nameConstraints } = certificate;
  const isCa = basicConstraints?.isCa === true;
  const signsCertificates = keyUsage?.has("keyCertSign");
  if (signsCertificates === true && !isCa) {
    throw refusal(certificate, "CERTIFICATE_INVALID", "may sign certificates by its key usage, and is no CA by its basic constraints");
  }
  if (basicConstraints?.pathLength !== undefined && signsCertificates === false) {
    throw refusal(certificate, "CERTIFICATE_INVALID", "limits the path below it, and may not sign certificates");
  }
  if (nameConstraints !== undefined && !isCa) {
    throw refusal(certificate, "CERTIFICATE_INVALID", "has name constraints, and is no CA");
  }
}

/** Sections 4.1.2.6, 4.2.1.6 and 4.2.1.10. */
function checkNames(certificate: Certificate): void {
  const { subject, subjectAlternativeNames, basicConstraints, extensions, nameConstraints } = certificate;
  if (subject.keys.length === 0) {
    if (basicConstraints?.isCa === true) throw refusal(certificate, "CERTIFICATE_INVALID", "is a CA without a subject");
    if (extensions.get(EXTENSION.subjectAlternativeName)?.critical !== true) {
      throw refusal(certificate, "CERTIFICATE_INVALID", "has no subject, and no critical subject alternative name instead");
    }
  }
  for (const name of subjectAlternativeNames) {
    const problem = malformation(name);
    if (problem !== undefined)
      throw refusal(certificate, "CERTIFICATE_INVALID", `has the name ${name.type}:${name.value}, which ${problem}`);
  }
  for (const base of [...(nameConstraints?.permitted ?? []), ...(nameConstraints?.excluded ?? [])]) {
    const problem = subtreeMalformation(base);
    if (problem === undefined) continue;
    throw refusal(certificate, "CERTIFICATE_NAME_CONSTRAINT", `has the name constraint ${base.type}:${base.value}, which ${problem}`);
  }
}

/**
 * The key identifiers that section 4.2.1.1 and 4.2.1.2 demand: a CA's own, and its issuer's, which only a
 * self-signed certificate may leave out. Throws CERTIFICATE_KEY_IDENTIFIER, CERTIFICATE_PATH_WORK.
 */
export async function checkKeyIdentifiers(certificate: Certificate, budget: WorkBudget): Promise<void> {
  if (certificate.basicConstraints?.isCa === true && certificate.subjectKeyIdentifier === undefined) {
    throw refusal(certificate, "CERTIFICATE_KEY_IDENTIFIER", "is a CA without a subject key identifier", {
      hint: "issue it again with: subjectKeyIdentifier=hash",
    });
  }
  if (certificate.authorityKeyIdentifier !== undefined) return;
  budget.spendSignature(parsePublicKey(certificate.spki));
  if (!(await isSelfSigned(certificate))) {
    const hint = "issue it again with: authorityKeyIdentifier=keyid";
    throw refusal(certificate, "CERTIFICATE_KEY_IDENTIFIER", "does not name its issuer's key: it has no authority key identifier", {
      hint,
    });
  }
}

/** Sections 6.1.4 (k) and (n), and 4.2.1.9: what a certificate needs that others are issued by. */
export function checkIssuer(certificate: Certificate): void {
  const { basicConstraints, keyUsage, extensions } = certificate;
  if (basicConstraints?.isCa !== true)
    throw refusal(certificate, "CERTIFICATE_BASIC_CONSTRAINTS", "issued another, and is no CA by its basic constraints");
  if (extensions.get(EXTENSION.basicConstraints)?.critical !== true) {
    throw refusal(certificate, "CERTIFICATE_BASIC_CONSTRAINTS", "is a CA whose basic constraints are not critical, and must be");
  }
  if (keyUsage?.has("keyCertSign") === false)
    throw refusal(certificate, "CERTIFICATE_KEY_USAGE", "issued another, and may not by its key usage");
}

const ANY_PURPOSE = "2.5.29.37.0";

/** Section 4.2.1.12: a certificate that lists purposes is for these only; a CA's list holds for all below it. */
export function checkPurpose(certificate: Certificate, purpose: string | undefined): void {
  const { extendedKeyUsage } = certificate;
  if (purpose === undefined || extendedKeyUsage === undefined) return;
  if (extendedKeyUsage.includes(purpose) || extendedKeyUsage.includes(ANY_PURPOSE)) return;
  throw refusal(
    certificate,
    "CERTIFICATE_EXTENDED_KEY_USAGE",
    `is not for ${showPurpose(purpose)}: its extended key usage lists ${extendedKeyUsage.map(showPurpose).join(", ")}`,
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

export function refusal(
  certificate: Certificate,
  code: ErrorCode,
  problem: string,
  advice: Pick<AssayErrorOptions, "hint" | "remedy"> = {},
): AssayError {
  return new AssayError(code, `the certificate ${describe(certificate)} ${problem}`, advice);
}

export function describe({ subject }: Certificate): string {
  return subject.rfc4514 === "" ? "without a subject" : `"${subject.rfc4514}"`;
}
