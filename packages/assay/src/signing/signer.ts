import type { VerificationMaterial } from "../bundle/bundle.ts";
import type { SignatureAlgorithm } from "../trust/envelope.ts";
import type { Warning } from "../core/warning.ts";

/** Something that holds a private key. Implement it to sign with hardware, a service or a command. */
export interface Signer {
  readonly method: "key" | "certificate";
  readonly algorithm: SignatureAlgorithm;
  /** SPKI DER of the key that signs. */
  readonly publicKey: Uint8Array;
  /** What the bundle says of the signer. */
  readonly material: Exclude<VerificationMaterial, { kind: "certificate" }>;
  /** What the person who signs should know of the key or its certificates. */
  readonly warnings?: readonly Warning[];
  /**
   * Signs the DSSE pre-authentication encoding, hashing as `algorithm` says.
   * ECDSA: DER (RFC 3279); RSA: PKCS#1 v1.5; Ed25519ph: RFC 8032, empty context.
   */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
