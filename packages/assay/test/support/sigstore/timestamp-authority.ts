import { type KeyObject, randomBytes } from "node:crypto";
import { concat, derNull, explicit, implicit, integer, octetString, oid, sequence, setOf, time, tlv } from "../der-writer.ts";
import { algorithmOf, type CertificateRecipe, makeCa, makeCertificate, type MadeCertificate, name, newKey } from "../x509/make.ts";
import { children } from "./der-children.ts";
import { digestOf, type HashName, hashOf, signWith } from "./signing-keys.ts";

export interface TimestampAuthority {
  readonly root: MadeCertificate;
  readonly leaf: MadeCertificate;
}

export interface TimestampAuthorityRecipe {
  readonly key?: Parameters<typeof newKey>[0];
  readonly root?: CertificateRecipe;
  readonly leaf?: CertificateRecipe;
}

export const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const POLICY = "1.3.6.1.4.1.57264.2";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_TIME = "1.2.840.113549.1.9.5";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

export const HASH_OIDS = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
} as const;

/** A root and below it a leaf whose only purpose, critical as RFC 3161 section 2.3 asks, is time-stamping. */
export function makeTimestampAuthority({ key = "P-256", root = {}, leaf = {} }: TimestampAuthorityRecipe = {}): TimestampAuthority {
  const named = (commonName: string): Uint8Array => name(["2.5.4.10", "sigstore.test"], ["2.5.4.3", commonName]);
  const top = makeCa({ subject: named("tsa-root"), key: newKey(key), ...root });
  const below = { subject: named("tsa"), issuer: top, key: newKey(key), extendedKeyUsage: [TIME_STAMPING], extendedKeyUsageCritical: true };
  return { root: top, leaf: makeCertificate({ ...below, ...leaf }) };
}

/** The parts of TSTInfo (RFC 3161 section 2.4.2), each as DER; a part may be left out. */
export interface TstInfoParts {
  version: Uint8Array;
  policy: Uint8Array;
  messageImprint: Uint8Array;
  serialNumber: Uint8Array;
  genTime: Uint8Array;
  accuracy: Uint8Array;
  ordering: Uint8Array;
  nonce: Uint8Array;
  tsa: Uint8Array;
  extensions: Uint8Array;
}

/** A signed attribute: its type's OID and its values. */
export interface Attribute {
  readonly type: string;
  readonly values: readonly Uint8Array[];
}

/** What a test may want otherwise about one timestamp. */
export interface TimestampRecipe {
  readonly authority?: TimestampAuthority;
  readonly at?: Date;
  /** The hash of the imprint. */
  readonly imprintHash?: HashName;
  /** The hash of the signature; by default what suits the key. */
  readonly hash?: HashName;
  /** Null leaves it out. */
  readonly nonce?: bigint | null;
  /** Which certificates the answer carries: `certReq` false asks for none. */
  readonly certificates?: "none" | "leaf" | "chain" | readonly Uint8Array[];
  readonly accuracySeconds?: number | null;
  readonly fraction?: string;
  readonly tamperImprint?: (digest: Uint8Array) => Uint8Array;
  readonly tamperTstInfo?: (parts: TstInfoParts) => TstInfoParts;
  readonly tamperAttributes?: (attributes: Attribute[]) => Attribute[] | null;
  /** What the signature is over: the attributes as a SET, or the content without attributes. */
  readonly tamperSigned?: (signed: Uint8Array) => Uint8Array;
  readonly tamperSignature?: (signature: Uint8Array) => Uint8Array;
  readonly contentType?: string;
  readonly signerKey?: KeyObject;
  readonly signerIdentifier?: Uint8Array;
  readonly digestAlgorithm?: Uint8Array;
  readonly signatureAlgorithm?: Uint8Array;
  /** None, or the same one more than once. */
  readonly signers?: number;
  /** PKIStatus: 0 granted, 2 rejection. */
  readonly status?: number;
  readonly tamper?: (response: Uint8Array) => Uint8Array;
}

/** An answer to a time-stamp request over `data`: TimeStampResp, DER. RFC 3161 section 2.4.2, RFC 5652 section 5. */
export function timestamp(own: TimestampAuthority, data: Uint8Array, at: Date, recipe: TimestampRecipe = {}): Uint8Array {
  const hash = recipe.imprintHash ?? "sha256";
  return timestampImprint(own, hash, digestOf(hash, data), at, recipe);
}

/** The same where only the digest is known. */
export function timestampImprint(
  own: TimestampAuthority,
  hash: HashName,
  digest: Uint8Array,
  at: Date,
  recipe: TimestampRecipe = {},
): Uint8Array {
  const authority = recipe.authority ?? own;
  const parts = tstInfo(authority, hash, recipe.tamperImprint?.(digest) ?? digest, recipe.at ?? at, recipe);
  const content = sequence(...Object.values(recipe.tamperTstInfo?.(parts) ?? parts));
  const token = sequence(oid(SIGNED_DATA), explicit(0, signedData(authority, content, recipe.at ?? at, recipe)));
  const response = sequence(sequence(integer(recipe.status ?? 0)), token);
  return recipe.tamper?.(response) ?? response;
}

function tstInfo({ leaf }: TimestampAuthority, hash: HashName, digest: Uint8Array, at: Date, recipe: TimestampRecipe): TstInfoParts {
  const { accuracySeconds = 1, nonce = 42n } = recipe;
  return {
    version: integer(1),
    policy: oid(POLICY),
    messageImprint: sequence(sequence(oid(HASH_OIDS[hash]), derNull()), octetString(digest)),
    serialNumber: integer(BigInt(`0x40${randomBytes(15).toString("hex")}`)),
    genTime: generalizedTime(at, recipe.fraction),
    accuracy: accuracySeconds === null ? new Uint8Array() : sequence(integer(accuracySeconds)),
    ordering: new Uint8Array(),
    nonce: nonce === null ? new Uint8Array() : integer(nonce),
    tsa: explicit(0, explicit(4, leaf.subject)),
    extensions: new Uint8Array(),
  };
}

export function generalizedTime(at: Date, fraction = ""): Uint8Array {
  return tlv(0x18, new TextEncoder().encode(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}${fraction}Z`));
}

function signedData(authority: TimestampAuthority, content: Uint8Array, at: Date, recipe: TimestampRecipe): Uint8Array {
  const key = recipe.signerKey ?? authority.leaf.privateKey;
  const hash = recipe.hash ?? hashOf(key);
  const digestAlgorithm = recipe.digestAlgorithm ?? sequence(oid(HASH_OIDS[hash]));
  const certificates = carried(authority, recipe.certificates ?? "leaf");
  const signer = signerInfo(authority, content, at, recipe);
  return sequence(
    integer(3),
    setOf(digestAlgorithm),
    sequence(oid(recipe.contentType ?? TST_INFO), explicit(0, octetString(content))),
    ...(certificates.length === 0 ? [] : [explicit(0, concat(...certificates))]),
    setOf(...Array.from({ length: recipe.signers ?? 1 }, () => signer)),
  );
}

function carried({ leaf, root }: TimestampAuthority, which: NonNullable<TimestampRecipe["certificates"]>): readonly Uint8Array[] {
  if (typeof which !== "string") return which;
  return which === "none" ? [] : which === "leaf" ? [leaf.der] : [leaf.der, root.der];
}

function signerInfo(authority: TimestampAuthority, content: Uint8Array, at: Date, recipe: TimestampRecipe): Uint8Array {
  const key = recipe.signerKey ?? authority.leaf.privateKey;
  const hash = recipe.hash ?? hashOf(key);
  const plain = attributesOf(authority, content, at, hash, recipe);
  const attributes = recipe.tamperAttributes === undefined ? plain : recipe.tamperAttributes(plain);
  const set = attributes && setOf(...attributes.map(({ type, values }) => sequence(oid(type), setOf(...values))));
  const signed = set ?? content;
  const made = signWith(key, recipe.tamperSigned?.(signed) ?? signed, hash);
  return sequence(
    integer(1),
    recipe.signerIdentifier ?? issuerAndSerial(authority.leaf),
    recipe.digestAlgorithm ?? sequence(oid(HASH_OIDS[hash])),
    ...(set === null ? [] : [implicit(0, set)]),
    recipe.signatureAlgorithm ?? algorithmOf(key, hash),
    octetString(recipe.tamperSignature?.(made) ?? made),
  );
}

function attributesOf(authority: TimestampAuthority, content: Uint8Array, at: Date, hash: HashName, recipe: TimestampRecipe): Attribute[] {
  return [
    { type: CONTENT_TYPE, values: [oid(recipe.contentType ?? TST_INFO)] },
    { type: SIGNING_TIME, values: [time(at)] },
    { type: MESSAGE_DIGEST, values: [octetString(digestOf(hash, content))] },
    { type: SIGNING_CERTIFICATE_V2, values: [signingCertificateV2(authority.leaf)] },
  ];
}

export const ATTRIBUTE = { CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, SIGNING_CERTIFICATE_V2 } as const;

/** RFC 5816: which certificate's key signed, by its SHA-256, which as the default is not named. */
export function signingCertificateV2(leaf: MadeCertificate): Uint8Array {
  return sequence(sequence(sequence(octetString(digestOf("sha256", leaf.der)), issuerSerial(leaf))));
}

/** Issuer and serial as the certificate has them. */
function issuerAndSerial(leaf: MadeCertificate): Uint8Array {
  const [, serial, , issuer] = children(leaf.tbs);
  return sequence(issuer!, serial!);
}

function issuerSerial(leaf: MadeCertificate): Uint8Array {
  const [, serial, , issuer] = children(leaf.tbs);
  return sequence(sequence(explicit(4, issuer!)), serial!);
}
