import { AssayError } from "../../core/error.ts";
import { contextTag, type DerReader, type DerValue, invalid, type NoteDeparture, readDer, TAG, refusingDer } from "../../encoding/der.ts";
import { isNegative, readIntegerBytes, readSmallInteger, readTime } from "../../encoding/der-values.ts";
import { encodeHex } from "../../encoding/hex.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { RevokedCertificates } from "./crl-entries.ts";
import { type ListScope, readIssuingDistributionPoint, UNLIMITED } from "./crl-scope.ts";
import { EXTENSION, type Extension, readAuthorityKeyIdentifier, readExtensions } from "./extensions.ts";
import { type DistinguishedName, readName } from "./name.ts";
import { readSigned } from "./signed.ts";

/** A certificate revocation list that was read: well-formed, and nothing in it is proven. RFC 5280 section 5.1. */
export interface RevocationList {
  readonly der: Uint8Array;
  /** The bytes that the issuer signed. */
  readonly tbs: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly signatureAlgorithm: DerValue;
  readonly signature: Uint8Array;
  readonly thisUpdate: Date;
  /** When the next list is due at the latest. Undefined where the issuer promises nothing. */
  readonly nextUpdate: Date | undefined;
  readonly number: bigint | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly scope: ListScope;
  readonly revoked: RevokedCertificates;
  /** As for certificates: how it is encoded otherwise than DER asks, where that leaves no doubt. */
  readonly departures: readonly string[];
}

/** The longest lists that are in use have a few million entries. */
export const MAX_LIST_BYTES = 64 * 1024 * 1024;

const LIST_EXTENSION = {
  number: "2.5.29.20",
  deltaListIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
} as const;

const PROCESSED: ReadonlySet<string> = new Set([EXTENSION.authorityKeyIdentifier, ...Object.values(LIST_EXTENSION)]);

/**
 * Reads one complete list, DER: RFC 5280 sections 5.1 to 5.3, of version 1 or 2, as section 5 asks of
 * verifiers. Every entry is read, and none is kept as an object: the time is linear in the length, the
 * memory is that of the bytes.
 *
 * Delta lists and indirect lists are refused, as is a critical extension, of the list or of an entry,
 * that is not known: a list that cannot be applied must not be used. Throws CRL_INVALID.
 */
export function parseRevocationList(der: Uint8Array): RevocationList {
  if (der.length > MAX_LIST_BYTES) {
    throw new AssayError("CRL_INVALID", `a revocation list of ${der.length} bytes; at most ${MAX_LIST_BYTES}`);
  }
  return refusingDer("CRL_INVALID", "a revocation list is", () => {
    // A copy, which cannot change between its check and its use.
    return read(new Uint8Array(der));
  });
}

function read(der: Uint8Array): RevocationList {
  const departures = new Set<string>();
  const note: NoteDeparture = (what) => departures.add(what);
  const { tbs, signatureAlgorithm, signature } = readSigned(der, note);
  const fields = tbs.in(TAG.sequence);
  const version = readVersion(fields);
  const innerAlgorithm = fields.next(TAG.sequence);
  // Section 5.1.1.2, as for certificates.
  if (!sameBytes(innerAlgorithm.der, signatureAlgorithm.der)) throw invalid("two different signature algorithms");
  const issuer = readName(fields.next());
  if (issuer.keys.length === 0) throw invalid("a list without an issuer");
  const thisUpdate = readTime(fields.next());
  const hasNext = fields.peek() === TAG.utcTime || fields.peek() === TAG.generalizedTime;
  const nextUpdate = hasNext ? readTime(fields.next()) : undefined;
  if (nextUpdate !== undefined && nextUpdate < thisUpdate) throw invalid("a list whose next one was due before it");
  // Section 5.1.2.6 has issuers leave out an empty list of entries; many write it, and it cannot mislead.
  const revoked = new RevokedCertificates(fields.optional(TAG.sequence), version, note);
  const extensions = readListExtensions(fields) ?? new Map<string, Extension>();
  fields.end();
  if (extensions.size > 0 && version === 1) throw invalid("extensions in a list of version 1");
  const known = readKnown(extensions, note);
  return {
    der,
    tbs: tbs.der,
    issuer,
    signatureAlgorithm,
    signature,
    thisUpdate,
    nextUpdate,
    ...known,
    revoked,
    departures: [...departures],
  };
}

/** Section 5.1.2.1: left out, or spelled out as 1, which is version 2. */
function readVersion(fields: DerReader): 1 | 2 {
  const value = fields.optional(TAG.integer);
  if (value === undefined) return 1;
  if (readSmallInteger(value) !== 1) throw invalid("a list of a version that is spelled out as 1, or unknown");
  return 2;
}

function readListExtensions(fields: DerReader): Map<string, Extension> | undefined {
  const wrapper = fields.optional(contextTag(0, true))?.children();
  if (wrapper === undefined) return undefined;
  const extensions = readExtensions(wrapper.next());
  wrapper.end();
  return extensions;
}

/** Section 5.2. */
function readKnown(
  extensions: ReadonlyMap<string, Extension>,
  note: NoteDeparture,
): Pick<RevocationList, "number" | "authorityKeyIdentifier" | "scope"> {
  for (const [oid, { critical }] of extensions) {
    if (critical && !PROCESSED.has(oid)) {
      throw new AssayError("CRL_INVALID", `a revocation list has the critical extension ${oid}, which is unsupported`);
    }
  }
  if (extensions.has(LIST_EXTENSION.deltaListIndicator)) {
    throw new AssayError("CRL_INVALID", "a revocation list is a delta list, which holds only the changes to another", {
      hint: "give the complete list instead",
    });
  }
  const keyIdentifier = extensions.get(EXTENSION.authorityKeyIdentifier);
  const number = extensions.get(LIST_EXTENSION.number);
  const point = extensions.get(LIST_EXTENSION.issuingDistributionPoint);
  return {
    authorityKeyIdentifier: keyIdentifier && readAuthorityKeyIdentifier(keyIdentifier.value, note),
    number: number && readListNumber(number.value, note),
    scope: point === undefined ? UNLIMITED : readIssuingDistributionPoint(point.value, note),
  };
}

/** Section 5.2.3: up to 20 octets. Numbers only order lists of the same date. */
function readListNumber(value: Uint8Array, note: NoteDeparture): bigint {
  const field = readDer(value, note);
  const bytes = readIntegerBytes(field);
  if (isNegative(bytes) || bytes.length > 64) throw invalid("a list number that is negative, or of over 64 octets");
  if (bytes.length > 20) field.depart("a list number of over 20 octets");
  return BigInt(`0x${encodeHex(bytes)}`);
}
