import type { Bundle, SigstoreBundle } from "../bundle/bundle.ts";
import { AssayError } from "../core/error.ts";
import { readCarriedCertificates } from "./certificates.ts";
import { verifyEnvelopeSignature } from "./envelope-signature.ts";
import type { SignerIdentity } from "./envelope.ts";
import { CODE_SIGNING, checkLeafUsage } from "./leaf.ts";
import { requireMethod, type MethodResult } from "./method.ts";
import { parsePublicKey } from "./public-key.ts";
import type { Evidence, VerifiedTime } from "./sigstore/evidence.ts";
import { type CertificateIdentity, readCertificateIdentity } from "./sigstore/fulcio-certificate.ts";
import { verifyCertificateLogged, type SignedCertificateTimestamp } from "./sigstore/sct.ts";
import { type SignedContent, signedContent } from "./sigstore/signed-content.ts";
import { checkWith } from "./sigstore/stale-root.ts";
import type { CertificateAuthority } from "./sigstore/trusted-root.ts";
import { covers } from "./sigstore/validity.ts";
import { promiseWarnings, type WitnessEvidence, verifyWitnesses } from "./sigstore/witnesses.ts";
import type { ExpectedName, SigstoreTrust } from "./trust.ts";
import { type Certificate, fingerprint, isSelfSigned, parseCertificate } from "./x509/certificate.ts";
import { validateCertificatePath } from "./x509/path.ts";

/** A keyless signer, proven: all but the signature itself, which is over an envelope or over a file. */
export interface ProvenSigner {
  readonly leaf: Certificate;
  readonly identity: CertificateIdentity;
  readonly path: readonly Certificate[];
  readonly evidence: Evidence;
  readonly time: VerifiedTime;
}

/**
 * The method `sigstore` for a model: see `proveKeylessSigner`; and the certificate's key signed the envelope.
 *
 * Throws METHOD_MISMATCH, what `proveKeylessSigner` and what `verifyEnvelopeSignature` throws.
 */
export async function verifyBySigstore(bundle: Bundle, trust: SigstoreTrust): Promise<MethodResult> {
  requireMethod(bundle, "sigstore");
  const { envelope } = bundle;
  const content = await signedContent({ kind: "dsse", envelope }, undefined);
  const proven = await proveKeylessSigner(bundle, content, trust);
  const signature = await verifyEnvelopeSignature(envelope, parsePublicKey(proven.leaf.spki));
  // The reference 0.2.0 signed keyless by the right encoding: the wrong one needs no compatibility.
  if (signature.historical) throw new AssayError("SIGNATURE_INVALID", "the signature does not verify with the signer's certificate");
  return {
    signature,
    signer: await describeKeylessSigner(proven, signature.algorithm),
    warnings: promiseWarnings(proven.evidence),
    evidence: proven.evidence,
    verifiedAt: proven.time,
  };
}

/**
 * Proves who made a keyless signature, by the workflow of the Sigstore client specification, section 4
 * (https://github.com/sigstore/architecture-docs/blob/main/client-spec.md): the signature was seen by a
 * trusted log, at a proven time; at every proven time the certificate leads to a trusted authority; it is
 * in a certificate log; it is for signing code; it names the identity and provider that the caller expects.
 *
 * Throws BUNDLE_MATERIAL, LOG_ENTRY_MISSING, TIME_UNPROVEN, CERTIFICATE_IDENTITY, IDENTITY_MISMATCH,
 * ISSUER_MISMATCH, LEAF_USAGE, TRUST_ROOT_STALE, and what `verifyWitnesses`, `validateCertificatePath` and
 * `verifyCertificateLogged` throw.
 */
export async function proveKeylessSigner(
  bundle: Omit<SigstoreBundle, "content">,
  content: SignedContent,
  trust: SigstoreTrust,
  detachedScts: readonly SignedCertificateTimestamp[] = [],
): Promise<ProvenSigner> {
  const material = typeof trust.material === "function" ? await trust.material() : trust.material;
  const { root, source } = material;
  return checkWith(material, async () => {
    const leaf = parseCertificate(await keylessLeaf(bundle));
    const witnesses = await verifyWitnesses(bundle, { content, verifier: leaf.der }, root);
    const time = earliestTime(witnesses);
    const path = await validateAtAll(leaf, witnesses, root.certificateAuthorities);
    const certificateLogs = await verifyCertificateLogged(leaf, path[1] ?? leaf, root.ctLogs, detachedScts);
    checkLeafUsage(leaf, "codeSigning");
    const identity = readCertificateIdentity(leaf);
    checkExpected(identity, trust);
    const { logEntries, timestamps } = witnesses;
    const evidence = {
      logEntries,
      timestamps,
      certificateLogs: certificateLogs.map(({ log, time: loggedAt }) => ({ authority: log, time: loggedAt })),
      trustedRoot: source,
    };
    return { leaf, identity, path, evidence, time };
  });
}

/**
 * The leaf. Bundles of versions 0.1 and 0.2 hold chains, without their root: what is above the leaf is
 * not used, or an authority that the trusted root has retired would still do, as long as another one under
 * the same root is in use.
 */
async function keylessLeaf({ material, version }: Omit<SigstoreBundle, "content">): Promise<Uint8Array> {
  if (material.kind === "certificate") {
    if (version === "0.3") return material.certificate;
    throw new AssayError("BUNDLE_MATERIAL", `the bundle is of version ${version}, which holds a chain and not a single certificate`);
  }
  const [leaf, ...chain] = material.kind === "x509CertificateChain" ? material.certificates : [];
  if (leaf === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle holds no certificate of a keyless signer");
  if (version === "0.3") {
    throw new AssayError(
      "BUNDLE_MATERIAL",
      "the bundle is of version 0.3 and holds a chain; keyless signatures have a single certificate there",
    );
  }
  if (chain.length > MAX_CHAIN) throw new AssayError("BUNDLE_MATERIAL", `the bundle's chain holds more than ${MAX_CHAIN} certificates`);
  // One that cannot be read is not used either way.
  for (const certificate of readCarriedCertificates(chain, "the bundle's chain").certificates) {
    if (!(await isSelfSigned(certificate))) continue;
    throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain holds a root, and roots never come with a signature");
  }
  return leaf;
}

/** Each costs a signature to look at; keyless signers have one or two. */
const MAX_CHAIN = 16;

/** Throws LOG_ENTRY_MISSING, TIME_UNPROVEN, or why the witnesses that there are do not count. */
function earliestTime({ logEntries, times, unknownWitnesses }: WitnessEvidence): VerifiedTime {
  if (logEntries.length === 0) {
    throw (
      unknownWitnesses.find(({ code }) => code === "LOG_UNKNOWN") ??
      new AssayError("LOG_ENTRY_MISSING", "no transparency log entry in the bundle: the signature has no witness")
    );
  }
  const [earliest] = times;
  if (earliest !== undefined) return earliest;
  throw (
    unknownWitnesses[0] ??
    new AssayError("TIME_UNPROVEN", "nothing proves when the signature was made, and so that its certificate was valid then", {
      hint: "a bundle has a timestamp, or a log entry with a signed time",
    })
  );
}

/** The path at the earliest proven time; it must hold at all the others as well. */
async function validateAtAll(
  leaf: Certificate,
  { times }: WitnessEvidence,
  authorities: readonly CertificateAuthority[],
): Promise<readonly Certificate[]> {
  let path: readonly Certificate[] | undefined;
  for (const { time } of times) {
    const trusted = authorities.filter(({ validFor }) => covers(validFor, time)).map(({ certificates }) => certificates);
    const validated = await tryPath(trusted, leaf, time);
    if (validated instanceof AssayError) throw await asUntrusted(validated, leaf, time, authorities);
    path ??= validated;
  }
  return path ?? [leaf];
}

/** The path to one of the chains' roots, or why none was found. */
async function tryPath(
  chains: readonly CertificateAuthority["certificates"][],
  leaf: Certificate,
  at: Date,
): Promise<readonly Certificate[] | AssayError> {
  try {
    const { certificates } = await validateCertificatePath({
      leaf: leaf.der,
      candidates: chains.flatMap((chain) => chain.slice(0, -1)),
      anchors: chains.flatMap((chain) => chain.slice(-1)),
      at,
      extendedKeyUsage: CODE_SIGNING,
    });
    return certificates;
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
}

/**
 * Says of a certificate without a path whether its authority is one of another time, or none of the
 * trusted root's. A keyless signer's chain is never the caller's to complete, so that no advice says so.
 */
async function asUntrusted(
  error: AssayError,
  leaf: Certificate,
  time: Date,
  authorities: readonly CertificateAuthority[],
): Promise<AssayError> {
  if (error.code !== "CERTIFICATE_PATH_NOT_FOUND") return error;
  for (const { uri, certificates } of authorities) {
    const path = await tryPath([certificates], leaf, time);
    if (path instanceof AssayError) continue;
    const name = uri === "" ? (path.at(-1)?.subject.rfc4514 ?? "") : uri;
    const problem = `the certificate authority ${name} was not trusted at ${time.toISOString()}, the time of the signature`;
    return new AssayError(error.code, problem, { cause: error });
  }
  const problem = `the signer's certificate is by an authority that the trusted root does not list: ${error.message}`;
  return new AssayError(error.code, problem, { cause: error });
}

/** Byte for byte, or by a pattern that the caller asked for. The identity first: it says who signed. */
function checkExpected({ identity, identityProvider }: CertificateIdentity, trust: SigstoreTrust): void {
  if (!isExpected(identity, trust.identity)) {
    throw new AssayError(
      "IDENTITY_MISMATCH",
      `the signer is ${identity}, vouched for by ${identityProvider}; expected ${show(trust.identity)}`,
    );
  }
  if (!isExpected(identityProvider, trust.identityProvider)) {
    throw new AssayError(
      "ISSUER_MISMATCH",
      `the signer is ${identity}, but vouched for by ${identityProvider}; expected ${show(trust.identityProvider)}`,
    );
  }
}

function isExpected(found: string, expected: ExpectedName): boolean {
  return typeof expected === "string" ? found === expected : expected.matches(found);
}

function show(expected: ExpectedName): string {
  return typeof expected === "string" ? expected : `what matches ${expected.source}`;
}

/** The facts about a keyless signer, for a result. */
export async function describeKeylessSigner(
  { leaf, identity, path }: Pick<ProvenSigner, "leaf" | "identity" | "path">,
  algorithm: SignerIdentity["algorithm"],
): Promise<SignerIdentity> {
  return {
    method: "sigstore",
    algorithm,
    identity: identity.identity,
    identityType: identity.identityType,
    identityProvider: identity.identityProvider,
    claims: Object.fromEntries(identity.claims),
    fingerprint: await fingerprint(leaf),
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    anchor: path.at(-1)?.subject.rfc4514,
    path: await Promise.all(path.map((certificate) => fingerprint(certificate))),
  };
}
