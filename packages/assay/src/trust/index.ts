export { verifyEnvelope } from "./verify-envelope.ts";
export type { SignatureAlgorithm, SignerIdentity, VerifiedEnvelope } from "./envelope.ts";
export type { CertificateTrust, KeyTrust, Trust } from "./trust.ts";
export { validateCertificatePath, type CertificatePath, type PathRequest } from "./x509/path.ts";
export { fingerprint, isSelfSigned, parseCertificate, type Certificate } from "./x509/certificate.ts";
