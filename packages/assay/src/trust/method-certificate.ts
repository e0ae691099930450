import type { Bundle } from "../bundle/bundle.ts";
import { AssayError, givenByCaller } from "../error.ts";
import type { Warning } from "../warning.ts";
import { readCertificates } from "./certificates.ts";
import { verifyEnvelopeSignature } from "./envelope-signature.ts";
import { CODE_SIGNING, checkLeafUsage } from "./leaf.ts";
import { requireMethod, type MethodResult } from "./method.ts";
import { parsePublicKey } from "./public-key.ts";
import { describeCertificateSigner } from "./signer-identity.ts";
import { verifyModelWitnesses, type WitnessedSignature } from "./sigstore/witness-trust.ts";
import type { CertificateTrust } from "./trust.ts";
import { fingerprint, isSelfSigned, parseCertificate, type Certificate } from "./x509/certificate.ts";
import { readRevocationLists } from "./x509/crl-file.ts";
import { validateCertificatePath } from "./x509/path.ts";
import { checkRevocation, type RevocationReport } from "./x509/revocation.ts";

/**
 * The method `certificate`: a path from the bundle's leaf to a root that the caller named, valid at
 * the time that the caller's witnesses prove, else at `now`, by RFC 5280 section 6; the leaf may
 * sign models (`checkLeafUsage`); its key made the signature; and where the caller gives revocation lists, they cover
 * the path and nothing on it is revoked.
 *
 * Throws METHOD_MISMATCH, ROOT_MISSING, LEAF_USAGE, IDENTITY_MISMATCH, CERTIFICATE_INVALID, what
 * `validateCertificatePath`, `verifyModelWitnesses`, `verifyEnvelopeSignature` and `checkRevocation` throw.
 */
export async function verifyByCertificate(bundle: Bundle, trust: CertificateTrust, now: Date): Promise<MethodResult> {
  requireMethod(bundle, "certificate");
  const { anchors, candidates } = await sortTrust(trust);
  const lists = givenByCaller(() => trust.revocationLists?.flatMap((file) => readRevocationLists(file)));
  const [leafDer, ...chain] = bundle.material.kind === "x509CertificateChain" ? bundle.material.certificates : [];
  if (leafDer === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain is empty");
  const leaf = parseCertificate(leafDer);
  const witnessed = trust.witnesses && (await verifyModelWitnesses(bundle, leaf.der, trust.witnesses));
  const at = witnessed?.verifiedAt?.time ?? now;
  const path = await validateCertificatePath({
    leaf: leafDer,
    candidates: [...chain, ...candidates],
    anchors,
    at,
    extendedKeyUsage: CODE_SIGNING,
  });
  checkLeafUsage(leaf, trust.requireCodeSigning === true ? "codeSigning" : "any");
  await checkPins(leaf, trust);
  const signature = await verifyEnvelopeSignature(bundle.envelope, parsePublicKey(leaf.spki));
  const signer = await describeCertificateSigner(leaf, path.certificates, signature.algorithm);
  const revocation = lists && (await checkRevocation(path.certificates, lists, { at, now }));
  return {
    signature,
    signer,
    warnings: [...warningsOf(witnessed), ...laterRevocations(revocation)],
    evidence: witnessed?.evidence,
    verifiedAt: witnessed?.verifiedAt,
    revocation,
  };
}

function warningsOf(witnessed: WitnessedSignature | undefined): Warning[] {
  if (witnessed === undefined || witnessed.verifiedAt !== undefined) return [];
  const why = witnessed.stranger?.message ?? "the bundle holds no timestamp";
  return [{ code: "TIME_UNPROVEN", message: `${why}; the certificates were judged by the clock` }];
}

function laterRevocations(report: RevocationReport | undefined): Warning[] {
  return (report?.certificates ?? []).flatMap(({ subject, revokedLater }) => {
    if (revokedLater === undefined) return [];
    const message = `the certificate "${subject}" was revoked at ${revokedLater.date.toISOString()}, after the signature was made`;
    return [{ code: "CERTIFICATE_REVOKED_LATER", message }];
  });
}

/** Anchors are what their own key verifies, names aside; the rest may help to reach them. */
async function sortTrust(trust: CertificateTrust): Promise<{ anchors: Uint8Array[]; candidates: Uint8Array[] }> {
  const certificates = givenByCaller(() =>
    trust.certificates.flatMap((file) => readCertificates(file)).map((der) => parseCertificate(der)),
  );
  const anchors: Uint8Array[] = [];
  const candidates: Uint8Array[] = [];
  for (const certificate of certificates) ((await isSelfSigned(certificate)) ? anchors : candidates).push(certificate.der);
  if (anchors.length > 0) return { anchors, candidates };
  const missing = [...new Set(certificates.map(({ issuer }) => issuer.rfc4514))].join("; ");
  throw new AssayError("ROOT_MISSING", `none of the certificates given is a root; missing: ${missing || "any"}`, {
    remedy: "add-root",
  });
}

async function checkPins(leaf: Certificate, trust: CertificateTrust): Promise<void> {
  const { subject } = leaf;
  if (trust.identity !== undefined) {
    const names = leaf.subjectAlternativeNames.map(({ value }) => value);
    if (subject.rfc4514 !== trust.identity && !names.includes(trust.identity)) {
      const found = [subject.rfc4514, ...names].join(", ");
      throw new AssayError("IDENTITY_MISMATCH", `the signer is ${found}; expected ${trust.identity}`);
    }
  }
  if (trust.fingerprint !== undefined) {
    const expected = trust.fingerprint.replaceAll(":", "").toLowerCase();
    const found = await fingerprint(leaf);
    if (found !== expected) {
      throw new AssayError("IDENTITY_MISMATCH", `the signer's certificate has the fingerprint ${found}; expected ${expected}`);
    }
  }
}
