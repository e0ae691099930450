import { type DerValue, invalid, TAG } from "../../encoding/der.ts";
import { readOid } from "../../encoding/der-values.ts";
import { encodeHex } from "../../encoding/hex.ts";

interface Attribute {
  readonly oid: string;
  /** The text, undefined for a value that is not a character string. */
  readonly text: string | undefined;
  /** Whether section 7.1 compares it as text. The other string types are compared byte for byte. */
  readonly isComparedAsText: boolean;
  /** The value, DER. */
  readonly der: Uint8Array;
}

/** A distinguished name: RFC 5280 section 4.1.2.4. */
export interface DistinguishedName {
  readonly der: Uint8Array;
  /** Relative distinguished names, outermost first, each of one attribute or more. */
  readonly rdns: readonly (readonly Attribute[])[];
  /** One string for every RDN; two names are equal where these are (section 7.1). */
  readonly keys: readonly string[];
  /** The whole name for people: RFC 4514. */
  readonly rfc4514: string;
}

/** Reads a DistinguishedName. Throws DER_INVALID. */
export function readName(value: DerValue): DistinguishedName {
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

export function sameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.keys.length === b.keys.length && a.keys.every((key, index) => key === b.keys[index]);
}

/** Whether `name` is `base` or below it. */
export function isWithinName(name: DistinguishedName, base: DistinguishedName): boolean {
  return base.keys.length <= name.keys.length && base.keys.every((key, index) => key === name.keys[index]);
}

function readRdn(value: DerValue): Attribute[] {
  const members = value.in(TAG.set).rest();
  if (members.length === 0) throw invalid("a name with an empty part");
  // X.690 section 11.6: the members of a SET OF are in the order of their encodings.
  for (const [index, member] of members.entries()) {
    const before = members[index - 1];
    if (before !== undefined && encodeHex(before.der) >= encodeHex(member.der)) {
      value.depart("a part of a name whose members are out of order");
    }
  }
  return members.map((member) => {
    const fields = member.in(TAG.sequence);
    const oid = readOid(fields.next());
    const content = fields.next();
    fields.end();
    return { oid, ...readText(content), der: content.der };
  });
}

/**
 * The characters of a string. Section 7.1 compares four types as text. The older ones are text for people
 * only: TeletexString, whose character set differs from tool to tool (read as Latin-1, as most write it),
 * UniversalString, and the types of a few ASCII characters.
 */
function readText({ tag, content }: DerValue): Pick<Attribute, "text" | "isComparedAsText"> {
  const encoding = COMPARED_AS_TEXT.get(tag);
  if (encoding !== undefined) {
    const text = decode(encoding, content);
    return { text, isComparedAsText: text !== undefined };
  }
  const decodeOld = SHOWN_AS_TEXT.get(tag);
  return { text: decodeOld?.(content), isComparedAsText: false };
}

const COMPARED_AS_TEXT: ReadonlyMap<number, "utf-8" | "utf-16be"> = new Map([
  [TAG.utf8String, "utf-8"],
  [TAG.printableString, "utf-8"],
  [TAG.ia5String, "utf-8"],
  [TAG.bmpString, "utf-16be"],
]);

const SHOWN_AS_TEXT: ReadonlyMap<number, (content: Uint8Array) => string | undefined> = new Map([
  [TAG.teletexString, decodeLatin1],
  [TAG.universalString, decodeUtf32],
  [TAG.numericString, (content) => decode("utf-8", content)],
  [TAG.visibleString, (content) => decode("utf-8", content)],
]);

function decode(encoding: "utf-8" | "utf-16be", content: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** One character for each octet; the label "latin1" of TextDecoder is windows-1252. */
function decodeLatin1(content: Uint8Array): string {
  return Array.from(content, (octet) => String.fromCharCode(octet)).join("");
}

/** Four octets for each character, big-endian. */
function decodeUtf32(content: Uint8Array): string | undefined {
  if (content.length % 4 !== 0) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  let text = "";
  for (let offset = 0; offset < content.length; offset += 4) {
    const point = view.getUint32(offset);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}

/** Longer than any attribute of RFC 5280's appendix A.1 that names are made of. Normalizing takes more than linear time. */
const MAX_COMPARED_AS_TEXT = 256;

/** Says its length, so that no value can pass for two attributes. */
function attributeKey({ oid, text, isComparedAsText, der }: Attribute): string {
  const isCompared = isComparedAsText && text !== undefined && text.length <= MAX_COMPARED_AS_TEXT;
  const key = !isCompared ? `#${encodeHex(der)}` : `=${comparableText(text)}`;
  return `${oid} ${key.length}${key}`;
}

/**
 * RFC 5280 section 7.1, which is RFC 4518 section 2: what is invisible, compatibility forms, case, and
 * runs of white space make no difference.
 */
export function comparableText(text: string): string {
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
export const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
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
