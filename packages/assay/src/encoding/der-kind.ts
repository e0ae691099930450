import { AssayError } from "../core/error.ts";
import { contextTag, type DerValue, readDer, TAG } from "./der.ts";
import { readOid } from "./der-values.ts";

/** PKCS#7 and CMS content types: RFC 5652 section 4, and the older ones beside it. */
const CONTENT_TYPES = "1.2.840.113549.1.7.";
/** Octets: an RSA modulus has more, a number of an ECDSA signature fewer. */
const MIN_MODULUS = 100;

/** The structures that `derKind` tells apart. */
type DerKind =
  | "pkcs7-der"
  | "pkcs12"
  | "private-key"
  | "pkcs1-public"
  | "bare-signature"
  | "encrypted-private-key"
  | "public-key"
  | "revocation-list"
  | "certificate-request"
  | "certificate";

/**
 * Which structure DER holds, by the types of its fields: nothing is checked any further. Undefined for
 * what is not DER, and for a structure that is not known.
 */
export function derKind(bytes: Uint8Array): DerKind | undefined {
  try {
    return kindOf(readDer(bytes, () => {}));
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

function kindOf(value: DerValue): DerKind | undefined {
  const fields = value.in(TAG.sequence).rest();
  const [first] = fields;
  switch (shapeOf(fields.slice(0, 3))) {
    case "oid [0]":
      return first !== undefined && readOid(first).startsWith(CONTENT_TYPES) ? "pkcs7-der" : undefined;
    case "integer sequence sequence":
    case "integer sequence":
      return isContentInfo(fields[1]) ? "pkcs12" : undefined;
    case "integer sequence octets":
    case "integer octets [0]":
    case "integer octets [1]":
    case "integer octets":
    case "integer integer integer":
      return "private-key";
    case "integer integer":
      return (first?.content.length ?? 0) >= MIN_MODULUS ? "pkcs1-public" : "bare-signature";
    case "sequence octets":
      return "encrypted-private-key";
    case "sequence bits":
      return "public-key";
    case "sequence sequence bits":
      return signedKind(first);
    default:
      return undefined;
  }
}

/** Certificates, requests for them, and revocation lists have the same outside. */
function signedKind(tbs: DerValue | undefined): DerKind {
  const fields = tbs?.children().rest() ?? [];
  if (fields.some(({ tag }) => tag === TAG.utcTime || tag === TAG.generalizedTime)) return "revocation-list";
  const isRequest = fields[0]?.tag === TAG.integer && fields.length <= 4;
  return isRequest ? "certificate-request" : "certificate";
}

function isContentInfo(value: DerValue | undefined): boolean {
  const type = value?.in(TAG.sequence).next();
  return type !== undefined && readOid(type).startsWith(CONTENT_TYPES);
}

const SHAPES: ReadonlyMap<number, string> = new Map([
  [TAG.integer, "integer"],
  [TAG.sequence, "sequence"],
  [TAG.octetString, "octets"],
  [TAG.bitString, "bits"],
  [TAG.oid, "oid"],
  [contextTag(0, true), "[0]"],
  [contextTag(1, true), "[1]"],
]);

function shapeOf(fields: readonly DerValue[]): string {
  return fields.map(({ tag }) => SHAPES.get(tag) ?? "?").join(" ");
}
