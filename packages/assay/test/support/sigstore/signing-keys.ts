import { createHash, sign, type KeyObject } from "node:crypto";
import { ed25519ph } from "@noble/curves/ed25519.js";
import { spkiOf } from "../x509/make.ts";

export type HashName = "sha256" | "sha384" | "sha512";

/** The hash for a key in Sigstore: https://github.com/sigstore/architecture-docs/blob/main/algorithm-registry.md */
export function hashOf(key: KeyObject): HashName {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  return curve === "secp384r1" ? "sha384" : curve === "secp521r1" || key.asymmetricKeyType === "ed25519" ? "sha512" : "sha256";
}

/** Signs with the key's own hash, or with another; Ed25519 has none. */
export function signWith(key: KeyObject, bytes: Uint8Array, hash: HashName = hashOf(key)): Uint8Array {
  return new Uint8Array(sign(key.asymmetricKeyType === "ed25519" ? null : hash, bytes, key));
}

/** Ed25519ph (RFC 8032 section 5.1), which is what logs of digests can check. */
export function signPrehashed(key: KeyObject, bytes: Uint8Array): Uint8Array {
  const seed = key.export({ type: "pkcs8", format: "der" }).subarray(-32);
  return ed25519ph.sign(bytes, new Uint8Array(seed));
}

export function digestOf(hash: HashName, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(hash).update(bytes).digest());
}

const PROTOBUF_HASHES = { sha256: "SHA2_256", sha384: "SHA2_384", sha512: "SHA2_512" } as const;

/** The hash's name in protobuf's JSON. */
export const protobufHash = (hash: HashName): string => PROTOBUF_HASHES[hash];

/** `PublicKeyDetails` of protobuf-specs. */
export function keyDetailsOf(key: KeyObject): string {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ed25519") return "PKIX_ED25519";
  if (key.asymmetricKeyType === "rsa") return `PKIX_RSA_PKCS1V15_${modulusLength}_SHA256`;
  if (namedCurve === "secp384r1") return "PKIX_ECDSA_P384_SHA_384";
  return namedCurve === "secp521r1" ? "PKIX_ECDSA_P521_SHA_512" : "PKIX_ECDSA_P256_SHA_256";
}

/** The 32 bytes of an Ed25519 key, which end its SPKI. */
export function rawEd25519(key: KeyObject): Uint8Array {
  return spkiOf(key).subarray(-32);
}
