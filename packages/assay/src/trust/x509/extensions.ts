import { contextTag, type DerValue, invalid, type NoteDeparture, readDer, TAG } from "../../encoding/der.ts";
import { readFlag, readIntegerBytes, readNamedBits, readOid, readSmallInteger } from "../../encoding/der-values.ts";
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

/** An extension of a certificate or list: RFC 5280 section 4.1.2.9. */
export interface Extension {
  readonly critical: boolean;
  /** DER of the extension's own structure. */
  readonly value: Uint8Array;
}

// The readers below throw DER_INVALID for what cannot be understood. What is written otherwise than X.690 or
// section 4.2 asks of issuers, and can mean one thing only, is reported to `note`, or is DER_INVALID without one.

/** The Extensions of a certificate, by object identifier. A second one of a kind is DER_INVALID (section 4.2). */
export function readExtensions(list: DerValue): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const entry of list.in(TAG.sequence).rest()) {
    const parts = entry.in(TAG.sequence);
    const oid = readOid(parts.next());
    const critical = readFlag(parts.optional(TAG.boolean));
    const value = parts.next(TAG.octetString).content;
    parts.end();
    if (extensions.has(oid)) throw invalid(`the extension ${oid} twice`);
    extensions.set(oid, { critical, value });
  }
  if (extensions.size === 0) list.depart("an empty list of extensions");
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

export function readKeyUsage(value: Uint8Array, note?: NoteDeparture): ReadonlySet<KeyUsage> {
  const list = readDer(value, note);
  const bits = readNamedBits(list);
  const usages = KEY_USAGES.filter((_, bit) => bits.has(bit));
  if (usages.length === 0) list.depart("a key usage that allows nothing");
  return new Set(usages);
}

/** An empty list, which section 4.2.1.12 does not have, allows no purpose. */
export function readExtendedKeyUsage(value: Uint8Array, note?: NoteDeparture): readonly string[] {
  const list = readDer(value, note);
  const purposes = list
    .in(TAG.sequence)
    .rest()
    .map((purpose) => readOid(purpose));
  if (purposes.length === 0) list.depart("an extended key usage without a purpose");
  return purposes;
}

/** Whether a certificate is a CA's, and how long a path below it may be: RFC 5280 section 4.2.1.9. */
export interface BasicConstraints {
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
}

export function readBasicConstraints(value: Uint8Array, note?: NoteDeparture): BasicConstraints {
  const constraints = readDer(value, note);
  const fields = constraints.in(TAG.sequence);
  const isCa = readFlag(fields.optional(TAG.boolean));
  const length = fields.optional(TAG.integer);
  fields.end();
  const pathLength = length === undefined ? undefined : readSmallInteger(length);
  if (pathLength !== undefined && !isCa) constraints.depart("a path length in a certificate that is not a CA");
  return { isCa, pathLength };
}

export function readSubjectAlternativeName(value: Uint8Array, note?: NoteDeparture): readonly GeneralName[] {
  const list = readDer(value, note);
  const names = list.in(TAG.sequence).rest().map(readGeneralName);
  if (names.length === 0) list.depart("a subject alternative name without a name");
  return names;
}

/** Undefined where it is empty, and identifies no key. */
export function readSubjectKeyIdentifier(value: Uint8Array, note?: NoteDeparture): Uint8Array | undefined {
  const identifier = readDer(value, note).expect(TAG.octetString);
  if (identifier.content.length > 0) return identifier.content;
  identifier.depart("an empty key identifier");
  return undefined;
}

/** The key identifier of the issuer; undefined where the extension names the issuer in other ways only. */
export function readAuthorityKeyIdentifier(value: Uint8Array, note?: NoteDeparture): Uint8Array | undefined {
  const extension = readDer(value, note);
  const fields = extension.in(TAG.sequence);
  const keyIdentifier = fields.optional(contextTag(0, false))?.content;
  const issuer = fields.optional(contextTag(1, true))?.children().rest().map(readGeneralName);
  const serial = fields.optional(contextTag(2, false));
  if (serial !== undefined) readIntegerBytes(serial, contextTag(2, false));
  fields.end();
  if ((issuer === undefined) !== (serial === undefined)) {
    extension.depart("an authority key identifier with half an issuer and serial number");
  }
  if (keyIdentifier?.length !== 0) return keyIdentifier;
  extension.depart("an empty key identifier");
  return undefined;
}
