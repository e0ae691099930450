import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import type { LogEntry } from "../../bundle/log-entry.ts";
import { digestOfBytes } from "../../trust/digest.ts";
import type { SignatureAlgorithm } from "../../trust/envelope.ts";
import { preAuthenticationEncoding } from "../../trust/pae.ts";
import { parsePublicKey } from "../../trust/public-key.ts";
import { HASH_LENGTHS, type Hash } from "../../trust/signature.ts";
import { readEntryBody } from "../../trust/sigstore/entry-body.ts";

/** What a transparency log is asked to hold: a signature, what it is over, and what verifies it. */
export interface ContentToLog {
  readonly signed: SignedPart;
  readonly signature: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly verifier: EntryVerifier;
}

export type SignedPart =
  | { readonly kind: "dsse"; readonly payloadType: string; readonly payload: Uint8Array }
  /** The artifact's digest, by the hash that the algorithm signs with. */
  | { readonly kind: "message"; readonly digest: Uint8Array };

interface EntryVerifier {
  readonly kind: "certificate" | "publicKey";
  /** DER of the certificate, or of the SubjectPublicKeyInfo. */
  readonly der: Uint8Array;
  /** SubjectPublicKeyInfo of the key that verifies. */
  readonly spki: Uint8Array;
}

/** https://github.com/sigstore/architecture-docs/blob/main/algorithm-registry.md */
const ALGORITHMS: ReadonlyMap<SignatureAlgorithm, { readonly keyDetails: string; readonly hash: Hash }> = new Map([
  ["ecdsa-p256-sha256", { keyDetails: "PKIX_ECDSA_P256_SHA_256", hash: "SHA-256" }],
  ["ecdsa-p384-sha384", { keyDetails: "PKIX_ECDSA_P384_SHA_384", hash: "SHA-384" }],
  ["ecdsa-p521-sha512", { keyDetails: "PKIX_ECDSA_P521_SHA_512", hash: "SHA-512" }],
  ["ed25519ph", { keyDetails: "PKIX_ED25519_PH", hash: "SHA-512" }],
] as const);

const RSA_BITS: ReadonlySet<number> = new Set([2048, 3072, 4096]);

/** The name of key and hash in an entry, and the hash. Throws ALGORITHM_FORBIDDEN for what Sigstore's logs do not take. */
export function entryAlgorithm({ algorithm, verifier }: ContentToLog): { readonly keyDetails: string; readonly hash: Hash } {
  const known = ALGORITHMS.get(algorithm);
  if (known !== undefined) return known;
  if (algorithm !== "rsa-pkcs1v15-sha256")
    throw new AssayError("ALGORITHM_FORBIDDEN", `transparency logs take no signatures by ${algorithm}`);
  const key = parsePublicKey(verifier.spki);
  const bits = key.kind === "rsa" ? key.bits : 0;
  if (RSA_BITS.has(bits)) return { keyDetails: `PKIX_RSA_PKCS1V15_${bits}_SHA256`, hash: "SHA-256" };
  throw new AssayError("ALGORITHM_FORBIDDEN", `transparency logs take RSA keys of 2048, 3072 and 4096 bits, and this one has ${bits}`);
}

/** The digest that was signed. Throws ALGORITHM_FORBIDDEN where the artifact's digest is by another hash than the key's. */
export async function signedDigest({ signed, algorithm }: ContentToLog, hash: Hash): Promise<Uint8Array> {
  if (signed.kind === "dsse") return digestOfBytes(hash, preAuthenticationEncoding(signed.payloadType, signed.payload));
  if (signed.digest.length === HASH_LENGTHS[hash]) return signed.digest;
  throw new AssayError("ALGORITHM_FORBIDDEN", `a signature by ${algorithm} is over the artifact's ${hash}, and another digest was given`);
}

/**
 * Whether the body of an entry is about this signature, by this key, over this content. What else the
 * entry says (index, time, proof) is not looked at. Throws LOG_ENTRY_INVALID, LOG_ENTRY_UNKNOWN.
 */
export async function isEntryFor(entry: LogEntry, logged: ContentToLog): Promise<boolean> {
  const body = readEntryBody(entry);
  const [signature, ...others] = body.signatures;
  if (signature === undefined || others.length > 0) return false;
  if (!sameBytes(signature.signature, logged.signature) || !sameBytes(signature.verifier, logged.verifier.der)) return false;
  if (body.digest !== undefined) return sameBytes(body.digest.value, await signedDigest(logged, body.digest.hash));
  if (body.payloadDigest === undefined || logged.signed.kind !== "dsse") return false;
  return sameBytes(body.payloadDigest.value, await digestOfBytes(body.payloadDigest.hash, logged.signed.payload));
}
