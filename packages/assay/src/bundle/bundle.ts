import type { LogEntry } from "./log-entry.ts";

/**
 * A Sigstore bundle that was parsed and is not trusted: its shape is right, nothing in it is proven.
 * https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
 */
export interface SigstoreBundle {
  readonly version: BundleVersion;
  readonly material: VerificationMaterial;
  readonly content: BundleContent;
  /** Entries of transparency logs. Proof of nothing until their log is verified. */
  readonly tlogEntries: readonly LogEntry[];
  /** RFC 3161 time-stamp responses, DER. Proof of nothing until their authority is verified. */
  readonly timestamps: readonly Uint8Array[];
}

/** A bundle as OpenSSF Model Signing profiles it: what it signs is a statement in an envelope. */
export interface Bundle extends Omit<SigstoreBundle, "content"> {
  readonly envelope: Envelope;
}

/** A version of the Sigstore bundle. */
export type BundleVersion = "0.1" | "0.2" | "0.3";

/** What the signature is over. */
export type BundleContent = { readonly kind: "dsse"; readonly envelope: Envelope } | MessageSignature;

/** How the signer is named; exactly one of three. */
export type VerificationMaterial =
  | {
      readonly kind: "publicKey";
      /** Whatever the signer wrote to name the key; never used to verify. */
      readonly hint: string | undefined;
      /** A key in the bundle itself (before reference 1.1.0: base64 of PEM); never used to verify. */
      readonly rawBytes: Uint8Array | undefined;
    }
  /** DER certificates, the first is the leaf. */
  | { readonly kind: "x509CertificateChain"; readonly certificates: readonly Uint8Array[] }
  | { readonly kind: "certificate"; readonly certificate: Uint8Array };

/** A DSSE envelope with its one signature, base64 decoded. https://github.com/secure-systems-lab/dsse */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** A signature over the bytes of a file that the bundle does not hold. */
export interface MessageSignature {
  readonly kind: "message";
  /** What the bundle says of the file: never trusted in the file's place. */
  readonly digest: { readonly algorithm: string; readonly digest: Uint8Array } | undefined;
  readonly signature: Uint8Array;
}
