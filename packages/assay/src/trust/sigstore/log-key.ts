import { TAG } from "../../encoding/der.ts";
import { writeDer } from "../../encoding/der-writer.ts";
import type { JsonNode } from "../../encoding/json.ts";
import { AssayError } from "../../core/error.ts";
import { type PublicKey, parsePublicKey } from "../public-key.ts";
import { type Hash, type SignatureScheme, verifySignature } from "../signature.ts";

/**
 * A log's key as a trusted root names it. It is read when it is used: a root may list logs of the past
 * or future whose keys are not for us.
 */
export interface LogKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** The name of key and hash in the trusted root, for example `PKIX_ECDSA_P256_SHA_256`. */
  readonly details: string;
}

/** AlgorithmIdentifier of RSA keys: rsaEncryption, NULL. */
const RSA_ALGORITHM = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);

/** Reads a `PublicKey` of a trusted root; old ones hold RSA keys as PKCS#1, without their algorithm. */
export function readLogKey(node: JsonNode): LogKey {
  const rawBytes = node.require("rawBytes").base64("TRUSTED_ROOT_INVALID");
  const details = node.optional("keyDetails")?.string() ?? "";
  const spki = details.startsWith("PKCS1_")
    ? writeDer(TAG.sequence, RSA_ALGORITHM, writeDer(TAG.bitString, Uint8Array.of(0), rawBytes))
    : rawBytes;
  return { spki, details };
}

/**
 * Whether the log signed `data`: with the hash of its key, or with `hash` where that is what the format
 * requires. False for anything but a signature. Throws KEY_INVALID, ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN.
 */
export async function verifyByLogKey({ spki, details }: LogKey, signature: Uint8Array, data: Uint8Array, hash?: Hash): Promise<boolean> {
  const key = parsePublicKey(spki);
  const scheme = schemeOf(key, details);
  try {
    return await verifySignature(key, hash === undefined || scheme.kind === "ed25519" ? scheme : { ...scheme, hash }, signature, data);
  } catch (error) {
    if (error instanceof AssayError && (error.code === "SIGNATURE_ENCODING" || error.code === "SIGNATURE_INVALID")) return false;
    throw error;
  }
}

/** The hash follows from the key, as the trusted root names the pair; what is signed cannot choose it. */
function schemeOf(key: PublicKey, details: string): SignatureScheme {
  if (/^(?:LMS|LMOTS|ML_DSA|MLDSA|SLH_DSA)|ED25519_PH$/.test(details)) {
    throw new AssayError("ALGORITHM_UNKNOWN", `a log signs with ${details.slice(0, 40)}, which is unsupported`);
  }
  switch (key.kind) {
    case "ed25519":
      return { kind: "ed25519" };
    case "rsa":
      if (details.includes("PSS")) return { kind: "rsa-pss", hash: "SHA-256", saltLength: 32 };
      return { kind: "rsa-pkcs1v15", hash: "SHA-256" };
    case "ec":
      if (key.curve === "P-256" || details.endsWith("SHA_256")) return { kind: "ecdsa", hash: "SHA-256" };
      return { kind: "ecdsa", hash: key.curve === "P-384" ? "SHA-384" : "SHA-512" };
  }
}
