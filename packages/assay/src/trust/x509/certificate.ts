import { AssayError } from "../../core/error.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { contextTag, type DerReader, type DerValue, invalid, type NoteDeparture, TAG, refusingDer } from "../../encoding/der.ts";
import { readIntegerBytes, readSmallInteger, readTime } from "../../encoding/der-values.ts";
import { sha256Hex } from "../fingerprint.ts";
import { parseKeyOfAnyStrength, type PublicKey } from "../public-key.ts";
import { verifySha1SelfSignature, verifySignature } from "../signature.ts";
import {
  type BasicConstraints,
  EXTENSION,
  type Extension,
  type KeyUsage,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
  readSubjectAlternativeName,
  readSubjectKeyIdentifier,
} from "./extensions.ts";
import type { GeneralName } from "./general-name.ts";
import { type DistinguishedName, readName, sameName } from "./name.ts";
import { type NameConstraints, readNameConstraints } from "./name-constraints.ts";
import { type Policies, readCertificatePolicies, readInhibitAnyPolicy, readPolicyConstraints, readPolicyMappings } from "./policies.ts";
import { readSignatureAlgorithm, sha1Scheme } from "./signature-algorithm.ts";
import { readSigned } from "./signed.ts";

/** A certificate that was read: well-formed, and nothing in it is proven. RFC 5280 section 4.1. */
export interface Certificate {
  readonly der: Uint8Array;
  /** The bytes that the issuer signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Two's complement, as encoded. */
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly signatureAlgorithm: DerValue;
  /** Whether the algorithm inside the signed part is the one outside, byte for byte. */
  readonly algorithmsAgree: boolean;
  readonly signature: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly subjectAlternativeNames: readonly GeneralName[];
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers of purposes. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly policies: Policies;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  /** Issuer and subject are the same name: self-issued, which says nothing about the signature. */
  readonly isSelfIssued: boolean;
  /** How it is encoded otherwise than DER and section 4 ask, where that leaves no doubt about what it says. */
  readonly departures: readonly string[];
}

/** No certificate that anybody issues comes near; a bound on what hostile ones cost. */
const MAX_CERTIFICATE_BYTES = 256 * 1024;

/**
 * Reads one certificate, DER, with every extension that path validation knows. Departures from DER that
 * leave no doubt are listed in the result, and refused by the strict profile. Throws CERTIFICATE_INVALID.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE_BYTES) {
    throw new AssayError("CERTIFICATE_INVALID", `a certificate of ${der.length} bytes; at most ${MAX_CERTIFICATE_BYTES}`);
  }
  return refusingDer("CERTIFICATE_INVALID", "a certificate is", () => {
    // A copy, which cannot change between its check and its use.
    return read(new Uint8Array(der));
  });
}

function read(der: Uint8Array): Certificate {
  const departures = new Set<string>();
  const note: NoteDeparture = (what) => departures.add(what);
  const { tbs, signatureAlgorithm, signature } = readSigned(der, note);
  const fields = tbs.in(TAG.sequence);
  const version = readVersion(fields);
  const serial = readIntegerBytes(fields.next());
  const innerAlgorithm = fields.next(TAG.sequence);
  const issuer = readName(fields.next());
  const validity = fields.next().in(TAG.sequence);
  const [notBefore, notAfter] = [readTime(validity.next()), readTime(validity.next())];
  validity.end();
  const subject = readName(fields.next());
  const spki = fields.next(TAG.sequence).der;
  const uniqueIds = [fields.optional(contextTag(1, false)), fields.optional(contextTag(2, false))];
  if (version === 1 && uniqueIds.some((id) => id !== undefined)) throw invalid("unique identifiers in a certificate of version 1");
  const wrapper = fields.optional(contextTag(3, true))?.children();
  const extensions = wrapper === undefined ? new Map<string, Extension>() : readExtensions(wrapper.next());
  wrapper?.end();
  fields.end();
  if (wrapper !== undefined && version !== 3) throw invalid(`extensions in a certificate of version ${version}`);

  const extension = <Value>(oid: string, readValue: (value: Uint8Array, note: NoteDeparture) => Value): Value | undefined => {
    const found = extensions.get(oid);
    return found === undefined ? undefined : readValue(found.value, note);
  };
  return {
    der,
    tbs: tbs.der,
    version,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    signatureAlgorithm,
    algorithmsAgree: sameBytes(signatureAlgorithm.der, innerAlgorithm.der),
    signature,
    extensions,
    subjectAlternativeNames: extension(EXTENSION.subjectAlternativeName, readSubjectAlternativeName) ?? [],
    basicConstraints: extension(EXTENSION.basicConstraints, readBasicConstraints),
    keyUsage: extension(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage: extension(EXTENSION.extendedKeyUsage, readExtendedKeyUsage),
    nameConstraints: extension(EXTENSION.nameConstraints, readNameConstraints),
    policies: readPolicies(extensions, note),
    subjectKeyIdentifier: extension(EXTENSION.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: extension(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    isSelfIssued: sameName(issuer, subject),
    departures: [...departures],
  };
}

function readPolicies(extensions: ReadonlyMap<string, Extension>, note: NoteDeparture): Policies {
  const policies = extensions.get(EXTENSION.certificatePolicies);
  const mappings = extensions.get(EXTENSION.policyMappings);
  const constraints = extensions.get(EXTENSION.policyConstraints);
  const inhibitAnyPolicy = extensions.get(EXTENSION.inhibitAnyPolicy);
  return {
    policies: policies && readCertificatePolicies(policies.value, policies.critical, note),
    mappings: mappings && readPolicyMappings(mappings.value, note),
    ...(constraints === undefined ? {} : readPolicyConstraints(constraints.value, note)),
    inhibitAnyPolicy: inhibitAnyPolicy && readInhibitAnyPolicy(inhibitAnyPolicy.value, note),
  };
}

function readVersion(fields: DerReader): 1 | 2 | 3 {
  const wrapper = fields.optional(contextTag(0, true))?.children();
  if (wrapper === undefined) return 1;
  const field = wrapper.next();
  const version = readSmallInteger(field);
  wrapper.end();
  if (version > 2) throw invalid("a certificate of an unknown version");
  if (version === 2) return 3;
  if (version === 1) return 2;
  field.depart("a version of 1, a default that is spelled out");
  return 1;
}

/**
 * Whether `issuerKey` signed the certificate. Throws ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN,
 * SIGNATURE_ENCODING, KEY_INVALID where the question has no answer.
 */
export async function isSignedBy(certificate: Certificate, issuerKey: PublicKey): Promise<boolean> {
  return verifySignature(issuerKey, readSignatureAlgorithm(certificate.signatureAlgorithm), certificate.signature, certificate.tbs);
}

/**
 * Whether the certificate's own key made its signature: that makes it a root, whatever its names say.
 * A signature with SHA-1 counts here, as nothing is believed because of it. Never throws for what is in
 * the certificate: what cannot be verified is not self-signed.
 */
export async function isSelfSigned(certificate: Certificate): Promise<boolean> {
  try {
    // A root whose key is too short is a root all the same: the path's validation is what refuses it.
    const key = parseKeyOfAnyStrength(certificate.spki);
    const sha1 = sha1Scheme(certificate.signatureAlgorithm);
    if (sha1 !== undefined) return await verifySha1SelfSignature(key, sha1, certificate.signature, certificate.tbs);
    return await isSignedBy(certificate, key);
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/** Hex SHA-256 of the certificate's DER. */
export async function fingerprint(certificate: Certificate): Promise<string> {
  return sha256Hex(certificate.der);
}
