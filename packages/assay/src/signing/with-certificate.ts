import { sameBytes } from "../encoding/bytes.ts";
import { contentOf, describeFile, type GivenFile } from "../encoding/given-file.ts";
import { AssayError } from "../core/error.ts";
import { addSkipped, readCertificateFiles, skippedWarnings } from "../trust/certificates.ts";
import { parsePublicKey } from "../trust/public-key.ts";
import type { Certificate } from "../trust/x509/certificate.ts";
import { orderChain } from "./chain.ts";
import type { Signer } from "./signer.ts";

/** The signer's certificate and the chain to its root. */
export interface CertificateFiles {
  /** The signer's own certificate, PEM or DER. Where the file holds a chain, the one for the key is taken. */
  readonly signingCertificate: GivenFile;
  /** Intermediate and root certificates, PEM or DER, in any order. They go into the bundle. */
  readonly certificateChain?: readonly GivenFile[];
}

/**
 * The signer for the method `certificate` whose key is that of `signer`, wherever that key is held. A
 * certificate of the chain that cannot be read is left out, with a warning.
 *
 * Throws CERTIFICATE_KEY_MISMATCH where no certificate is for the key, and what reading certificates
 * throws, all with the outcome `usage`.
 */
export function withCertificate(signer: Signer, files: CertificateFiles): Signer {
  const own = readCertificateFiles([files.signingCertificate], "signing certificate");
  const leaf = own.certificates.find((certificate) => isFor(certificate, signer.publicKey));
  if (leaf === undefined) {
    const subjects = own.certificates.map((certificate) => certificate.subject.rfc4514).join("; ");
    const problem = `${describeFile("signing certificate", files.signingCertificate)} (${subjects}) is not for this private key`;
    throw addSkipped(new AssayError("CERTIFICATE_KEY_MISMATCH", problem), own.skipped);
  }
  const others = own.certificates.filter((certificate) => certificate !== leaf);
  const [empty, filled] = [true, false].map((wanted) => (files.certificateChain ?? []).filter((file) => isEmpty(file) === wanted));
  const chain = readCertificateFiles(filled ?? [], ROLE);
  const certificates = orderChain(leaf, [...others, ...chain.certificates]);
  return {
    method: "certificate",
    algorithm: signer.algorithm,
    publicKey: signer.publicKey,
    material: { kind: "x509CertificateChain", certificates: certificates.map(({ der }) => der) },
    warnings: [
      ...skippedWarnings([...own.skipped, ...chain.skipped]),
      ...(empty ?? []).map((file) => ({ code: "CERTIFICATE_SKIPPED" as const, message: `${describeFile(ROLE, file)} is empty` })),
    ],
    sign: (bytes) => signer.sign(bytes),
  };
}

const ROLE = "certificate chain";

/** A chain may hold nothing, where the leaf's issuer is the root: an empty file is what scripts make of that. */
function isEmpty(file: GivenFile): boolean {
  const content = contentOf(file);
  return (typeof content === "string" ? content : new TextDecoder().decode(content)).trim() === "";
}

/** Whether a certificate is for a key, whatever form its point has; one for a key that cannot be read is for another. */
function isFor({ spki }: Certificate, publicKey: Uint8Array): boolean {
  try {
    return sameBytes(parsePublicKey(spki).spki, parsePublicKey(publicKey).spki);
  } catch (error) {
    if (error instanceof AssayError) return sameBytes(spki, publicKey);
    throw error;
  }
}
