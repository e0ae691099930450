import { AssayError } from "../../error.ts";
import { readCertificates } from "../certificates.ts";
import { isSelfSigned, parseCertificate } from "../x509/certificate.ts";
import type { CertificateAuthority } from "./trusted-root.ts";

/**
 * The timestamp authorities in certificate files, PEM or DER, in any order: one for every authority's own
 * certificate, or, where there are CAs only, one for every root. Their periods are those of the certificates.
 *
 * Throws ROOT_MISSING where no certificate is a root, CERTIFICATE_INVALID, PEM_INVALID.
 */
export async function readTimestampAuthorities(files: readonly (Uint8Array | string)[]): Promise<CertificateAuthority[]> {
  const roots: Uint8Array[] = [];
  const intermediates: Uint8Array[] = [];
  const signers: Uint8Array[] = [];
  for (const der of files.flatMap((file) => readCertificates(file))) {
    const certificate = parseCertificate(der);
    if (certificate.basicConstraints?.isCa !== true) signers.push(der);
    else ((await isSelfSigned(certificate)) ? roots : intermediates).push(der);
  }
  if (roots.length === 0) {
    throw new AssayError("ROOT_MISSING", "none of the certificates given for the timestamp authority is a root", {
      remedy: "add-timestamp-root",
    });
  }
  const validFor = { start: new Date(0), end: undefined };
  return roots.flatMap((root) => {
    const chains = signers.length === 0 ? [[]] : signers.map((signer) => [signer]);
    return chains.map((signer) => ({ uri: "", certificates: [...signer, ...intermediates, root], validFor }));
  });
}
