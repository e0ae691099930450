import { createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { encodePem } from "../../../src/encoding/pem.ts";
import {
  bitString,
  boolean,
  concat,
  derNull,
  explicit,
  ia5,
  implicit,
  integer,
  namedBits,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  tlv,
  utf8,
} from "../der-writer.ts";
import { rsaKey } from "../keys.ts";

/** A certificate that a test made, with what is needed to issue others under it. */
export interface MadeCertificate {
  readonly der: Uint8Array;
  /** What the issuer signed. */
  readonly tbs: Uint8Array;
  readonly pem: string;
  readonly privateKey: KeyObject;
  /** The subject, DER: the issuer of what this one signs. */
  readonly subject: Uint8Array;
  readonly keyIdentifier: Uint8Array;
}

export interface MadeExtension {
  readonly oid: string;
  readonly critical?: boolean;
  /** DER of the extension's own structure. */
  readonly value: Uint8Array;
}

export interface CertificateRecipe {
  /** A common name, or a whole Name in DER. */
  readonly subject?: string | Uint8Array;
  /** Who signs; self-signed without it. */
  readonly issuer?: MadeCertificate;
  /** The issuer's name as written, where it should differ from the issuer's subject. */
  readonly issuerName?: Uint8Array;
  /** Makes a CA: basic constraints and key usage of one. */
  readonly ca?: boolean;
  readonly pathLength?: number;
  readonly key?: KeyObject;
  readonly serial?: bigint | number;
  /** The serial number and the start of validity as encoded, where a test writes them its own way. */
  readonly serialDer?: Uint8Array;
  readonly notBeforeDer?: Uint8Array;
  /** As encoded in `Version`: 2 is version 3. Undefined leaves it out (version 1), with the extensions where `extensions` is null. */
  readonly version?: number | null;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Purposes; null leaves the extension out. The default for leaves is code signing, for CAs none. */
  readonly extendedKeyUsage?: readonly string[] | null;
  readonly extendedKeyUsageCritical?: boolean;
  /** Numbers of bits: 0 digitalSignature, 5 keyCertSign. Null leaves the extension out. */
  readonly keyUsage?: readonly number[] | null;
  /** General names, DER; see `dnsName` and its siblings. */
  readonly names?: readonly Uint8Array[];
  readonly namesCritical?: boolean;
  /** DER of BasicConstraints, or null for none. */
  readonly basicConstraints?: Uint8Array | null;
  readonly basicConstraintsCritical?: boolean;
  readonly subjectKeyIdentifier?: Uint8Array | null;
  /** DER of AuthorityKeyIdentifier, or null for none. The default names the issuer's key, and nothing when self-signed. */
  readonly authorityKeyIdentifier?: Uint8Array | null;
  readonly nameConstraints?: Uint8Array;
  /** More extensions, after the others. */
  readonly extra?: readonly MadeExtension[];
  /** Replaces every extension; null writes none. */
  readonly extensions?: readonly MadeExtension[] | null;
  /** What is between the key and the extensions: unique identifiers, or what should not be there. */
  readonly afterKey?: Uint8Array;
  /** AlgorithmIdentifiers other than the one that signs. */
  readonly innerAlgorithm?: Uint8Array;
  readonly outerAlgorithm?: Uint8Array;
  /** The hash to sign with; the algorithm identifiers follow. */
  readonly hash?: "sha1" | "sha256" | "sha384" | "sha512";
  readonly pss?: { readonly saltLength: number; readonly algorithm: Uint8Array };
  readonly spki?: Uint8Array;
  readonly tamperSignature?: (signature: Uint8Array) => Uint8Array;
}

export const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
export const NOW = new Date("2026-06-15T12:00:00Z");
const NOT_BEFORE = new Date("2025-01-01T00:00:00Z");
const NOT_AFTER = new Date("2035-01-01T00:00:00Z");

let lastSerial = 1000;

/**
 * Makes and signs a certificate. Without anything it is a self-signed leaf for signing code, valid at
 * `NOW`, with a fresh P-256 key; every rule of RFC 5280 that a recipe does not break is kept.
 */
export function makeCertificate(recipe: CertificateRecipe = {}): MadeCertificate {
  const privateKey = recipe.key ?? newKey("P-256");
  const spki = recipe.spki ?? spkiOf(privateKey);
  const subject = typeof recipe.subject === "object" ? recipe.subject : commonName(recipe.subject ?? `made ${lastSerial + 1}`);
  const signer = recipe.issuer?.privateKey ?? privateKey;
  const algorithm = recipe.pss?.algorithm ?? algorithmOf(signer, recipe.hash);
  const keyIdentifier = recipe.subjectKeyIdentifier ?? keyIdentifierOf(privateKey);
  const extensions = recipe.extensions === undefined ? defaultExtensions(recipe, keyIdentifier) : (recipe.extensions ?? []);
  const version = recipe.version === undefined ? 2 : recipe.version;
  const tbs = sequence(
    ...(version === null ? [] : [explicit(0, integer(version))]),
    recipe.serialDer ?? integer(recipe.serial ?? ++lastSerial),
    recipe.innerAlgorithm ?? algorithm,
    recipe.issuerName ?? recipe.issuer?.subject ?? subject,
    sequence(recipe.notBeforeDer ?? time(recipe.notBefore ?? NOT_BEFORE), time(recipe.notAfter ?? NOT_AFTER)),
    subject,
    spki,
    recipe.afterKey ?? new Uint8Array(),
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions.map(writeExtension)))]),
  );
  const made = signBytes(tbs, signer, recipe);
  const signature = recipe.tamperSignature?.(made) ?? made;
  const der = sequence(tbs, recipe.outerAlgorithm ?? algorithm, bitString(signature));
  return { der, tbs, pem: encodePem("CERTIFICATE", der), privateKey, subject, keyIdentifier };
}

/** A CA: self-signed without an issuer. */
export function makeCa(recipe: CertificateRecipe = {}): MadeCertificate {
  return makeCertificate({ ca: true, subject: recipe.issuer === undefined ? "root" : "intermediate", ...recipe });
}

/** A private key: fresh, or for RSA of that many bits another than the last. */
export function newKey(kind: "P-256" | "P-384" | "P-521" | "Ed25519" | number): KeyObject {
  if (typeof kind === "number") return rsaKey(kind);
  if (kind === "Ed25519") return generateKeyPairSync("ed25519").privateKey;
  return generateKeyPairSync("ec", { namedCurve: kind }).privateKey;
}

export function spkiOf(key: KeyObject): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createPublicKey(key).export({ type: "spki", format: "der" }));
}

/** The SHA-1 of the whole SPKI: any value will do, RFC 5280 section 4.2.1.2 only suggests one. */
function keyIdentifierOf(key: KeyObject): Uint8Array {
  return new Uint8Array(createHash("sha1").update(spkiOf(key)).digest());
}

const SIGNATURE_OIDS: Readonly<Record<string, string>> = {
  "ec sha1": "1.2.840.10045.4.1",
  "ec sha256": "1.2.840.10045.4.3.2",
  "ec sha384": "1.2.840.10045.4.3.3",
  "ec sha512": "1.2.840.10045.4.3.4",
  "rsa sha1": "1.2.840.113549.1.1.5",
  "rsa sha256": "1.2.840.113549.1.1.11",
  "rsa sha384": "1.2.840.113549.1.1.12",
  "rsa sha512": "1.2.840.113549.1.1.13",
};

/** The AlgorithmIdentifier of signatures by this key. */
export function algorithmOf(key: KeyObject, hash = "sha256"): Uint8Array {
  if (key.asymmetricKeyType === "ed25519") return sequence(oid("1.3.101.112"));
  const identifier = oid(SIGNATURE_OIDS[`${key.asymmetricKeyType} ${hash}`]!);
  return key.asymmetricKeyType === "rsa" ? sequence(identifier, derNull()) : sequence(identifier);
}

function signBytes(bytes: Uint8Array, key: KeyObject, { hash = "sha256", pss }: CertificateRecipe): Uint8Array {
  if (key.asymmetricKeyType === "ed25519") return new Uint8Array(sign(null, bytes, key));
  // 6 is RSA_PKCS1_PSS_PADDING.
  return new Uint8Array(sign(hash, bytes, pss === undefined ? key : { key, padding: 6, saltLength: pss.saltLength }));
}

function defaultExtensions(recipe: CertificateRecipe, keyIdentifier: Uint8Array): MadeExtension[] {
  const { ca = false, issuer } = recipe;
  const basic = recipe.basicConstraints === undefined ? (ca ? basicConstraints(true, recipe.pathLength) : null) : recipe.basicConstraints;
  const usage = recipe.keyUsage === undefined ? (ca ? [5, 6] : [0]) : recipe.keyUsage;
  const purposes = recipe.extendedKeyUsage === undefined ? (ca ? null : [CODE_SIGNING]) : recipe.extendedKeyUsage;
  const authority =
    recipe.authorityKeyIdentifier === undefined
      ? issuer === undefined
        ? null
        : authorityKeyIdentifier(issuer.keyIdentifier)
      : recipe.authorityKeyIdentifier;
  const extensions: (MadeExtension | null)[] = [
    basic && { oid: "2.5.29.19", critical: recipe.basicConstraintsCritical ?? ca, value: basic },
    usage && { oid: "2.5.29.15", critical: true, value: namedBits(...usage) },
    purposes && { oid: "2.5.29.37", critical: recipe.extendedKeyUsageCritical ?? false, value: sequence(...purposes.map(oid)) },
    recipe.subjectKeyIdentifier === null ? null : { oid: "2.5.29.14", value: octetString(keyIdentifier) },
    authority && { oid: "2.5.29.35", value: authority },
    recipe.names ? { oid: "2.5.29.17", critical: recipe.namesCritical ?? false, value: sequence(...recipe.names) } : null,
    recipe.nameConstraints ? { oid: "2.5.29.30", critical: true, value: recipe.nameConstraints } : null,
  ];
  return [...extensions.filter((extension) => extension !== null), ...(recipe.extra ?? [])];
}

function writeExtension({ oid: identifier, critical = false, value }: MadeExtension): Uint8Array {
  return sequence(oid(identifier), ...(critical ? [boolean(true)] : []), octetString(value));
}

export function basicConstraints(isCa: boolean, pathLength?: number): Uint8Array {
  return sequence(...(isCa ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)]));
}

export function authorityKeyIdentifier(keyIdentifier: Uint8Array): Uint8Array {
  return sequence(implicit(0, octetString(keyIdentifier)));
}

/** A Name of one CN. */
export const commonName = (text: string): Uint8Array => name(["2.5.4.3", text]);
/** A Name with one RDN for each attribute, outermost first; values are UTF8String, or DER as given. */
export function name(...attributes: readonly (readonly [type: string, value: string | Uint8Array])[]): Uint8Array {
  return sequence(...attributes.map(([type, value]) => setOf(sequence(oid(type), typeof value === "string" ? utf8(value) : value))));
}

export const email = (mailbox: string): Uint8Array => implicit(1, ia5(mailbox));
export const dnsName = (host: string): Uint8Array => implicit(2, ia5(host));
export const directoryName = (subject: Uint8Array): Uint8Array => explicit(4, subject);
export const uri = (text: string): Uint8Array => implicit(6, ia5(text));
/** An address, or, for name constraints, an address and its mask. */
export const ipAddress = (...octets: number[]): Uint8Array => implicit(7, octetString(Uint8Array.from(octets)));
export const otherName = (type: string, value: Uint8Array): Uint8Array => tlv(0xa0, oid(type), explicit(0, value));
export const registeredId = (identifier: string): Uint8Array => implicit(8, oid(identifier));

/** DER of NameConstraints. */
export function nameConstraints({ permitted = [], excluded = [] }: { permitted?: Uint8Array[]; excluded?: Uint8Array[] }): Uint8Array {
  const subtrees = (number: number, bases: Uint8Array[]): Uint8Array[] =>
    bases.length === 0 ? [] : [explicit(number, concat(...bases.map((base) => sequence(base))))];
  return sequence(...subtrees(0, permitted), ...subtrees(1, excluded));
}
