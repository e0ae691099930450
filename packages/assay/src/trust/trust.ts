/** What the caller trusts. Nothing in a bundle ever becomes one of these. */
export type Trust = KeyTrust | CertificateTrust;

export interface KeyTrust {
  readonly method: "key";
  /** The signer's public key: SPKI, PEM or DER. */
  readonly publicKey: Uint8Array | string;
}

export interface CertificateTrust {
  readonly method: "certificate";
  /**
   * PEM (one certificate or many) or DER. Those that their own key verifies are anchors, the others
   * candidates for the way to them; at least one must be an anchor.
   */
  readonly certificates: readonly (Uint8Array | string)[];
  /** The signer: an exact subject alternative name, or the exact RFC 4514 subject. */
  readonly identity?: string;
  /** The signer: hex SHA-256 of the leaf certificate, colons and case ignored. */
  readonly fingerprint?: string;
}
