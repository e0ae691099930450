import { sameBytes } from "../encoding/bytes.ts";
import { AssayError } from "../error.ts";
import { readCertificates } from "../trust/certificates.ts";
import { parseCertificate } from "../trust/x509/certificate.ts";
import { orderChain } from "./chain.ts";
import type { Signer } from "./signer.ts";

export interface CertificateFiles {
  /** The signer's own certificate, PEM or DER. Where the file holds a chain, the one for the key is taken. */
  readonly signingCertificate: string | Uint8Array;
  /** Intermediate and root certificates, PEM or DER, in any order. They go into the bundle. */
  readonly certificateChain?: readonly (string | Uint8Array)[];
}

/**
 * The signer for the method `certificate` whose key is that of `signer`, wherever that key lies.
 *
 * Throws CERTIFICATE_KEY_MISMATCH where no certificate is for the key, and what reading certificates throws.
 */
export function withCertificate(signer: Signer, files: CertificateFiles): Signer {
  const own = readCertificates(files.signingCertificate).map(parseCertificate);
  const leaf = own.find((certificate) => sameBytes(certificate.spki, signer.publicKey));
  if (leaf === undefined) {
    const subjects = own.map((certificate) => certificate.subject.rfc4514).join("; ");
    throw new AssayError("CERTIFICATE_KEY_MISMATCH", `the signing certificate (${subjects}) is not for this private key`);
  }
  const others = own.filter((certificate) => certificate !== leaf);
  const chain = (files.certificateChain ?? []).flatMap((file) => readCertificates(file).map(parseCertificate));
  const certificates = orderChain(leaf, [...others, ...chain]);
  return {
    method: "certificate",
    algorithm: signer.algorithm,
    publicKey: signer.publicKey,
    material: { kind: "x509CertificateChain", certificates: certificates.map(({ der }) => der) },
    sign: (bytes) => signer.sign(bytes),
  };
}
