import { power, toBigInt } from "./modular-arithmetic.ts";

export type Curve = "P-256" | "P-384" | "P-521";

interface CurveEquation {
  /** The prime of the field, which leaves 3 when divided by 4 on all three curves. */
  readonly p: bigint;
  readonly b: bigint;
  /** Octets of a coordinate. */
  readonly length: number;
}

/** y² = x³ - 3x + b: FIPS 186-4, appendix D.1.2. */
const EQUATIONS: Readonly<Record<Curve, CurveEquation>> = {
  "P-256": {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    length: 32,
  },
  "P-384": {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    length: 48,
  },
  "P-521": {
    p: 2n ** 521n - 1n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    length: 66,
  },
};

/**
 * The uncompressed form of a compressed point: SEC 1 section 2.3.4, which RFC 5480 section 2.2 allows in
 * keys. A point is the same in both. Undefined for what is not the compressed form of a point of the curve.
 */
export function decompressPoint(curve: Curve, point: Uint8Array): Uint8Array | undefined {
  const { p, b, length } = EQUATIONS[curve];
  const [form] = point;
  if (point.length !== 1 + length || (form !== 2 && form !== 3)) return undefined;
  const x = toBigInt(point.subarray(1));
  if (x >= p) return undefined;
  const square = (((x * x) % p) * x + (p - 3n) * x + b) % p;
  const root = power(square, (p + 1n) / 4n, p);
  if ((root * root) % p !== square) return undefined;
  const isOdd = (root & 1n) === 1n;
  // Zero has no other root: a point with y = 0 would be of order two, and these curves have none.
  const y = isOdd === (form === 3) ? root : p - root;
  const uncompressed = new Uint8Array(1 + 2 * length);
  uncompressed[0] = 4;
  uncompressed.set(point.subarray(1), 1);
  writeNumber(y, uncompressed.subarray(1 + length));
  return uncompressed;
}

function writeNumber(value: bigint, target: Uint8Array): void {
  let rest = value;
  for (let index = target.length - 1; index >= 0; index--, rest >>= 8n) target[index] = Number(rest & 0xffn);
}
