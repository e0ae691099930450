import { sameBytes } from "../encoding/bytes.ts";
import { AssayError } from "../error.ts";
import { readCertificates } from "../trust/certificates.ts";
import { parseCertificate, type Certificate } from "../trust/x509/certificate.ts";
import { orderChain } from "./chain.ts";
import { readPrivateKey, type PrivateKeySource } from "./private-key.ts";
import { signBytes } from "./sign-bytes.ts";
import type { Signer } from "./signer.ts";

export interface CertificateSource extends PrivateKeySource {
  /** The signer's own certificate, PEM or DER. Where the file holds a chain, the one for the private key is taken. */
  readonly signingCertificate: string | Uint8Array;
  /** Intermediate and root certificates, PEM or DER, in any order. They go into the bundle. */
  readonly certificateChain?: readonly (string | Uint8Array)[];
}

/**
 * A signer for the method `certificate`. The bundle holds the leaf and, behind it, the chain from the
 * leaf's issuer upwards.
 *
 * Throws CERTIFICATE_KEY_MISMATCH where no certificate is for the private key, and what reading the
 * key and the certificates throws.
 */
export async function certificateSigner(source: CertificateSource): Promise<Signer> {
  const privateKey = readPrivateKey(source);
  const own = readCertificates(source.signingCertificate).map(parseCertificate);
  const leaf = own.find((certificate) => sameBytes(certificate.spki, privateKey.publicKey));
  if (leaf === undefined) {
    const subjects = own.map((certificate) => certificate.subject.rfc4514).join("; ");
    throw new AssayError("CERTIFICATE_KEY_MISMATCH", `the signing certificate (${subjects}) is not for this private key`);
  }
  const others = own.filter((certificate) => certificate !== leaf);
  const chain = (source.certificateChain ?? []).flatMap((file) => readCertificates(file).map(parseCertificate));
  const certificates: Certificate[] = orderChain(leaf, [...others, ...chain]);
  return {
    method: "certificate",
    algorithm: privateKey.algorithm,
    publicKey: privateKey.publicKey,
    material: { kind: "x509CertificateChain", certificates: certificates.map(({ der }) => der) },
    sign: (bytes) => signBytes(privateKey, bytes),
  };
}
