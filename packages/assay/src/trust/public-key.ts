import { AssayError } from "../core/error.ts";
import { type DerReader, type DerValue, readDer, TAG, refusingDer } from "../encoding/der.ts";
import { isNegative, readBitStringBytes, readIntegerBytes, readOid } from "../encoding/der-values.ts";
import { writeDer } from "../encoding/der-writer.ts";
import { type Curve, decompressPoint } from "./ec-point.ts";

/** A public key that can verify, with its SubjectPublicKeyInfo (DER); an elliptic curve point is uncompressed there. */
export type PublicKey =
  | { readonly kind: "ec"; readonly curve: Curve; readonly spki: Uint8Array }
  | { readonly kind: "rsa"; readonly bits: number; readonly spki: Uint8Array }
  | { readonly kind: "ed25519"; readonly raw: Uint8Array; readonly spki: Uint8Array };

const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const ED25519 = "1.3.101.112";

const CURVES: ReadonlyMap<string, { readonly curve: Curve; readonly pointLength: number }> = new Map([
  ["1.2.840.10045.3.1.7", { curve: "P-256", pointLength: 65 }],
  ["1.3.132.0.34", { curve: "P-384", pointLength: 97 }],
  ["1.3.132.0.35", { curve: "P-521", pointLength: 133 }],
]);

/** Curves and algorithms that are known and must not sign models. */
const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10040.4.1", "DSA"],
  ["1.2.840.10045.3.1.1", "the curve P-192"],
  ["1.3.132.0.33", "the curve P-224"],
  ["1.3.132.0.10", "the curve secp256k1"],
]);

/** RSA keys above this are refused: verifying with them is a way to keep a verifier busy. */
const MAX_RSA_BITS = 16_384;

/**
 * Reads a SubjectPublicKeyInfo (DER): RFC 5280 section 4.1, with the algorithms of RFC 5480, RFC 3279
 * (as RFC 4055 section 1.2 narrows it) and RFC 8410.
 *
 * Throws KEY_INVALID for anything but a key, ALGORITHM_FORBIDDEN for RSA under 2048 bits and curves that
 * must not sign, ALGORITHM_UNKNOWN for a well-formed algorithm that is not known. That an elliptic
 * curve point is on its curve is found when the key is used: see `verifySignature`.
 */
export function parsePublicKey(spki: Uint8Array): PublicKey {
  const key = parseKeyOfAnyStrength(spki);
  if (key.kind === "rsa" && key.bits < 2048) {
    throw new AssayError("ALGORITHM_FORBIDDEN", `the RSA key has ${key.bits} bits; at least 2048`);
  }
  return key;
}

/** As `parsePublicKey`, with RSA keys that are too short: only to ask whether a root signed itself. */
export function parseKeyOfAnyStrength(spki: Uint8Array): PublicKey {
  return refusingDer("KEY_INVALID", "the public key is damaged:", () => read(spki));
}

function read(spki: Uint8Array): PublicKey {
  const fields = readDer(spki).in(TAG.sequence);
  const algorithm = fields.next().in(TAG.sequence);
  const oid = readOid(algorithm.next());
  const key = readBitStringBytes(fields.next());
  fields.end();
  switch (oid) {
    case EC_PUBLIC_KEY:
      return readEc(spki, algorithm, key);
    case RSA_ENCRYPTION:
      return readRsa(spki, algorithm, key);
    case ED25519:
      algorithm.end();
      if (key.length !== 32) throw damaged(`an Ed25519 key has 32 bytes, this one ${key.length}`);
      return { kind: "ed25519", raw: key, spki };
    default:
      throw unsuited(oid, "key algorithm");
  }
}

function readEc(spki: Uint8Array, algorithm: DerReader, point: Uint8Array): PublicKey {
  const parameters = algorithm.next();
  algorithm.end();
  // RFC 5480 section 2.1.1: parameters spelled out could be those of a curve made to be weak.
  if (parameters.tag !== TAG.oid) throw new AssayError("ALGORITHM_FORBIDDEN", "the key spells out its curve instead of naming it");
  const oid = readOid(parameters);
  const known = CURVES.get(oid);
  if (known === undefined) throw unsuited(oid, "curve");
  const { curve, pointLength } = known;
  if (point.length === pointLength && point[0] === 0x04) return { kind: "ec", curve, spki };
  const uncompressed = decompressPoint(curve, point);
  if (uncompressed === undefined) throw damaged(`it holds no point of ${curve}`);
  // One key has one form here, whatever its file chose: fingerprints and comparisons depend on it.
  const algorithmOf = readDer(spki).in(TAG.sequence).next().der;
  return { kind: "ec", curve, spki: writeDer(TAG.sequence, algorithmOf, writeDer(TAG.bitString, Uint8Array.of(0), uncompressed)) };
}

function readRsa(spki: Uint8Array, algorithm: DerReader, key: Uint8Array): PublicKey {
  if (algorithm.next(TAG.null).content.length !== 0) throw damaged("its algorithm has parameters");
  algorithm.end();
  const fields = readDer(key).in(TAG.sequence);
  const modulus = positive(fields.next(), "modulus");
  const exponent = positive(fields.next(), "exponent");
  fields.end();
  const bits = bitLength(modulus);
  if (bits > MAX_RSA_BITS) throw new AssayError("ALGORITHM_FORBIDDEN", `the RSA key has ${bits} bits; at most ${MAX_RSA_BITS}`);
  if (isEven(modulus)) throw damaged("its modulus is even");
  if (isEven(exponent) || bitLength(exponent) < 2 || bitLength(exponent) > 64) throw damaged("its exponent is even, 1, or over 64 bits");
  return { kind: "rsa", bits, spki };
}

function positive(value: DerValue, what: string): Uint8Array {
  const bytes = readIntegerBytes(value);
  if (isNegative(bytes)) throw damaged(`its ${what} is negative`);
  return bytes;
}

function isEven(integer: Uint8Array): boolean {
  return ((integer.at(-1) ?? 0) & 1) === 0;
}

function bitLength(integer: Uint8Array): number {
  const start = integer[0] === 0 ? 1 : 0;
  const first = integer[start] ?? 0;
  return (integer.length - start) * 8 - Math.clz32(first) + 24;
}

function unsuited(oid: string, what: string): AssayError {
  const name = FORBIDDEN.get(oid);
  if (name !== undefined) return new AssayError("ALGORITHM_FORBIDDEN", `${name} must not sign models`);
  return new AssayError("ALGORITHM_UNKNOWN", `the ${what} ${oid} is unsupported`, { hint: "a newer version may know it" });
}

function damaged(why: string): AssayError {
  return new AssayError("KEY_INVALID", `the public key is damaged: ${why}`);
}
