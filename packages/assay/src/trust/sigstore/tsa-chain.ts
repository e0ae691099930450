import { AssayError } from "../../core/error.ts";
import type { GivenFile } from "../../encoding/given-file.ts";
import { addSkipped, readCertificateFiles } from "../certificates.ts";
import { isSelfSigned } from "../x509/certificate.ts";
import type { CertificateAuthority } from "./trusted-root.ts";

/**
 * The timestamp authorities in certificate files, PEM or DER, in any order: one for every authority's own
 * certificate, or, where there are CAs only, one for every root. Their periods are those of the certificates.
 *
 * One that cannot be read is passed over, for it can vouch for nothing. Throws ROOT_MISSING where no
 * certificate is a root, and what `readCertificateFiles` throws.
 */
export async function readTimestampAuthorities(files: readonly GivenFile[]): Promise<CertificateAuthority[]> {
  const roots: Uint8Array[] = [];
  const intermediates: Uint8Array[] = [];
  const signers: Uint8Array[] = [];
  const { certificates, skipped } = readCertificateFiles(files, "certificate chain of the timestamp authority");
  for (const certificate of certificates) {
    const { der } = certificate;
    if (certificate.basicConstraints?.isCa !== true) signers.push(der);
    else ((await isSelfSigned(certificate)) ? roots : intermediates).push(der);
  }
  if (roots.length === 0) {
    const problem = "none of the certificates given for the timestamp authority is a root";
    throw addSkipped(new AssayError("ROOT_MISSING", problem, { remedy: "add-timestamp-root" }), skipped);
  }
  const validFor = { start: new Date(0), end: undefined };
  return roots.flatMap((root) => {
    const chains = signers.length === 0 ? [[]] : signers.map((signer) => [signer]);
    return chains.map((signer) => ({ uri: "", certificates: [...signer, ...intermediates, root], validFor }));
  });
}
