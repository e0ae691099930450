/** Writes DER for tests, and, where a test asks for it, things that only look like DER. */

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  return concat(Uint8Array.of(tag), lengthOctets(content.length), content);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 + octets.length, ...octets);
}

export const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);
export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
/** SET OF: DER orders the elements by their encoding. */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array => tlv(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b)));
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => tlv(0xa0 + number, ...parts);
/** Replaces an element's tag by the context-specific one. */
export function implicit(number: number, element: Uint8Array): Uint8Array {
  const retagged = Uint8Array.from(element);
  retagged[0] = 0x80 + number + ((element[0] ?? 0) & 0x20);
  return retagged;
}

export function integer(value: bigint | number): Uint8Array {
  let rest = BigInt(value);
  const octets: number[] = [];
  do {
    octets.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (!(rest === 0n && octets[0]! < 0x80) && !(rest === -1n && octets[0]! >= 0x80));
  return tlv(0x02, Uint8Array.from(octets));
}

export const boolean = (value: boolean): Uint8Array => tlv(0x01, bytes(value ? 0xff : 0x00));
export const derNull = (): Uint8Array => tlv(0x05);
export const octetString = (content: Uint8Array): Uint8Array => tlv(0x04, content);
export const bitString = (octets: Uint8Array, unusedBits = 0): Uint8Array => tlv(0x03, bytes(unusedBits), octets);
export const utf8 = (text: string): Uint8Array => tlv(0x0c, new TextEncoder().encode(text));
export const printable = (text: string): Uint8Array => tlv(0x13, new TextEncoder().encode(text));
export const ia5 = (text: string): Uint8Array => tlv(0x16, new TextEncoder().encode(text));

/** A BIT STRING of named bits, zero bits at the end left out. */
export function namedBits(...set: readonly number[]): Uint8Array {
  const last = Math.max(-1, ...set);
  const octets = new Uint8Array(Math.floor(last / 8) + 1);
  for (const bit of set) octets[bit >> 3]! |= 0x80 >> (bit & 7);
  return bitString(octets, last < 0 ? 0 : 7 - (last & 7));
}

export function oid(dotted: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = dotted.split(".").map(BigInt);
  const octets = [first * 40n + second, ...rest].flatMap((arc) => {
    const digits = [Number(arc & 0x7fn)];
    for (let higher = arc >> 7n; higher > 0n; higher >>= 7n) digits.unshift(Number(higher & 0x7fn) | 0x80);
    return digits;
  });
  return tlv(0x06, Uint8Array.from(octets));
}

/** UTCTime from 1950 to 2049, GeneralizedTime otherwise, as RFC 5280 wants it. */
export function time(at: Date): Uint8Array {
  const year = at.getUTCFullYear();
  const digits = at
    .toISOString()
    .replace(/^\+?0*(?=\d{4}-)/, "")
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:T]/g, "");
  const text = new TextEncoder();
  return year >= 1950 && year < 2050 ? tlv(0x17, text.encode(digits.slice(2))) : tlv(0x18, text.encode(digits));
}
