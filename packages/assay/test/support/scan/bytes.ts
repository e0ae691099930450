/** Joins bytes, numbers (one byte each) and texts (UTF-8). */
export function bytes(...parts: readonly (Uint8Array | string | number | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === "number") return Buffer.of(part);
      return typeof part === "string" ? Buffer.from(part) : Buffer.from(part as Uint8Array);
    }),
  );
}

/** A whole number in little-endian bytes. */
export function littleEndian(value: number | bigint, length: number): Uint8Array {
  const out = Buffer.alloc(length);
  let rest = BigInt.asUintN(length * 8, BigInt(value));
  for (let at = 0; at < length; at++, rest >>= 8n) out[at] = Number(rest & 0xffn);
  return out;
}

/** The same, the most significant byte first. */
export function bigEndian(value: number | bigint, length: number): Uint8Array {
  return littleEndian(value, length).toReversed();
}
