/**
 * A Sigstore bundle that was parsed and is not trusted: its shape is right, nothing in it is proven.
 * https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
 */
export interface Bundle {
  readonly version: BundleVersion;
  readonly material: VerificationMaterial;
  readonly envelope: Envelope;
  /** Transparency log entries as they stand in the bundle; only the method `sigstore` reads them. */
  readonly tlogEntries: readonly unknown[];
  /** RFC 3161 time-stamp responses, DER. Proof of nothing until their authority is verified. */
  readonly timestamps: readonly Uint8Array[];
}

export type BundleVersion = "0.1" | "0.2" | "0.3";

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
