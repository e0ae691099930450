import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import type { SignatureAlgorithm } from "../trust/envelope.ts";
import { pairing as pairingOf, signedBy } from "../trust/envelope-signature.ts";
import { digestOfBytes } from "../trust/digest.ts";
import { keyFingerprint } from "../trust/fingerprint.ts";
import { parsePublicKey, type PublicKey } from "../trust/public-key.ts";
import type { Hash } from "../trust/signature.ts";
import type { Signer } from "./signer.ts";

/** A key that this process does not hold: on a token, in a service, behind a plug-in. */
export interface OutsideKey {
  /** SPKI DER. */
  readonly publicKey: Uint8Array;
  /** Who holds it, for messages: `the token "release"`. */
  readonly holder: string;
  /** The code for a signature that does not verify. */
  readonly answerCode: ErrorCode;
  sign(request: SigningRequest): Promise<Uint8Array>;
}

/** What is to be signed, whole and hashed: some holders take the one, most the other. */
export interface SigningRequest {
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
  readonly hash: Hash;
}

/**
 * A signer for the method `key` whose key is elsewhere. What the holder signs is believed only once it
 * verifies with the public key: a service that signed with another version of the key, or a token that
 * answers rubbish, is found before anything is written.
 *
 * Throws what `parsePublicKey` throws; its `sign` what the holder throws, and `answerCode`.
 */
export async function outsideSigner(key: OutsideKey): Promise<Signer> {
  const publicKey = parsePublicKey(key.publicKey);
  const { algorithm, hash } = pairing(publicKey);
  const hint = await keyFingerprint(key.publicKey);
  return {
    method: "key",
    algorithm,
    publicKey: key.publicKey,
    material: { kind: "publicKey", hint, rawBytes: undefined },
    async sign(bytes) {
      const signature = await key.sign({ bytes, digest: await digestOfBytes(hash, bytes), hash });
      if (await isGenuine(publicKey, algorithm, signature, bytes)) return signature;
      throw new AssayError(key.answerCode, `${key.holder} gave a signature that does not verify with its own public key`, {
        hint: "nothing was written; ask its operator which key it signs with, and how",
      });
    },
  };
}

/** The hash follows from the key. Of Ed25519's two ways, the one that signs a digest. */
function pairing(key: PublicKey): { readonly algorithm: SignatureAlgorithm; readonly hash: Hash } {
  if (key.kind === "ed25519") return { algorithm: "ed25519ph", hash: "SHA-512" };
  const { algorithm, scheme } = pairingOf(key);
  return { algorithm, hash: scheme.hash };
}

async function isGenuine(key: PublicKey, algorithm: SignatureAlgorithm, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await signedBy(key, signature, bytes)) === algorithm;
  } catch (error) {
    // Of the wrong length, or not DER: as little a signature as one that does not verify.
    if (error instanceof AssayError && (error.code === "SIGNATURE_ENCODING" || error.code === "SIGNATURE_INVALID")) return false;
    throw error;
  }
}
