import { AssayError } from "../core/error.ts";
import { type DerValue, readDer, TAG, refusingDer } from "../encoding/der.ts";
import { isNegative, readIntegerBytes } from "../encoding/der-values.ts";
import type { Curve } from "./ec-point.ts";
import type { PublicKey } from "./public-key.ts";

export type Hash = "SHA-256" | "SHA-384" | "SHA-512";

/** How a signature was made. For Ed25519 this is the pure one; Ed25519ph is the envelope's business. */
export type SignatureScheme =
  | { readonly kind: "ecdsa"; readonly hash: Hash }
  | { readonly kind: "rsa-pkcs1v15"; readonly hash: Hash }
  | { readonly kind: "rsa-pss"; readonly hash: Hash; readonly saltLength: number }
  | { readonly kind: "ed25519" };

/**
 * Whether `signature` over `data` was made by `key`, by WebCrypto.
 *
 * ECDSA signatures are DER (RFC 3279 section 2.2.3): trailing bytes, negative, zero or
 * non-minimal integers are SIGNATURE_ENCODING; s in the upper half is valid; integers too large for the curve
 * are SIGNATURE_INVALID, for they are what a wrong key looks like. An RSA signature has the length
 * of the modulus, else SIGNATURE_ENCODING. A scheme for another kind of key is ALGORITHM_FORBIDDEN; a
 * key that WebCrypto refuses (a point that is not on its curve) is KEY_INVALID.
 */
export async function verifySignature(key: PublicKey, scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
  switch (scheme.kind) {
    case "ecdsa": {
      if (key.kind !== "ec") throw mismatch(key, scheme);
      const raw = readEcdsaSignature(signature, key.curve);
      const handle = await importKey(key, { name: "ECDSA", namedCurve: key.curve });
      return crypto.subtle.verify({ name: "ECDSA", hash: scheme.hash }, handle, raw, new Uint8Array(data));
    }
    case "rsa-pkcs1v15":
    case "rsa-pss": {
      if (key.kind !== "rsa") throw mismatch(key, scheme);
      const length = Math.ceil(key.bits / 8);
      if (signature.length !== length) {
        throw new AssayError("SIGNATURE_ENCODING", `a signature of this RSA key has ${length} bytes, this one ${signature.length}`);
      }
      // RFC 8017, section 9.1.2: the modulus must have room for the salt.
      if (scheme.kind === "rsa-pss" && Math.ceil((key.bits - 1) / 8) < HASH_LENGTHS[scheme.hash] + scheme.saltLength + 2) return false;
      const name = scheme.kind === "rsa-pss" ? "RSA-PSS" : "RSASSA-PKCS1-v1_5";
      const handle = await importKey(key, { name, hash: scheme.hash });
      const parameters = scheme.kind === "rsa-pss" ? { name, saltLength: scheme.saltLength } : { name };
      return crypto.subtle.verify(parameters, handle, new Uint8Array(signature), new Uint8Array(data));
    }
    case "ed25519": {
      if (key.kind !== "ed25519") throw mismatch(key, scheme);
      if (signature.length !== 64) {
        throw new AssayError("SIGNATURE_ENCODING", `an Ed25519 signature has 64 bytes, this one ${signature.length}`);
      }
      const { ed25519 } = await import("@noble/curves/ed25519.js");
      return ed25519.verify(signature, data, key.raw, { zip215: false });
    }
  }
}

/**
 * Whether a key signed `data` with SHA-1. Only to tell whether a certificate is self-signed, where nothing
 * is believed because of it: everywhere else SHA-1 is refused.
 */
export async function verifySha1SelfSignature(
  key: PublicKey,
  kind: "ecdsa" | "rsa-pkcs1v15",
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const hash = "SHA-1";
  if (kind === "ecdsa" && key.kind === "ec") {
    const handle = await importKey(key, { name: "ECDSA", namedCurve: key.curve });
    return crypto.subtle.verify({ name: "ECDSA", hash }, handle, readEcdsaSignature(signature, key.curve), new Uint8Array(data));
  }
  if (kind !== "rsa-pkcs1v15" || key.kind !== "rsa") return false;
  const handle = await importKey(key, { name: "RSASSA-PKCS1-v1_5", hash });
  return crypto.subtle.verify("RSASSA-PKCS1-v1_5", handle, new Uint8Array(signature), new Uint8Array(data));
}

type ImportParameters = { name: "ECDSA"; namedCurve: Curve } | { name: "RSASSA-PKCS1-v1_5" | "RSA-PSS"; hash: Hash | "SHA-1" };

async function importKey(key: PublicKey, parameters: ImportParameters): Promise<Awaited<ReturnType<typeof crypto.subtle.importKey>>> {
  try {
    return await crypto.subtle.importKey("spki", new Uint8Array(key.spki), parameters, false, ["verify"]);
  } catch (cause) {
    throw new AssayError("KEY_INVALID", "the public key is damaged: not a point of its curve, or not an RSA key", { cause });
  }
}

/** Of digests, in bytes. */
export const HASH_LENGTHS: Readonly<Record<Hash, number>> = { "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 };
const COORDINATE_LENGTHS: Record<Curve, number> = { "P-256": 32, "P-384": 48, "P-521": 66 };

/** r and s side by side, each as long as the curve's order, which is what WebCrypto reads. */
function readEcdsaSignature(signature: Uint8Array, curve: Curve): Uint8Array<ArrayBuffer> {
  const length = COORDINATE_LENGTHS[curve];
  return refusingDer("SIGNATURE_ENCODING", "the ECDSA signature is", () => {
    const fields = readDer(signature).in(TAG.sequence);
    const [r, s] = [fields.next(), fields.next()];
    fields.end();
    const raw = new Uint8Array(2 * length);
    place(r, raw.subarray(0, length), curve);
    place(s, raw.subarray(length), curve);
    return raw;
  });
}

function place(value: DerValue, target: Uint8Array, curve: Curve): void {
  const bytes = readIntegerBytes(value);
  if (isNegative(bytes)) throw new AssayError("SIGNATURE_ENCODING", "the ECDSA signature holds a negative integer");
  const magnitude = bytes[0] === 0 ? bytes.subarray(1) : bytes;
  if (magnitude.length === 0) throw new AssayError("SIGNATURE_ENCODING", "the ECDSA signature holds a zero");
  if (magnitude.length > target.length) {
    throw new AssayError("SIGNATURE_INVALID", `the ECDSA signature is too large for ${curve}: a key on another curve made it`);
  }
  target.set(magnitude, target.length - magnitude.length);
}

function mismatch(key: PublicKey, scheme: SignatureScheme): AssayError {
  return new AssayError("ALGORITHM_FORBIDDEN", `the signature algorithm ${scheme.kind} does not fit a key of the kind ${key.kind}`);
}
