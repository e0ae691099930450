import type { SignatureAlgorithm, SignerIdentity } from "./envelope.ts";
import { fingerprint, type Certificate } from "./x509/certificate.ts";

/** The facts about a certificate's holder. `path` is the validated one, leaf first; just the leaf without one. */
export async function describeCertificateSigner(
  leaf: Certificate,
  path: readonly Certificate[] | undefined,
  algorithm: SignatureAlgorithm,
): Promise<Extract<SignerIdentity, { method: "certificate" }>> {
  return {
    method: "certificate",
    algorithm,
    subject: leaf.subject.rfc4514,
    issuer: leaf.issuer.rfc4514,
    names: leaf.subjectAlternativeNames.map(({ type, value }) => `${type}:${value}`),
    anchor: path?.at(-1)?.subject.rfc4514,
    fingerprint: await fingerprint(leaf),
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    path: await Promise.all((path ?? [leaf]).map((certificate) => fingerprint(certificate))),
  };
}
