import { concatenate } from "./bytes.ts";

/** One DER value: `tag` is the identifier octet, the content is the parts one after another. ITU-T X.690, section 10.1. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthOctets = writeLength(length);
  const value = new Uint8Array(1 + lengthOctets.length + length);
  value[0] = tag;
  value.set(lengthOctets, 1);
  let offset = 1 + lengthOctets.length;
  for (const part of parts) {
    value.set(part, offset);
    offset += part.length;
  }
  return value;
}

function writeLength(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

/** A number that is not negative, big-endian, as the content of an INTEGER in the fewest octets: X.690 section 8.3. */
export function positiveInteger(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const magnitude = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return (magnitude[0] ?? 0) < 0x80 ? magnitude : concatenate(Uint8Array.of(0), magnitude);
}
