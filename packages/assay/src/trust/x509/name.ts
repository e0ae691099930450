import { type DerValue, TAG } from "../../encoding/der.ts";
import { readOid } from "../../encoding/der-values.ts";
import { encodeHex } from "../../encoding/hex.ts";

interface Attribute {
  readonly oid: string;
  /** The text, undefined for a value that is no character string. */
  readonly text: string | undefined;
  /** What equality is decided by: see `comparable`. */
  readonly key: string;
}

/** A distinguished name: RFC 5280 section 4.1.2.4. */
export interface Name {
  readonly der: Uint8Array;
  readonly attributes: readonly Attribute[];
  /** One string for every RDN, outermost first; two names are equal where these are (section 7.1). */
  readonly keys: readonly string[];
  /** The whole name for people: RFC 4514. */
  readonly rfc4514: string;
}

/** Reads a Name that has the given tag already taken off or not: `value` is the SEQUENCE of RDNs. Throws DER_INVALID. */
export function readName(value: DerValue): Name {
  const rdns = value
    .in(TAG.sequence)
    .rest()
    .map((rdn) => rdn.in(TAG.set).rest().map(readAttribute));
  return {
    der: value.der,
    attributes: rdns.flat(),
    keys: rdns.map((rdn) => rdn.map(({ oid, key }) => `${oid}=${key}`).sort().join("+")),
    rfc4514: rdns
      .map((rdn) => rdn.map(showAttribute).join("+"))
      .toReversed()
      .join(","),
  };
}

export function sameName(a: Name, b: Name): boolean {
  return a.keys.length === b.keys.length && a.keys.every((key, index) => key === b.keys[index]);
}

/** Whether `name` is `base` or lies below it. */
export function isWithin(name: Name, base: Name): boolean {
  return base.keys.length <= name.keys.length && base.keys.every((key, index) => key === name.keys[index]);
}

function readAttribute(value: DerValue): Attribute {
  const fields = value.in(TAG.sequence);
  const oid = readOid(fields.next());
  const content = fields.next();
  fields.end();
  const text = readText(content);
  return { oid, text, key: text === undefined ? `#${encodeHex(content.der)}` : comparable(text) };
}

/** The characters of any of the string types of RFC 5280 section 4.1.2.4; undefined where they are not. */
function readText({ tag, content }: DerValue): string | undefined {
  try {
    switch (tag) {
      case TAG.utf8String:
      case TAG.printableString:
      case TAG.ia5String:
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
      case TAG.teletexString:
        return String.fromCharCode(...content.subarray(0, 4096));
      case TAG.bmpString:
        return new TextDecoder("utf-16be", { fatal: true, ignoreBOM: true }).decode(content);
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

/** RFC 5280 section 7.1 (RFC 4518): compatibility forms, case and runs of white space make no difference. */
function comparable(text: string): string {
  return text.normalize("NFKC").toLowerCase().normalize("NFKC").trim().replaceAll(/\s+/gu, " ");
}

/** RFC 4514 section 3's short names, and two that everybody knows. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.6", "C"],
  ["2.5.4.9", "STREET"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
]);

function showAttribute({ oid, text, key }: Attribute): string {
  const type = SHORT_NAMES.get(oid) ?? oid;
  if (text === undefined) return `${type}=${key}`;
  const escaped = text
    .replaceAll(/[\\",+;<>=]/g, (character) => `\\${character}`)
    .replaceAll("\0", "\\00")
    .replace(/^[ #]/, (character) => `\\${character}`)
    .replace(/ $/, "\\ ");
  return `${type}=${escaped}`;
}
