import { sameBytes } from "../../encoding/bytes.ts";
import { type DerReader, type DerValue, readDer, TAG } from "../../encoding/der.ts";
import { readOid } from "../../encoding/der-values.ts";
import { AssayError } from "../../core/error.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import { digestOfBytes } from "../digest.ts";
import { parsePublicKey } from "../public-key.ts";
import { isForTimestampsOnly, TIME_STAMPING } from "../leaf.ts";
import { type Hash, type SignatureScheme, verifySignature } from "../signature.ts";
import { addSkipped, readCarriedCertificates, type SkippedCertificate } from "../certificates.ts";
import type { Certificate } from "../x509/certificate.ts";
import { validateCertificatePath } from "../x509/path.ts";
import type { PathProfile } from "../x509/profile.ts";
import { HASH_OIDS, readSignatureAlgorithm } from "../x509/signature-algorithm.ts";
import type { ProvenTime } from "./evidence.ts";
import { readAlgorithm, readTimestampResponse, type SignerInfo, TST_INFO, type TimestampToken } from "./timestamp-token.ts";
import type { CertificateAuthority } from "./trusted-root.ts";
import { covers } from "./validity.ts";

const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

/**
 * Proves that a signature existed at a time, by an RFC 3161 time-stamp response and the authorities that
 * the caller trusts: imprint, CMS signature, the authority's path, purpose and validity at that time. A
 * certificate that cannot be read vouches for nothing, and is an error only where it would have been needed.
 *
 * Throws TIMESTAMP_INVALID, TIMESTAMP_MISMATCH where it is for another signature,
 * TIMESTAMP_AUTHORITY_UNKNOWN where it may be good but not by one of `authorities`.
 */
export async function verifyTimestamp(
  response: Uint8Array,
  signature: Uint8Array,
  authorities: readonly CertificateAuthority[],
  profile: PathProfile = "default",
): Promise<ProvenTime> {
  try {
    return await verify(readTimestampResponse(response), signature, authorities, profile);
  } catch (error) {
    if (!(error instanceof AssayError) || CODES.has(error.code)) throw error;
    throw new AssayError("TIMESTAMP_INVALID", `the timestamp does not hold: ${error.message}`, { cause: error });
  }
}

const CODES: ReadonlySet<ErrorCode> = new Set(["TIMESTAMP_INVALID", "TIMESTAMP_MISMATCH", "TIMESTAMP_AUTHORITY_UNKNOWN"]);

async function verify(
  token: TimestampToken,
  signature: Uint8Array,
  authorities: readonly CertificateAuthority[],
  profile: PathProfile,
): Promise<ProvenTime> {
  await checkImprint(token, signature);
  const { authority, certificate } = findSigner(token, authorities);
  await checkSignature(token, certificate);
  checkPurpose(certificate);
  await checkPath(certificate, token, authority, retiredAt(token.time, authorities), profile);
  return { time: token.time, authority: authority.uri === "" ? certificate.subject.rfc4514 : authority.uri };
}

async function checkImprint({ imprint }: TimestampToken, signature: Uint8Array): Promise<void> {
  const found = await digestOfBytes(knownHash(imprint.algorithm), signature);
  if (!sameBytes(found, imprint.digest))
    throw new AssayError("TIMESTAMP_MISMATCH", "the timestamp is for another signature than the bundle's");
}

interface TimestampSigner {
  readonly authority: CertificateAuthority;
  readonly certificate: Certificate;
}

/**
 * The authority whose certificate made the token. Where the trusted root names that certificate, no other
 * under the same CA will do; where it names CAs only, the token brings its own.
 */
function findSigner(token: TimestampToken, authorities: readonly CertificateAuthority[]): TimestampSigner {
  let isOutOfTime = false;
  const brought = readCarriedCertificates(token.certificates, "the timestamp");
  const skipped: SkippedCertificate[] = [...brought.skipped];
  for (const authority of authorities) {
    const trusted = readCarriedCertificates(authority.certificates, `the timestamp authority ${authority.uri}`.trimEnd());
    skipped.push(...trusted.skipped);
    const [first] = trusted.certificates;
    // Without the first, it cannot be told whether the authority's own certificate is named.
    if (first === undefined || !sameBytes(first.der, authority.certificates[0] ?? new Uint8Array())) continue;
    const isNamed = first.basicConstraints?.isCa !== true;
    const offered = isNamed ? [first] : brought.certificates.filter(({ basicConstraints }) => basicConstraints?.isCa !== true);
    const certificate = offered.find((candidate) => isSigner(candidate, token.signer));
    const leadsHere = certificate !== undefined && (isNamed || namesAnIssuer(certificate, brought.certificates, trusted.certificates));
    if (!leadsHere) continue;
    if (covers(authority.validFor, token.time)) return { authority, certificate };
    isOutOfTime = true;
  }
  const problem = isOutOfTime
    ? `the timestamp's authority was not trusted at its time, ${token.time.toISOString()}`
    : "the timestamp is by an authority that is not among the trusted ones";
  throw addSkipped(new AssayError("TIMESTAMP_AUTHORITY_UNKNOWN", problem), skipped);
}

/** Whether the way up from the token's certificate can end with one of the authority's: names only, the path is checked later. */
function namesAnIssuer(certificate: Certificate, brought: readonly Certificate[], trusted: readonly Certificate[]): boolean {
  const names = new Set([certificate, ...brought].map(({ issuer }) => issuer.rfc4514));
  return trusted.some(({ subject }) => names.has(subject.rfc4514));
}

function isSigner(certificate: Certificate, { sid }: SignerInfo): boolean {
  if ("keyIdentifier" in sid) {
    return certificate.subjectKeyIdentifier !== undefined && sameBytes(certificate.subjectKeyIdentifier, sid.keyIdentifier);
  }
  return sameBytes(certificate.serial, sid.serial) && sameBytes(certificate.issuer.der, sid.issuer);
}

/** RFC 5652 section 5.4 and RFC 5816: the signed attributes bind the content and the certificate, the signature binds them. */
async function checkSignature({ content, signer }: TimestampToken, certificate: Certificate): Promise<void> {
  const { attributes } = signer;
  const contentType = attributes.get(CONTENT_TYPE);
  if (contentType === undefined || readOid(contentType) !== TST_INFO) throw invalid("its attributes do not say that it holds a time");
  const expected = attributes.get(MESSAGE_DIGEST)?.expect(TAG.octetString).content;
  const found = await digestOfBytes(knownHash(signer.digestAlgorithm), content);
  if (expected === undefined || !sameBytes(expected, found)) throw invalid("its time is not the one that was signed");
  await checkCertificateHash(attributes, certificate);
  const key = parsePublicKey(certificate.spki);
  if (!(await verifySignature(key, schemeOf(signer), signer.signature, signer.signedAttributes))) {
    throw invalid("its authority's certificate did not sign it");
  }
}

/** ESSCertIDv2, RFC 5035 section 4: the first identifier is of the certificate that signed. */
async function checkCertificateHash(attributes: ReadonlyMap<string, DerValue>, certificate: Certificate): Promise<void> {
  const attribute = attributes.get(SIGNING_CERTIFICATE_V2);
  if (attribute === undefined) {
    const old = attributes.has(SIGNING_CERTIFICATE) ? ", only by SHA-1" : "";
    throw invalid(`it does not name the certificate that signed it${old}`);
  }
  const identifier = firstIdentifier(attribute);
  const algorithm = identifier.peek() === TAG.sequence ? readAlgorithm(identifier.next()) : undefined;
  const hash = algorithm === undefined ? "SHA-256" : knownHash(algorithm);
  const expected = identifier.next(TAG.octetString).content;
  if (!sameBytes(expected, await digestOfBytes(hash, certificate.der)))
    throw invalid("it names another certificate than the one that signed it");
}

function firstIdentifier(attribute: DerValue): DerReader {
  return attribute.in(TAG.sequence).next().in(TAG.sequence).next().in(TAG.sequence);
}

/** rsaEncryption says nothing of the hash: then it is the one of the digest (RFC 5652 section 10.1.2). */
function schemeOf({ signatureAlgorithm, digestAlgorithm }: SignerInfo): SignatureScheme {
  const oid = readOid(readDer(signatureAlgorithm.der).in(TAG.sequence).next());
  if (oid === RSA_ENCRYPTION) return { kind: "rsa-pkcs1v15", hash: knownHash(digestAlgorithm) };
  return readSignatureAlgorithm(signatureAlgorithm);
}

function knownHash(oid: string): Hash {
  const hash = HASH_OIDS.get(oid);
  if (hash === undefined) throw invalid(`it uses the hash ${oid}, which is too weak or not known`);
  return hash;
}

function checkPurpose(certificate: Certificate): void {
  if (!isForTimestampsOnly(certificate)) throw invalid("its authority's certificate is not for time stamping, and for that alone");
  const { keyUsage } = certificate;
  if (keyUsage !== undefined && !keyUsage.has("digitalSignature") && !keyUsage.has("contentCommitment")) {
    throw invalid("its authority's certificate is not for signatures");
  }
}

/** Certificates that the trusted root lists for other times only: a token must not bring them back. */
function retiredAt(time: Date, authorities: readonly CertificateAuthority[]): readonly Uint8Array[] {
  const listed = (isTrusted: boolean): Uint8Array[] =>
    authorities.filter(({ validFor }) => covers(validFor, time) === isTrusted).flatMap(({ certificates }) => certificates);
  const trusted = listed(true);
  return listed(false).filter((der) => !trusted.some((other) => sameBytes(other, der)));
}

async function checkPath(
  certificate: Certificate,
  token: TimestampToken,
  { certificates }: CertificateAuthority,
  retired: readonly Uint8Array[],
  profile: PathProfile,
): Promise<void> {
  const root = certificates.at(-1);
  await validateCertificatePath({
    leaf: certificate.der,
    candidates: [...certificates, ...token.certificates.filter((der) => !retired.some((other) => sameBytes(other, der)))],
    anchors: root === undefined ? [] : [root],
    at: token.time,
    extendedKeyUsage: TIME_STAMPING,
    profile,
  });
}

function invalid(why: string): AssayError {
  return new AssayError("TIMESTAMP_INVALID", `the timestamp does not hold: ${why}`);
}
