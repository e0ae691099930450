import type { ErrorCode } from "../../core/error-codes.ts";
import type { Warning } from "../../core/warning.ts";
import { parsePublicKey } from "../public-key.ts";
import { type Certificate, isSelfSigned } from "./certificate.ts";
import { EXTENSION } from "./extensions.ts";
import { malformation } from "./general-name.ts";
import { subtreeMalformation } from "./name-constraints.ts";
import { describeCertificate, certificateRefusal } from "./refusal.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * What RFC 5280 section 4 asks of those who issue certificates, and no verifier has to check (section 6
 * does not). A breach is refused by the profile `strict`; the profile `default` takes the certificate and
 * says so in a warning, for nothing that is trusted follows from it: every rule here is either about
 * bytes whose meaning is certain, or about a value that is then used in the stricter of its meanings.
 */
export type PathProfile = "default" | "strict";

/** A breach of section 4. */
export interface ProfileBreach {
  readonly certificate: Certificate;
  readonly code: ErrorCode;
  /** What is wrong, to follow the certificate's name. */
  readonly problem: string;
  readonly hint?: string;
}

/**
 * Every breach by one certificate, for a warning. Which certificates may leave out their issuer's key
 * identifier is told by the names, without a signature to verify.
 */
export function findBreaches(certificate: Certificate): ProfileBreach[] {
  return [...breachesOf(certificate, certificate.isSelfIssued)].map((breach) => ({ certificate, ...breach }));
}

/**
 * Throws the first breach, for the profile `strict`. Also CERTIFICATE_PATH_WORK, and what `parsePublicKey`
 * throws where it takes the certificate's own key to tell whether it is self-signed.
 */
export async function refuseBreaches(certificate: Certificate, budget: WorkBudget): Promise<void> {
  let isRoot = true;
  if (certificate.authorityKeyIdentifier === undefined) {
    budget.spendSignature(parsePublicKey(certificate.spki));
    isRoot = await isSelfSigned(certificate);
  }
  for (const { code, problem, hint } of breachesOf(certificate, isRoot)) throw certificateRefusal(certificate, code, problem, { hint });
}

/** What a result says of breaches, the certificate by its subject. */
export function breachWarnings(breaches: readonly ProfileBreach[]): Warning[] {
  return breaches.map(({ certificate, problem }) => ({
    code: "CERTIFICATE_PROFILE",
    message: `the certificate ${describeCertificate(certificate)} ${problem}`,
  }));
}

type Breach = Omit<ProfileBreach, "certificate">;

function* breachesOf(certificate: Certificate, isRoot: boolean): Generator<Breach> {
  for (const what of certificate.departures) yield invalid(`is not strict DER: ${what}`);
  yield* fieldBreaches(certificate);
  yield* criticalityBreaches(certificate);
  yield* caBreaches(certificate);
  yield* nameBreaches(certificate);
  yield* keyIdentifierBreaches(certificate, isRoot);
}

function invalid(problem: string): Breach {
  return { code: "CERTIFICATE_INVALID", problem };
}

/** Sections 4.1.2.2 and 4.1.2.4. */
function* fieldBreaches({ serial, issuer }: Certificate): Generator<Breach> {
  const isPositive = (serial[0] ?? 0) < 0x80 && serial.some((octet) => octet !== 0);
  if (!isPositive) yield invalid("has a serial number that is zero or negative");
  if (serial.length > 20) yield invalid(`has a serial number of ${serial.length} octets; at most 20`);
  if (issuer.keys.length === 0) yield invalid("has no issuer name");
}

const ALWAYS_CRITICAL = [
  [EXTENSION.nameConstraints, "name constraints"],
  [EXTENSION.policyConstraints, "policy constraints"],
  [EXTENSION.inhibitAnyPolicy, "inhibit anyPolicy"],
] as const;
const NEVER_CRITICAL = [
  [EXTENSION.subjectKeyIdentifier, "subject key identifier"],
  [EXTENSION.authorityKeyIdentifier, "authority key identifier"],
] as const;

/** These extensions are processed here whether they are critical or not. */
function* criticalityBreaches({ extensions, basicConstraints }: Certificate): Generator<Breach> {
  for (const [extension, what] of ALWAYS_CRITICAL) {
    if (extensions.get(extension)?.critical === false) yield invalid(`has an extension ${what} that is not critical, and must be`);
  }
  for (const [extension, what] of NEVER_CRITICAL) {
    if (extensions.get(extension)?.critical !== true) continue;
    yield { code: "CERTIFICATE_EXTENSION_UNKNOWN", problem: `has a critical extension ${what}, and it must not be critical` };
  }
  if (basicConstraints?.isCa === true && extensions.get(EXTENSION.basicConstraints)?.critical !== true) {
    yield { code: "CERTIFICATE_BASIC_CONSTRAINTS", problem: "is a CA whose basic constraints are not critical, and must be" };
  }
}

/** What only a CA may have: sections 4.2.1.3, 4.2.1.9 and 4.2.1.10. */
function* caBreaches({ basicConstraints, keyUsage, nameConstraints }: Certificate): Generator<Breach> {
  const isCa = basicConstraints?.isCa === true;
  const signsCertificates = keyUsage?.has("keyCertSign");
  if (signsCertificates === true && !isCa)
    yield invalid("may sign certificates by its key usage, and is not a CA by its basic constraints");
  if (isCa && basicConstraints?.pathLength !== undefined && signsCertificates === false) {
    yield invalid("limits the path below it, and may not sign certificates");
  }
  if (nameConstraints !== undefined && !isCa) yield invalid("has name constraints, and is not a CA");
}

/**
 * Sections 4.1.2.6, 4.2.1.6 and 4.2.1.10. Name constraints permit no malformed name, and a malformed
 * constraint permits no name of its form and excludes all of them: see `ConstrainedNames`.
 */
function* nameBreaches(certificate: Certificate): Generator<Breach> {
  const { subject, subjectAlternativeNames, basicConstraints, extensions, nameConstraints } = certificate;
  if (subject.keys.length === 0) {
    if (basicConstraints?.isCa === true) yield invalid("is a CA without a subject");
    else if (extensions.get(EXTENSION.subjectAlternativeName)?.critical !== true) {
      yield invalid("has no subject, and no critical subject alternative name instead");
    }
  }
  for (const name of subjectAlternativeNames) {
    const problem = malformation(name);
    if (problem !== undefined) yield invalid(`has the name ${name.type}:${name.value}, which ${problem}`);
  }
  for (const base of [...(nameConstraints?.permitted ?? []), ...(nameConstraints?.excluded ?? [])]) {
    const problem = subtreeMalformation(base);
    if (problem === undefined) continue;
    yield { code: "CERTIFICATE_NAME_CONSTRAINT", problem: `has the name constraint ${base.type}:${base.value}, which ${problem}` };
  }
}

/**
 * The key identifiers of sections 4.2.1.1 and 4.2.1.2: a CA's own, and its issuer's, which only a
 * self-signed certificate may leave out. They help to find a path; its signatures are what proves it.
 */
function* keyIdentifierBreaches(certificate: Certificate, isRoot: boolean): Generator<Breach> {
  const { basicConstraints, subjectKeyIdentifier, authorityKeyIdentifier } = certificate;
  const code = "CERTIFICATE_KEY_IDENTIFIER";
  if (basicConstraints?.isCa === true && subjectKeyIdentifier === undefined) {
    yield { code, problem: "is a CA without a subject key identifier", hint: "issue it again with: subjectKeyIdentifier=hash" };
  }
  if (authorityKeyIdentifier !== undefined || isRoot) return;
  const problem = "does not name its issuer's key: it has no authority key identifier";
  yield { code, problem, hint: "issue it again with: authorityKeyIdentifier=keyid" };
}
