import { sign } from "node:crypto";
import { encodePem } from "../../../src/encoding/pem.ts";
import { bitString, boolean, bytes, explicit, implicit, integer, namedBits, octetString, oid, sequence, time, tlv } from "../der-writer.ts";
import { algorithmOf, authorityKeyIdentifier, type MadeCertificate, type MadeExtension } from "./make.ts";

export interface MadeEntry {
  readonly serial: bigint | number | Uint8Array;
  readonly date?: Date;
  /** By its number: 1 keyCompromise, 6 certificateHold. */
  readonly reason?: number;
  readonly invalidityDate?: Date;
  readonly extra?: readonly MadeExtension[];
}

export interface ListRecipe {
  /** Who signs, and whose name is the issuer's. */
  readonly issuer: MadeCertificate;
  readonly issuerName?: Uint8Array;
  /** As encoded in `Version`: 1 is version 2. Null leaves it out, which is version 1. */
  readonly version?: number | null;
  readonly thisUpdate?: Date;
  /** The date as encoded, where a test writes it its own way. */
  readonly thisUpdateDer?: Uint8Array;
  /** Null leaves it out. */
  readonly nextUpdate?: Date | null;
  readonly entries?: readonly MadeEntry[];
  /** The encoded entries, for lists too large for `entries`, and for malformed ones. */
  readonly rawEntries?: Uint8Array;
  readonly number?: bigint | number;
  /** DER of AuthorityKeyIdentifier, or null for none. The default names the issuer's key. */
  readonly authorityKeyIdentifier?: Uint8Array | null;
  /** DER of IssuingDistributionPoint; see `scope`. */
  readonly scope?: Uint8Array;
  readonly extra?: readonly MadeExtension[];
  /** Replaces every extension; null writes none. */
  readonly extensions?: readonly MadeExtension[] | null;
  readonly innerAlgorithm?: Uint8Array;
  readonly outerAlgorithm?: Uint8Array;
  readonly hash?: "sha1" | "sha256" | "sha384" | "sha512";
  readonly tamperSignature?: (signature: Uint8Array) => Uint8Array;
}

export interface MadeList {
  readonly der: Uint8Array;
  readonly pem: string;
}

export const THIS_UPDATE = new Date("2026-06-10T00:00:00Z");
export const NEXT_UPDATE = new Date("2026-06-20T00:00:00Z");
export const REVOKED_AT = new Date("2026-03-01T00:00:00Z");

/** Makes and signs a list. Without more than an issuer it revokes nothing, is of version 2 and current at `NOW`. */
export function makeList(recipe: ListRecipe): MadeList {
  const { issuer, hash = "sha256" } = recipe;
  const algorithm = algorithmOf(issuer.privateKey, hash);
  const version = recipe.version === undefined ? 1 : recipe.version;
  const nextUpdate = recipe.nextUpdate === undefined ? NEXT_UPDATE : recipe.nextUpdate;
  const entries = recipe.entries?.map(writeEntry) ?? [];
  const extensions = recipe.extensions === undefined ? defaultExtensions(recipe) : (recipe.extensions ?? []);
  const tbs = sequence(
    ...(version === null ? [] : [integer(version)]),
    recipe.innerAlgorithm ?? algorithm,
    recipe.issuerName ?? issuer.subject,
    recipe.thisUpdateDer ?? time(recipe.thisUpdate ?? THIS_UPDATE),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    ...(recipe.rawEntries === undefined ? [] : [sequence(recipe.rawEntries)]),
    ...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions.map(writeExtension)))]),
  );
  const made = new Uint8Array(sign(issuer.privateKey.asymmetricKeyType === "ed25519" ? null : hash, tbs, issuer.privateKey));
  const der = sequence(tbs, recipe.outerAlgorithm ?? algorithm, bitString(recipe.tamperSignature?.(made) ?? made));
  return { der, pem: encodePem("X509 CRL", der) };
}

function defaultExtensions(recipe: ListRecipe): MadeExtension[] {
  const authority =
    recipe.authorityKeyIdentifier === undefined ? authorityKeyIdentifier(recipe.issuer.keyIdentifier) : recipe.authorityKeyIdentifier;
  return [
    ...(authority === null ? [] : [{ oid: "2.5.29.35", value: authority }]),
    { oid: "2.5.29.20", value: integer(recipe.number ?? 7) },
    ...(recipe.scope === undefined ? [] : [{ oid: "2.5.29.28", critical: true, value: recipe.scope }]),
    ...(recipe.extra ?? []),
  ];
}

export function writeEntry({ serial, date = REVOKED_AT, reason, invalidityDate, extra = [] }: MadeEntry): Uint8Array {
  const extensions = [
    ...(reason === undefined ? [] : [{ oid: "2.5.29.21", value: tlv(0x0a, bytes(reason)) }]),
    ...(invalidityDate === undefined ? [] : [{ oid: "2.5.29.24", value: generalizedTime(invalidityDate) }]),
    ...extra,
  ];
  const number = serial instanceof Uint8Array ? tlv(0x02, serial) : integer(serial);
  return sequence(number, time(date), ...(extensions.length === 0 ? [] : [sequence(...extensions.map(writeExtension))]));
}

function writeExtension({ oid: identifier, critical = false, value }: MadeExtension): Uint8Array {
  return sequence(oid(identifier), ...(critical ? [boolean(true)] : []), octetString(value));
}

function generalizedTime(at: Date): Uint8Array {
  return tlv(
    0x18,
    new TextEncoder().encode(
      at
        .toISOString()
        .replace(/\.\d+Z$/, "Z")
        .replaceAll(/[-:T]/g, ""),
    ),
  );
}

/** DER of IssuingDistributionPoint. Flags: 1 user certificates, 2 CA certificates, 4 indirect, 5 attribute certificates. */
export function scope(recipe: {
  readonly names?: readonly Uint8Array[];
  readonly flags?: readonly number[];
  /** Bits of ReasonFlags: 1 keyCompromise. */
  readonly reasons?: readonly number[];
}): Uint8Array {
  const { names, flags = [], reasons } = recipe;
  const flag = (number: number): Uint8Array[] => (flags.includes(number) ? [implicit(number, boolean(true))] : []);
  return sequence(
    ...(names === undefined ? [] : [explicit(0, explicit(0, ...names))]),
    ...flag(1),
    ...flag(2),
    ...(reasons === undefined ? [] : [implicit(3, namedBits(...reasons))]),
    ...flag(4),
    ...flag(5),
  );
}

/** The extension CRLDistributionPoints of a certificate: one point with these names. */
export function distributionPoints(names: readonly Uint8Array[], ...more: readonly Uint8Array[]): MadeExtension {
  return { oid: "2.5.29.31", value: sequence(sequence(explicit(0, explicit(0, ...names)), ...more)) };
}
