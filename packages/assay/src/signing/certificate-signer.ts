import { keySigner } from "./key-signer.ts";
import type { PrivateKeySource } from "./private-key.ts";
import type { Signer } from "./signer.ts";
import { type CertificateFiles, withCertificate } from "./with-certificate.ts";

/** A private key, its certificate and the chain to its root. */
export interface CertificateSource extends PrivateKeySource, CertificateFiles {}

/**
 * A signer for the method `certificate` with a private key in memory. The bundle holds the leaf and,
 * behind it, the chain from the leaf's issuer upwards. Throws what `keySigner` and `withCertificate` throw.
 */
export async function certificateSigner(source: CertificateSource): Promise<Signer> {
  return withCertificate(await keySigner(source), source);
}
