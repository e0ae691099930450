import { decodeUtf8 } from "./utf8.ts";
import { type DerValue, invalid, TAG } from "./der.ts";

/** X.690 section 11.1: false is 00, true is FF and nothing else. */
export function readBoolean(value: DerValue): boolean {
  const { content } = value.expect(TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw invalid("a boolean that is neither 00 nor FF");
  return content[0] === 0xff;
}

/** A BOOLEAN DEFAULT FALSE. The default is written by leaving it out (X.690 section 11.5): FALSE spelled out is a departure. */
export function readFlag(value: DerValue | undefined): boolean {
  if (value === undefined) return false;
  const flag = readBoolean(value);
  if (!flag) value.depart("a default that is spelled out");
  return flag;
}

/** The two's complement bytes of an integer, in the fewest octets (X.690 section 8.3): more of them are a departure. */
export function readIntegerBytes(value: DerValue, tag: number = TAG.integer): Uint8Array {
  const { content } = value.expect(tag);
  if (content.length === 0) throw invalid("an integer without octets");
  const start = firstOctet(content);
  if (start > 0) value.depart("an integer that is not in the fewest octets");
  return start === 0 ? content : content.subarray(start);
}

/** Where the fewest octets of an integer begin: the ones before only repeat its sign. */
function firstOctet(content: Uint8Array): number {
  for (let start = 0; ; start++) {
    const octet = content[start];
    const next = content[start + 1];
    if (next === undefined) return start;
    const isRepeated = (octet === 0 && next < 0x80) || (octet === 0xff && next >= 0x80);
    if (!isRepeated) return start;
  }
}

export function isNegative(integer: Uint8Array): boolean {
  return (integer[0] ?? 0) >= 0x80;
}

/** A small integer that is not negative; `tag` for an implicitly tagged one. Larger than 2^31-1 is DER_INVALID. */
export function readSmallInteger(value: DerValue, tag: number = TAG.integer): number {
  const bytes = readIntegerBytes(value, tag);
  if (isNegative(bytes)) throw invalid("a negative integer where none is allowed");
  if (bytes.length > 4) throw invalid("an integer larger than allowed");
  return bytes.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** The bytes of a bit string whose length is whole octets, as keys and signatures are. */
export function readBitStringBytes(value: DerValue): Uint8Array {
  const { content } = value.expect(TAG.bitString);
  if (content[0] !== 0) throw invalid("a bit string that is not whole octets");
  return content.subarray(1);
}

/**
 * The numbers of the bits that are set in a named bit list. Trailing zero bits (X.690 section 11.2.2) and
 * set bits behind the end (section 11.2.1) are departures: neither belongs to the value.
 */
export function readNamedBits(value: DerValue): Set<number> {
  const { content } = value.expect(TAG.bitString);
  const unused = content[0];
  const bytes = content.subarray(1);
  const last = bytes.at(-1);
  if (unused === undefined || unused > 7 || (last === undefined && unused !== 0)) throw invalid("a malformed bit string");
  if (last !== undefined && (last & ((1 << unused) - 1)) !== 0) value.depart("a bit string with bits set that it does not have");
  if (last !== undefined && (last & (1 << unused)) === 0) value.depart("a named bit list with trailing zero bits");
  const bits = new Set<number>();
  const length = 8 * bytes.length - unused;
  for (let bit = 0; bit < length; bit++) if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) bits.add(bit);
  return bits;
}

/** An object identifier in dots. X.690 section 8.19. */
export function readOid(value: DerValue, tag: number = TAG.oid): string {
  const { content } = value.expect(tag);
  if (content.length === 0 || content.length > 64) throw invalid("an object identifier without octets, or with over 64");
  const arcs: bigint[] = [];
  let arc = 0n;
  let isAtStart = true;
  for (const octet of content) {
    if (isAtStart && octet === 0x80) throw invalid("an object identifier with an arc that is not in the fewest octets");
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    isAtStart = (octet & 0x80) === 0;
    if (isAtStart) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  if (!isAtStart) throw invalid("an object identifier that ends in the middle of an arc");
  const [head = 0n, ...tail] = arcs;
  const top = head < 40n ? 0n : head < 80n ? 1n : 2n;
  return [top, head - top * 40n, ...tail].join(".");
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/**
 * A time as RFC 5280 section 4.1.2.5 has it: UTCTime to 2049, GeneralizedTime from 2050, seconds, no
 * fraction, Z. A GeneralizedTime before 2050 is a departure.
 */
export function readTime(value: DerValue): Date {
  const text = String.fromCharCode(...value.content.subarray(0, 32));
  const isUtc = value.tag === TAG.utcTime;
  if (!isUtc) value.expect(TAG.generalizedTime);
  const match = (isUtc ? UTC_TIME : GENERALIZED_TIME).exec(text);
  if (match === null || value.content.length > 32) throw invalid(`the time ${JSON.stringify(text)} is not in the format of RFC 5280`);
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  const fullYear = !isUtc ? year : year >= 50 ? 1900 + year : 2000 + year;
  if (!isUtc && fullYear < 2050) value.depart(`the time ${text} is before 2050 and should be a UTCTime`);
  const time = new Date(0);
  time.setUTCFullYear(fullYear, month - 1, day);
  time.setUTCHours(hours, minutes, seconds);
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hours < 24 && minutes < 60 && seconds < 60;
  if (!isReal) throw invalid(`the time ${text} does not exist`);
  return time;
}

/** Text that may only be ASCII: IA5String and its implicitly tagged uses in names. */
export function readAscii(bytes: Uint8Array): string {
  if (bytes.some((octet) => octet >= 0x80)) throw invalid("a character that is not ASCII where only ASCII may be");
  return decodeUtf8(bytes, "DER_INVALID", "a text in DER");
}
