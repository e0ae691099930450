const MAX_BYTES = 10;

/**
 * The base 128 number at `at`, as unsigned 64 bits, and where the next byte is. Undefined where it has no end before
 * `end`, or more than ten bytes.
 */
export function readVarint(
  bytes: Uint8Array,
  at: number,
  end = bytes.length,
): { readonly value: number | bigint; readonly next: number } | undefined {
  let value = 0;
  let scale = 1;
  const limit = Math.min(at + MAX_BYTES, end, bytes.length);
  for (let next = at; next < limit; next++) {
    const byte = bytes[next] ?? 0;
    // Seven groups of seven bits are exact in a double; longer numbers are read again as a bigint.
    if (next - at === 7) return readLong(bytes, at, limit);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next: next + 1 };
    scale *= 128;
  }
  return undefined;
}

function readLong(bytes: Uint8Array, at: number, limit: number): { readonly value: number | bigint; readonly next: number } | undefined {
  let value = 0n;
  for (let next = at; next < limit; next++) {
    const byte = bytes[next] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (next - at));
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), next: next + 1 };
  }
  return undefined;
}

/** An int64 in two's complement; a number where it is exact as one. */
export function signed(value: number | bigint): number | bigint {
  if (typeof value === "number") return value;
  const result = BigInt.asIntN(64, value);
  const number = Number(result);
  return Number.isSafeInteger(number) ? number : result;
}
