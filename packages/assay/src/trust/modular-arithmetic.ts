/** `base` to the power of `exponent`, modulo `modulus`, by repeated squaring. For public values only: its time depends on them. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
  }
  return result;
}

/** The number that big-endian bytes are. */
export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}
