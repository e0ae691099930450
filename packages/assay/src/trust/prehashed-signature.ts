import { readDer, TAG } from "../encoding/der.ts";
import { readBitStringBytes, readIntegerBytes } from "../encoding/der-values.ts";
import type { Curve } from "./ec-point.ts";
import type { PublicKey } from "./public-key.ts";
import { power, toBigInt } from "./modular-arithmetic.ts";

/**
 * Whether `signature` is by `key` over a file of which only the SHA-256 is at hand. WebCrypto hashes for
 * itself; this is for callers that verify a file by its digest. ECDSA as DER, RSA by PKCS#1 v1.5.
 */
export async function verifyPrehashed(key: EcOrRsa, signature: Uint8Array, sha256: Uint8Array): Promise<boolean> {
  return key.kind === "rsa" ? verifyRsa(key.spki, signature, sha256) : verifyEcdsa(key.curve, pointOf(key.spki), signature, sha256);
}

type EcOrRsa = Exclude<PublicKey, { kind: "ed25519" }>;

async function verifyEcdsa(name: Curve, point: Uint8Array, signature: Uint8Array, digest: Uint8Array): Promise<boolean> {
  const { p256, p384, p521 } = await import("@noble/curves/nist.js");
  const curve = { "P-256": p256, "P-384": p384, "P-521": p521 }[name];
  try {
    return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: "der" });
  } catch {
    return false;
  }
}

/** The key bits of a SubjectPublicKeyInfo that was read before. */
function pointOf(spki: Uint8Array): Uint8Array {
  const fields = readDer(spki).in(TAG.sequence);
  fields.next();
  return readBitStringBytes(fields.next());
}

/** DigestInfo of SHA-256 up to the digest: RFC 8017 section 9.2, note 1. */
export const SHA256_DIGEST_INFO = Uint8Array.of(
  0x30,
  0x31,
  0x30,
  0x0d,
  0x06,
  0x09,
  0x60,
  0x86,
  0x48,
  0x01,
  0x65,
  0x03,
  0x04,
  0x02,
  0x01,
  0x05,
  0x00,
  0x04,
  0x20,
);

/** RSASSA-PKCS1-v1_5 verification, RFC 8017 section 8.2.2: the encoded message is made anew and compared whole. */
function verifyRsa(spki: Uint8Array, signature: Uint8Array, digest: Uint8Array): boolean {
  const fields = readDer(pointOf(spki)).in(TAG.sequence);
  const [modulusBytes, exponentBytes] = [readIntegerBytes(fields.next()), readIntegerBytes(fields.next())];
  const length = modulusBytes[0] === 0 ? modulusBytes.length - 1 : modulusBytes.length;
  // Before it becomes a number, which takes time with the square of its length.
  if (signature.length !== length) return false;
  const modulus = toBigInt(modulusBytes);
  const value = toBigInt(signature);
  if (value >= modulus) return false;
  const padding = length - 3 - SHA256_DIGEST_INFO.length - digest.length;
  if (padding < 8) return false;
  const encoded = [0, 1, ...Array.from({ length: padding }, () => 0xff), 0, ...SHA256_DIGEST_INFO, ...digest];
  return power(value, toBigInt(exponentBytes), modulus) === toBigInt(Uint8Array.from(encoded));
}
