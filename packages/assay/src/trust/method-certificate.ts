import type { Bundle } from "../bundle/bundle.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import {
  addSkipped,
  namingSkipped,
  readCarriedCertificates,
  readCertificateFiles,
  type SkippedCertificate,
  skippedWarnings,
} from "./certificates.ts";
import { verifyEnvelopeSignature } from "./envelope-signature.ts";
import { CODE_SIGNING, checkLeafUsage } from "./leaf.ts";
import { requireMethod, type MethodResult } from "./method.ts";
import { parsePublicKey } from "./public-key.ts";
import { namesSubject, sameMailbox, withoutNameType } from "./subject-spelling.ts";
import { describeCertificateSigner } from "./signer-identity.ts";
import { verifyModelWitnesses, type WitnessedSignature } from "./sigstore/witness-trust.ts";
import { promiseWarnings } from "./sigstore/witnesses.ts";
import type { CertificateTrust } from "./trust.ts";
import { fingerprint, isSelfSigned, parseCertificate, type Certificate } from "./x509/certificate.ts";
import { listsForPath, readRevocationFiles, skippedListWarning } from "./x509/crl-file.ts";
import type { GeneralName } from "./x509/general-name.ts";
import { checkAmount } from "./x509/issuers.ts";
import type { DistinguishedName } from "./x509/name.ts";
import { validateCertificatePath } from "./x509/path.ts";
import { breachWarnings } from "./x509/profile.ts";
import { checkRevocation, type RevocationReport } from "./x509/revocation.ts";

/**
 * The method `certificate`: a path from the bundle's leaf to a root that the caller named, valid at
 * the time that the caller's witnesses prove, else at `now`, by RFC 5280 section 6; the leaf may
 * sign models (`checkLeafUsage`); its key made the signature; and where the caller gives revocation lists,
 * they cover the path and nothing on it is revoked.
 *
 * Throws METHOD_MISMATCH, ROOT_MISSING, LEAF_USAGE, IDENTITY_MISMATCH, CERTIFICATE_INVALID, what
 * `validateCertificatePath`, `verifyModelWitnesses`, `verifyEnvelopeSignature` and `checkRevocation` throw.
 */
export async function verifyByCertificate(bundle: Bundle, trust: CertificateTrust, now: Date): Promise<MethodResult> {
  requireMethod(bundle, "certificate");
  const profile = trust.certificateProfile ?? "default";
  const { anchors, candidates, skipped } = await sortTrust(trust);
  const lists = trust.revocationLists && readRevocationFiles(trust.revocationLists, profile);
  const [leafDer, ...chain] = bundle.material.kind === "x509CertificateChain" ? bundle.material.certificates : [];
  if (leafDer === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain is empty");
  const leaf = parseCertificate(leafDer);
  checkAmount(chain);
  const carried = readCarriedCertificates(chain, "the bundle's chain, after the signer's");
  const witnessed = trust.witnesses && (await verifyModelWitnesses(bundle, leaf.der, { certificateProfile: profile, ...trust.witnesses }));
  const at = witnessed?.verifiedAt?.time ?? now;
  const { certificates: path, breaches } = await namingSkipped([...skipped, ...carried.skipped], () =>
    validateCertificatePath({
      leaf: leafDer,
      candidates: [...carried.certificates, ...candidates].map(({ der }) => der),
      anchors: anchors.map(({ der }) => der),
      at,
      extendedKeyUsage: CODE_SIGNING,
      profile,
    }),
  );
  checkLeafUsage(leaf, trust.requireCodeSigning === true ? "codeSigning" : "any");
  await checkPins(leaf, trust);
  const signature = await verifyEnvelopeSignature(bundle.envelope, parsePublicKey(leaf.spki));
  const signer = await describeCertificateSigner(leaf, path, signature.algorithm);
  const revocation = lists && (await checkRevocation(path, listsForPath(lists, path), { at, now }));
  return {
    signature,
    signer,
    warnings: [
      ...skippedWarnings([...skipped, ...carried.skipped]),
      ...(lists?.skipped.map(skippedListWarning) ?? []),
      ...breachWarnings(breaches),
      ...warningsOf(witnessed),
      ...laterRevocations(revocation),
    ],
    evidence: witnessed?.evidence,
    verifiedAt: witnessed?.verifiedAt,
    revocation,
  };
}

function warningsOf(witnessed: WitnessedSignature | undefined): Warning[] {
  if (witnessed === undefined) return [];
  const promised = promiseWarnings(witnessed.evidence);
  if (witnessed.verifiedAt !== undefined) return promised;
  const why = witnessed.unknownWitness?.message ?? "the bundle holds no timestamp";
  return [...promised, { code: "TIME_UNPROVEN", message: `${why}; the certificates were checked for the current time` }];
}

function laterRevocations(report: RevocationReport | undefined): Warning[] {
  return (report?.certificates ?? []).flatMap(({ subject, revokedLater }) => {
    if (revokedLater === undefined) return [];
    const message = `the certificate "${subject}" was revoked at ${revokedLater.date.toISOString()}, after the signature was made`;
    return [{ code: "CERTIFICATE_REVOKED_LATER", message }];
  });
}

/** Anchors are what their own key verifies, names aside; the rest may help to reach them. */
async function sortTrust(trust: CertificateTrust): Promise<{
  readonly anchors: readonly Certificate[];
  readonly candidates: readonly Certificate[];
  readonly skipped: readonly SkippedCertificate[];
}> {
  const { certificates, skipped } = readCertificateFiles(trust.certificates, "certificate chain");
  const anchors: Certificate[] = [];
  const candidates: Certificate[] = [];
  for (const certificate of certificates) ((await isSelfSigned(certificate)) ? anchors : candidates).push(certificate);
  if (anchors.length > 0) return { anchors, candidates, skipped };
  const missing = [...new Set(certificates.map(({ issuer }) => issuer.rfc4514))].join("; ");
  const problem = `none of the certificates given is a root${missing === "" ? "" : `; missing: ${missing}`}`;
  throw addSkipped(new AssayError("ROOT_MISSING", problem, { remedy: "add-root" }), skipped);
}

async function checkPins(leaf: Certificate, trust: CertificateTrust): Promise<void> {
  if (trust.identity !== undefined) checkIdentity(leaf, trust.identity);
  if (trust.fingerprint === undefined) return;
  const expected = readFingerprint(trust.fingerprint);
  const found = await fingerprint(leaf);
  if (found === expected) return;
  throw new AssayError("IDENTITY_MISMATCH", `the signer's certificate has the fingerprint ${found}; expected ${expected}`);
}

/** The exact subject or alternative name; of a mail address, the host without case (RFC 5280 section 7.5). */
function checkIdentity({ subject, subjectAlternativeNames: names }: Certificate, expected: string): void {
  // What an unset variable leaves would name every signer without a subject.
  if (expected === "") throw new AssayError("USAGE", "the expected identity is empty");
  if (subject.rfc4514 === expected || names.some(({ value }) => value === expected)) return;
  if (names.some(({ type, value }) => type === "email" && sameMailbox(value, expected))) return;
  const found = [subject.rfc4514, ...names.map(({ value }) => value)].join(", ");
  throw new AssayError("IDENTITY_MISMATCH", `the signer is ${found}; expected ${expected}`, {
    hint: spellingHint(subject, names, expected),
  });
}

/** Where what was asked for is the signer in another spelling: what to write instead. */
function spellingHint(subject: DistinguishedName, names: readonly GeneralName[], expected: string): string | undefined {
  if (namesSubject(expected, subject)) return `this is the same subject in another order or spelling; write: ${subject.rfc4514}`;
  const bare = withoutNameType(expected);
  const meant = names.find(({ value }) => value === bare);
  return meant && `a name is written without its type; write: ${meant.value}`;
}

/** Hex SHA-256 in lower case. Colons, blanks and a leading `sha256:` are left out. Throws USAGE for anything else. */
function readFingerprint(text: string): string {
  const hex = text
    .replace(/^sha-?256(?: fingerprint)?\s*[:=]/i, "")
    .replaceAll(/[:\s]/g, "")
    .toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return hex;
  const why = /^[0-9a-f]{40}$/.test(hex) ? "it is a SHA-1 fingerprint, which names no certificate any more" : "it is not 64 hex digits";
  throw new AssayError("USAGE", `the expected fingerprint ${JSON.stringify(text.slice(0, 120))} is not of SHA-256: ${why}`);
}
