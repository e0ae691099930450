import { concatenate } from "../../encoding/bytes.ts";
import { readDer, TAG } from "../../encoding/der.ts";
import { positiveInteger, writeDer } from "../../encoding/der-writer.ts";

/** id-ecPublicKey 1.2.840.10045.2.1, and rsaEncryption 1.2.840.113549.1.1.1 with its NULL; RFC 5480, RFC 3279. */
const EC_PUBLIC_KEY = Uint8Array.of(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
const RSA_ENCRYPTION = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
const NO_UNUSED_BITS = Uint8Array.of(0);

/**
 * The SPKI of an elliptic curve key, from CKA_EC_PARAMS (the curve, DER) and CKA_EC_POINT. The point is a DER
 * octet string (PKCS#11 2.40, section 2.3.3); some modules give what is in it. Whether it is a key at all is for
 * `parsePublicKey` to say.
 */
export function ecPublicKey(parameters: Uint8Array, point: Uint8Array): Uint8Array {
  return spki(concatenate(EC_PUBLIC_KEY, parameters), unwrap(point));
}

/** The SPKI of an RSA key, from CKA_MODULUS and CKA_PUBLIC_EXPONENT: big-endian, without sign. */
export function rsaPublicKey(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  return spki(RSA_ENCRYPTION, writeDer(TAG.sequence, writeUnsigned(modulus), writeUnsigned(exponent)));
}

/** The DER of an ECDSA signature (RFC 3279 section 2.2.3) from what CKM_ECDSA gives: r and s, each as long as the other. */
export function ecdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return writeDer(TAG.sequence, writeUnsigned(raw.subarray(0, half)), writeUnsigned(raw.subarray(half)));
}

function spki(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return writeDer(TAG.sequence, writeDer(TAG.sequence, algorithm), writeDer(TAG.bitString, NO_UNUSED_BITS, key));
}

function unwrap(point: Uint8Array): Uint8Array {
  try {
    const value = readDer(point);
    // An uncompressed point starts with 04 too; what is in an octet string has to be one.
    if (value.tag === TAG.octetString && value.content[0] === 0x04) return value.content;
  } catch {
    // A bare point, then.
  }
  return point;
}

/** An INTEGER that is not negative, in the fewest octets. */
function writeUnsigned(bytes: Uint8Array): Uint8Array {
  return writeDer(TAG.integer, positiveInteger(bytes));
}
