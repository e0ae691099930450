import type { Bundle } from "../bundle/bundle.ts";
import { AssayError } from "../core/error.ts";
import { verifyEnvelopeSignature } from "../trust/envelope-signature.ts";
import type { SignerIdentity } from "../trust/envelope.ts";
import { verifyByKey } from "../trust/method-key.ts";
import type { MethodResult } from "../trust/method.ts";
import { parsePublicKey } from "../trust/public-key.ts";
import { describeCertificateSigner } from "../trust/signer-identity.ts";
import type { Evidence } from "../trust/sigstore/evidence.ts";
import { readCertificateIdentity } from "../trust/sigstore/fulcio-certificate.ts";
import { requireWitness, verifyModelWitnesses } from "../trust/sigstore/witness-trust.ts";
import type { WitnessTrust } from "../trust/trust.ts";
import { parseCertificate } from "../trust/x509/certificate.ts";
import type { Warning } from "../core/warning.ts";
import type { ModelSigner } from "./seal.ts";
import { checkOwnCertificates } from "./own-chain.ts";
import type { KeylessSigner } from "./sigstore/keyless-signer.ts";

export interface OwnSignature {
  readonly identity: SignerIdentity;
  /** What the witnesses prove, where the signature has any and one of them is trusted. */
  readonly evidence: Evidence | undefined;
  /** What the person who signed should know of the key or its certificates. */
  readonly warnings: readonly Warning[];
}

/**
 * Verifies a bundle just made, by the code that verifies any other: signature, witnesses, and
 * for a certificate what `checkOwnCertificates` says of it and its chain. For keyless signatures that is everything.
 *
 * `witnesses` are whom the caller trusts to have seen the signature, where the caller asked for that.
 * Throws what reading and verifying throw.
 */
export async function checkOwnSignature(
  bundle: Bundle,
  signer: ModelSigner,
  now: Date,
  witnesses: WitnessTrust | undefined,
): Promise<OwnSignature> {
  if (signer.method === "sigstore") {
    const { signer: identity, evidence } = await signedKeyless(bundle, signer);
    return { identity, evidence, warnings: [] };
  }
  const warnings = signer.warnings ?? [];
  if (bundle.material.kind === "x509CertificateChain") {
    const signed = await signedByCertificate(bundle, now, witnesses);
    return { ...signed, warnings: [...warnings, ...signed.warnings] };
  }
  const { signer: identity } = await verifyByKey(bundle, { method: "key", publicKey: signer.publicKey });
  return { identity, evidence: await checkOwnWitnesses(bundle, signer.publicKey, witnesses), warnings };
}

/** A named trusted root must know every witness that was asked: the word of an unknown one proves nothing. */
async function checkOwnWitnesses(bundle: Bundle, verifier: Uint8Array, trust: WitnessTrust | undefined): Promise<Evidence | undefined> {
  if (trust === undefined) return undefined;
  const witnessed = await verifyModelWitnesses(bundle, verifier, trust);
  requireWitness(witnessed);
  if (trust.trustedRoot !== undefined && witnessed.unknownWitness !== undefined) throw witnessed.unknownWitness;
  return witnessed.evidence;
}

/** Against the identity in the certificate, which was compared with the token's when it came. */
async function signedKeyless(bundle: Bundle, { trust }: KeylessSigner): Promise<MethodResult> {
  const { verifyBySigstore } = await import("../trust/method-sigstore.ts");
  if (bundle.material.kind !== "certificate") throw new AssayError("BUNDLE_MATERIAL", "the bundle holds no keyless certificate");
  const { identity, identityProvider } = readCertificateIdentity(parseCertificate(bundle.material.certificate));
  return verifyBySigstore(bundle, { method: "sigstore", material: trust, identity, identityProvider });
}

async function signedByCertificate(bundle: Bundle, now: Date, witnesses: WitnessTrust | undefined): Promise<OwnSignature> {
  const [leafDer, ...chain] = bundle.material.kind === "x509CertificateChain" ? bundle.material.certificates : [];
  if (leafDer === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain is empty");
  const leaf = parseCertificate(leafDer);
  const warnings = await checkOwnCertificates(leafDer, chain, now);
  const { algorithm } = await verifyEnvelopeSignature(bundle.envelope, parsePublicKey(leaf.spki));
  const identity = await describeCertificateSigner(leaf, undefined, algorithm);
  return { identity, evidence: await checkOwnWitnesses(bundle, leaf.der, witnesses), warnings };
}
