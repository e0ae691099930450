import { sign as signWithKey } from "node:crypto";
import { promisify } from "node:util";
import type { SignatureAlgorithm } from "../trust/envelope.ts";
import type { PrivateKey } from "./private-key.ts";

const signAsync = promisify(signWithKey);

const HASHES: Partial<Record<SignatureAlgorithm, string>> = {
  "ecdsa-p256-sha256": "sha256",
  "ecdsa-p384-sha384": "sha384",
  "ecdsa-p521-sha512": "sha512",
  "rsa-pkcs1v15-sha256": "sha256",
};

/** Signs as `Signer.sign` promises, with a key that is in memory. */
export async function signBytes({ key, algorithm }: PrivateKey, bytes: Uint8Array): Promise<Uint8Array> {
  const hash = HASHES[algorithm];
  if (hash !== undefined) return signAsync(hash, bytes, { key, dsaEncoding: "der" });
  // node:crypto has pure Ed25519 only; the field signs with Ed25519ph (RFC 8032, section 5.1).
  const { ed25519ph } = await import("@noble/curves/ed25519.js");
  const { d = "" } = key.export({ format: "jwk" });
  return ed25519ph.sign(bytes, new Uint8Array(Buffer.from(d, "base64url")));
}
