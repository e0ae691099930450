import type { Bundle } from "../bundle/bundle.ts";
import { AssayError } from "../error.ts";
import type { ManifestContent } from "../statement/manifest.ts";
import { readStatement } from "../statement/read.ts";
import { verifyEnvelopeSignature } from "../trust/envelope-signature.ts";
import type { SignerIdentity } from "../trust/envelope.ts";
import { checkLeafUsage } from "../trust/leaf.ts";
import { verifyByKey } from "../trust/method-key.ts";
import { parsePublicKey } from "../trust/public-key.ts";
import { describeCertificateSigner } from "../trust/signer-identity.ts";
import { parseCertificate } from "../trust/x509/certificate.ts";
import type { Signer } from "./signer.ts";

export interface OwnSignature {
  readonly identity: SignerIdentity;
  readonly manifest: ManifestContent;
}

/**
 * Verifies a bundle just made, by the code that verifies anybody's: signature, statement, and for a
 * certificate what its holder may do with it today. No path is built: signing asks for no root.
 *
 * Throws what reading and verifying throw; CERTIFICATE_EXPIRED or CERTIFICATE_NOT_YET_VALID for a
 * certificate under which nobody could verify now.
 */
export async function checkOwnSignature(bundle: Bundle, signer: Signer, now: Date): Promise<OwnSignature> {
  return { identity: await signedBy(bundle, signer, now), manifest: await readStatement(bundle.envelope.payload) };
}

async function signedBy(bundle: Bundle, signer: Signer, now: Date): Promise<SignerIdentity> {
  if (bundle.material.kind !== "x509CertificateChain") {
    return (await verifyByKey(bundle, { method: "key", publicKey: signer.publicKey })).signer;
  }
  const [leafDer] = bundle.material.certificates;
  if (leafDer === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain is empty");
  const leaf = parseCertificate(leafDer);
  checkLeafUsage(leaf);
  if (now > leaf.notAfter) {
    throw new AssayError("CERTIFICATE_EXPIRED", `the signing certificate expired on ${leaf.notAfter.toISOString()}`);
  }
  if (now < leaf.notBefore) {
    throw new AssayError("CERTIFICATE_NOT_YET_VALID", `the signing certificate is valid from ${leaf.notBefore.toISOString()}`);
  }
  const { algorithm } = await verifyEnvelopeSignature(bundle.envelope, parsePublicKey(leaf.spki));
  return describeCertificateSigner(leaf, undefined, algorithm);
}
