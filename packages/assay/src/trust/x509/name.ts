import { type DerValue, invalid, TAG } from "../../encoding/der.ts";
import { readOid } from "../../encoding/der-values.ts";
import { encodeHex } from "../../encoding/hex.ts";

interface Attribute {
  readonly oid: string;
  /** The text, undefined for a value that is no character string. */
  readonly text: string | undefined;
  /** The value, DER. */
  readonly der: Uint8Array;
}

/** A distinguished name: RFC 5280 section 4.1.2.4. */
export interface Name {
  readonly der: Uint8Array;
  /** Relative distinguished names, outermost first, each of one attribute or more. */
  readonly rdns: readonly (readonly Attribute[])[];
  /** One string for every RDN; two names are equal where these are (section 7.1). */
  readonly keys: readonly string[];
  /** The whole name for people: RFC 4514. */
  readonly rfc4514: string;
}

/** Reads a Name. Throws DER_INVALID. */
export function readName(value: DerValue): Name {
  const rdns = value.in(TAG.sequence).rest().map(readRdn);
  return {
    der: value.der,
    rdns,
    keys: rdns.map((rdn) => rdn.map(attributeKey).sort().join("+")),
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

function readRdn(value: DerValue): Attribute[] {
  const members = value.in(TAG.set).rest();
  if (members.length === 0) throw invalid("a name with an empty part");
  // X.690 section 11.6: the members of a SET OF stand in the order of their encodings.
  for (const [index, member] of members.entries()) {
    const before = members[index - 1];
    if (before !== undefined && encodeHex(before.der) >= encodeHex(member.der))
      throw invalid("a part of a name whose members are out of order");
  }
  return members.map((member) => {
    const fields = member.in(TAG.sequence);
    const oid = readOid(fields.next());
    const content = fields.next();
    fields.end();
    return { oid, text: readText(content), der: content.der };
  });
}

/** The characters of the string types that RFC 5280 section 7.1 compares as text; undefined for all else. */
function readText({ tag, content }: DerValue): string | undefined {
  const isText = tag === TAG.utf8String || tag === TAG.printableString || tag === TAG.ia5String;
  if (!isText && tag !== TAG.bmpString) return undefined;
  try {
    return new TextDecoder(isText ? "utf-8" : "utf-16be", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** Longer than any attribute of RFC 5280's appendix A.1 that names are made of. Normalizing takes more than linear time. */
const MAX_COMPARED_AS_TEXT = 256;

/** Says its length, so that no value can pass for two attributes. */
function attributeKey({ oid, text, der }: Attribute): string {
  const isCompared = text !== undefined && text.length <= MAX_COMPARED_AS_TEXT;
  const key = !isCompared ? `#${encodeHex(der)}` : `=${comparable(text)}`;
  return `${oid} ${key.length}${key}`;
}

/**
 * RFC 5280 section 7.1, which is RFC 4518 section 2: what is invisible, compatibility forms, case, and
 * runs of white space make no difference.
 */
function comparable(text: string): string {
  return text
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ")
    .normalize("NFKC")
    .replaceAll(/ +/g, " ")
    .trim();
}

/** RFC 4514 section 3's short names, and descriptors that LDAP (RFC 4519) or every tool knows. */
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
  ["2.5.4.4", "sn"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.12", "title"],
  ["2.5.4.42", "givenName"],
  ["2.5.4.97", "organizationIdentifier"],
]);

function showAttribute({ oid, text, der }: Attribute): string {
  const type = SHORT_NAMES.get(oid);
  // Section 2.4: without a descriptor, or without text, the value is shown as it is encoded.
  if (type === undefined || text === undefined) return `${type ?? oid}=#${encodeHex(der)}`;
  const escaped = text
    .replaceAll(/[\\",+;<>=]/g, (character) => `\\${character}`)
    .replaceAll("\0", "\\00")
    .replace(/ $/, "\\ ")
    .replace(/^[ #]/, (character) => `\\${character}`);
  return `${type}=${escaped}`;
}
