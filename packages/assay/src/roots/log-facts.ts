import { createHash } from "node:crypto";
import { AssayError } from "../core/error.ts";
import type { PublicKey } from "../trust/public-key.ts";

/** The name of a key and its hash in a trusted root (`PublicKeyDetails` of sigstore_common.proto). Throws KEY_INVALID. */
export function keyDetails(key: PublicKey): string {
  switch (key.kind) {
    case "ed25519":
      return "PKIX_ED25519";
    case "ec":
      return { "P-256": "PKIX_ECDSA_P256_SHA_256", "P-384": "PKIX_ECDSA_P384_SHA_384", "P-521": "PKIX_ECDSA_P521_SHA_512" }[key.curve];
    case "rsa":
      if (key.bits === 2048 || key.bits === 3072 || key.bits === 4096) return `PKIX_RSA_PKCS1V15_${key.bits}_SHA256`;
      throw new AssayError("KEY_INVALID", `an RSA key of ${key.bits} bits has no name in a trusted root; 2048, 3072 and 4096 have`);
  }
}

/**
 * What a log's entries and checkpoints name it by. Rekor v1 and certificate logs: SHA-256 of the key
 * (RFC 6962 section 3.2). Rekor v2 with an Ed25519 key: that of a signed note's key, whole
 * (C2SP signed-note), over origin, line feed, 1 and the key's 32 bytes; other keys as in v1.
 */
export function logIdOf(key: PublicKey, version: 1 | 2, origin: string): Uint8Array {
  const hash = createHash("sha256");
  if (version === 2 && key.kind === "ed25519") hash.update(`${origin}\n`).update(Uint8Array.of(1)).update(key.raw);
  else hash.update(key.spki);
  return new Uint8Array(hash.digest());
}
