import { AssayError } from "../core/error.ts";
import type { Envelope } from "../bundle/bundle.ts";
import { PAYLOAD_TYPE } from "../bundle/payload-type.ts";
import type { SignatureAlgorithm } from "./envelope.ts";
import { historicalPreAuthenticationEncoding, preAuthenticationEncoding } from "./pae.ts";
import type { PublicKey } from "./public-key.ts";
import { verifySignature, type SignatureScheme } from "./signature.ts";

/** What the signature turned out to be: the algorithm, and whether only the reference 0.2.0's encoding verified it. */
export interface EnvelopeSignature {
  readonly algorithm: SignatureAlgorithm;
  readonly historical: boolean;
}

/**
 * Verifies a model's envelope, which holds an in-toto statement, with a key that is trusted for it.
 * Throws PAYLOAD_TYPE, SIGNATURE_ENCODING, SIGNATURE_INVALID.
 */
export async function verifyEnvelopeSignature(envelope: Envelope, key: PublicKey): Promise<EnvelopeSignature> {
  const { payloadType } = envelope;
  if (payloadType === PAYLOAD_TYPE) return verifyAnyEnvelopeSignature(envelope, key);
  throw new AssayError("PAYLOAD_TYPE", `the envelope holds ${JSON.stringify(payloadType)}; a model's signature holds ${PAYLOAD_TYPE}`);
}

/**
 * Verifies a DSSE envelope's one signature with a key that is trusted for it.
 * https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 *
 * The hash follows from the key and cannot be chosen by the bundle. Throws SIGNATURE_ENCODING, SIGNATURE_INVALID.
 */
export async function verifyAnyEnvelopeSignature(envelope: Envelope, key: PublicKey): Promise<EnvelopeSignature> {
  const { payloadType, payload, signature } = envelope;
  const signed = preAuthenticationEncoding(payloadType, payload);
  const algorithm = await signedBy(key, signature, signed);
  if (algorithm !== undefined) return { algorithm, historical: false };

  // The compatibility path: the payload must then be of the historical type, which readManifest checks.
  const historical = payload.length <= MAX_HISTORICAL ? historicalPairing(key) : undefined;
  if (historical !== undefined) {
    const signedThen = historicalPreAuthenticationEncoding(payloadType, payload);
    if (await verifySignature(key, historical.scheme, signature, signedThen)) {
      return { algorithm: historical.algorithm, historical: true };
    }
  }
  throw invalid();
}

/** The old encoding is four times as long as what it encodes: room for a hundred thousand files, and no more. */
const MAX_HISTORICAL = 16 * 1024 * 1024;

/**
 * The algorithm by which `key` signed `data`, undefined where it did not. The hash follows from the key;
 * an Ed25519 key may sign purely or by Ed25519ph. Throws SIGNATURE_ENCODING, SIGNATURE_INVALID.
 */
export async function signedBy(key: PublicKey, signature: Uint8Array, data: Uint8Array): Promise<SignatureAlgorithm | undefined> {
  if (key.kind === "ed25519") return verifyEd25519(key.raw, signature, data);
  const { scheme, algorithm } = pairing(key);
  return (await verifySignature(key, scheme, signature, data)) ? algorithm : undefined;
}

interface Pairing {
  readonly scheme: Exclude<SignatureScheme, { kind: "ed25519" }>;
  readonly algorithm: SignatureAlgorithm;
}

type EcOrRsa = Exclude<PublicKey, { kind: "ed25519" }>;

/** The hash for a key where nothing else is agreed on. */
export function pairing(key: EcOrRsa): Pairing {
  if (key.kind === "rsa") return { scheme: { kind: "rsa-pkcs1v15", hash: "SHA-256" }, algorithm: "rsa-pkcs1v15-sha256" };
  switch (key.curve) {
    case "P-256":
      return { scheme: { kind: "ecdsa", hash: "SHA-256" }, algorithm: "ecdsa-p256-sha256" };
    case "P-384":
      return { scheme: { kind: "ecdsa", hash: "SHA-384" }, algorithm: "ecdsa-p384-sha384" };
    case "P-521":
      return { scheme: { kind: "ecdsa", hash: "SHA-512" }, algorithm: "ecdsa-p521-sha512" };
  }
}

/** The reference 0.2.0 signed with elliptic curves only, and hashed with SHA-256 whatever the curve. */
function historicalPairing(key: PublicKey): Pairing | undefined {
  if (key.kind !== "ec") return undefined;
  const scheme = { kind: "ecdsa", hash: "SHA-256" } as const;
  switch (key.curve) {
    case "P-256":
      return { scheme, algorithm: "ecdsa-p256-sha256" };
    case "P-384":
      return { scheme, algorithm: "ecdsa-p384-sha256" };
    case "P-521":
      return { scheme, algorithm: "ecdsa-p521-sha256" };
  }
}

/** Ed25519ph, as the Go client writes, or pure Ed25519. The two are domain-separated: one signature is never both. */
async function verifyEd25519(
  publicKey: Uint8Array,
  signature: Uint8Array,
  signed: Uint8Array,
): Promise<"ed25519ph" | "ed25519" | undefined> {
  if (signature.length !== 64) {
    throw new AssayError("SIGNATURE_ENCODING", `an Ed25519 signature has 64 bytes, this one ${signature.length}`);
  }
  const { ed25519, ed25519ph } = await import("@noble/curves/ed25519.js");
  // RFC 8032 rather than ZIP 215: small-order keys and non-canonical encodings are refused.
  const strict = { zip215: false };
  if (ed25519ph.verify(signature, signed, publicKey, strict)) return "ed25519ph";
  if (ed25519.verify(signature, signed, publicKey, strict)) return "ed25519";
  return undefined;
}

function invalid(): AssayError {
  return new AssayError("SIGNATURE_INVALID", "the signature does not verify with this key");
}
