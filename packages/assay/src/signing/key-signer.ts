import { keyFingerprint } from "../trust/fingerprint.ts";
import { openCosignKey } from "./cosign-key.ts";
import { readPrivateKey, type PrivateKeySource } from "./private-key.ts";
import { signBytes } from "./sign-bytes.ts";
import type { Signer } from "./signer.ts";

/**
 * A signer for the method `key`: a private key in memory. The bundle names its public half by fingerprint.
 * Throws what `readPrivateKey` and `openCosignKey` throw.
 */
export async function keySigner(source: PrivateKeySource): Promise<Signer> {
  const privateKey = readPrivateKey(await openCosignKey(source));
  const hint = await keyFingerprint(privateKey.publicKey);
  return {
    method: "key",
    algorithm: privateKey.algorithm,
    publicKey: privateKey.publicKey,
    material: { kind: "publicKey", hint, rawBytes: undefined },
    sign: (bytes) => signBytes(privateKey, bytes),
  };
}
