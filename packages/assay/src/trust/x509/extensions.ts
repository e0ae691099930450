import { contextTag, type DerReader, invalid, readDer, TAG } from "../../encoding/der.ts";
import { readBoolean, readIntegerBytes, readNamedBits, readOid, readSmallInteger } from "../../encoding/der-values.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";

/** Object identifiers of the extensions that path validation knows: RFC 5280 section 4.2.1. */
export const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
} as const;

export interface Extension {
  readonly critical: boolean;
  /** DER of the extension's own structure. */
  readonly value: Uint8Array;
}

/** The Extensions of a certificate, by object identifier. A second one of a kind is DER_INVALID (section 4.2). */
export function readExtensions(fields: DerReader): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const entry of fields.rest()) {
    const parts = entry.in(TAG.sequence);
    const oid = readOid(parts.next());
    const flag = parts.optional(TAG.boolean);
    const value = parts.next(TAG.octetString).content;
    parts.end();
    // The default is written by leaving it out (X.690 section 11.5).
    if (flag !== undefined && !readBoolean(flag)) throw invalid("an extension that spells out that it is not critical");
    if (extensions.has(oid)) throw invalid(`the extension ${oid} twice`);
    extensions.set(oid, { critical: flag !== undefined, value });
  }
  if (extensions.size === 0) throw invalid("an empty list of extensions");
  return extensions;
}

const KEY_USAGES = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

export function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const bits = readNamedBits(readDer(value));
  const usages = KEY_USAGES.filter((_, bit) => bits.has(bit));
  if (usages.length === 0) throw invalid("a key usage that allows nothing");
  return new Set(usages);
}

export function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  const purposes = readDer(value)
    .in(TAG.sequence)
    .rest()
    .map((purpose) => readOid(purpose));
  if (purposes.length === 0) throw invalid("an extended key usage without a purpose");
  return purposes;
}

export interface BasicConstraints {
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
}

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const fields = readDer(value).in(TAG.sequence);
  const flag = fields.optional(TAG.boolean);
  const isCa = flag !== undefined && readBoolean(flag);
  if (flag !== undefined && !isCa) throw invalid("basic constraints that spell out that it is no CA");
  const length = fields.optional(TAG.integer);
  fields.end();
  const pathLength = length === undefined ? undefined : readSmallInteger(length);
  if (pathLength !== undefined && !isCa) throw invalid("a path length in a certificate that is no CA");
  return { isCa, pathLength };
}

export function readSubjectAlternativeName(value: Uint8Array): readonly GeneralName[] {
  const names = readDer(value).in(TAG.sequence).rest().map(readGeneralName);
  if (names.length === 0) throw invalid("a subject alternative name without a name");
  return names;
}

export function readSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  const { content } = readDer(value).expect(TAG.octetString);
  if (content.length === 0) throw invalid("an empty key identifier");
  return content;
}

/** The key identifier of the issuer; undefined where the extension names the issuer in other ways only. */
export function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  const fields = readDer(value).in(TAG.sequence);
  const keyIdentifier = fields.optional(contextTag(0, false))?.content;
  const issuer = fields.optional(contextTag(1, true))?.children().rest().map(readGeneralName);
  const serial = fields.optional(contextTag(2, false));
  if (serial !== undefined) readIntegerBytes(serial, contextTag(2, false));
  fields.end();
  if ((issuer === undefined) !== (serial === undefined)) throw invalid("an authority key identifier with half an issuer and serial number");
  if (keyIdentifier?.length === 0) throw invalid("an empty key identifier");
  return keyIdentifier;
}
