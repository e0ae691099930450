import type { Warning } from "../core/warning.ts";
import type { Evidence, VerifiedTime } from "./sigstore/evidence.ts";
import type { RevocationReport } from "./x509/revocation.ts";

/** Who signed, as far as was proven. */
export type SignerIdentity =
  | {
      readonly method: "key";
      readonly algorithm: SignatureAlgorithm;
      /** Hex SHA-256 of the key's SPKI in PEM with its final newline, as the field writes it into `hint`. */
      readonly fingerprint: string;
    }
  | {
      readonly method: "certificate";
      readonly algorithm: SignatureAlgorithm;
      /** RFC 4514 string of the leaf's subject. */
      readonly subject: string;
      readonly issuer: string;
      /** Subject alternative names, `type:value`. */
      readonly names: readonly string[];
      /** Subject of the anchor at the end of the path; absent after signing, where no root is asked for. */
      readonly anchor: string | undefined;
      /** Hex SHA-256 of the leaf's DER. */
      readonly fingerprint: string;
      readonly notBefore: Date;
      readonly notAfter: Date;
      /** SHA-256 fingerprints of the path, leaf first, anchor last. */
      readonly path: readonly string[];
    }
  | {
      readonly method: "sigstore";
      readonly algorithm: SignatureAlgorithm;
      /** An e-mail address, a URI such as a CI workflow's, or a user's name. */
      readonly identity: string;
      readonly identityType: "email" | "uri" | "username";
      /** The OIDC issuer that vouches for the identity. */
      readonly identityProvider: string;
      /** What the provider said of the build: `sourceRepositoryURI`, `buildTrigger`, ..., as Fulcio's documentation names them. */
      readonly claims: Readonly<Record<string, string>>;
      /** Hex SHA-256 of the certificate's DER. */
      readonly fingerprint: string;
      readonly notBefore: Date;
      readonly notAfter: Date;
      /** Subject of the authority at the end of the path. */
      readonly anchor: string | undefined;
      /** SHA-256 fingerprints of the path, leaf first, anchor last. */
      readonly path: readonly string[];
    };

/** The pairings of key and hash that sign a model's envelope. */
export type SignatureAlgorithm =
  | "ecdsa-p256-sha256"
  | "ecdsa-p384-sha384"
  | "ecdsa-p521-sha512"
  | "rsa-pkcs1v15-sha256"
  | "ed25519ph"
  | "ed25519"
  /** Only for the historical format: SHA-256 whatever the curve. */
  | "ecdsa-p384-sha256"
  | "ecdsa-p521-sha256";

declare const proven: unique symbol;

/** A payload whose signature and signer were proven. Only the verification in this folder makes one. */
export interface VerifiedEnvelope {
  readonly [proven]: true;
  readonly payload: Uint8Array;
  readonly signer: SignerIdentity;
  /** The time for which the signer's certificate was checked, and where that time came from. */
  readonly verifiedAt: VerifiedTime;
  /** What logs and timestamp authorities prove of the signature; undefined where none was asked. */
  readonly evidence: Evidence | undefined;
  /** What revocation lists say of the certificates; undefined where none was given. */
  readonly revocation: RevocationReport | undefined;
  /** True where only the historical pre-authentication encoding verified: the statement must be of that format. */
  readonly historical: boolean;
  readonly warnings: readonly Warning[];
}
