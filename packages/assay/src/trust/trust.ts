import type { GivenFile } from "../encoding/given-file.ts";
import type { IdentityPattern } from "./identity-pattern.ts";
import type { TrustMaterial } from "./sigstore/trust-source.ts";
import type { PathProfile } from "./x509/profile.ts";

/** What the caller trusts. Nothing in a bundle ever becomes one of these. */
export type Trust = KeyTrust | CertificateTrust | SigstoreTrust;

/** Trust in an identity, proven by the authorities and logs of a Sigstore instance. */
export interface SigstoreTrust {
  readonly method: "sigstore";
  /** The instance's logs and authorities; a function is asked once the bundle turns out to be keyless. */
  readonly material: TrustMaterial | (() => Promise<TrustMaterial>);
  /** The signer: an e-mail address, a URI or a user name, compared byte for byte, or a pattern for the whole of it. */
  readonly identity: ExpectedName;
  /** The OIDC issuer that vouches for the signer, in the same way. */
  readonly identityProvider: ExpectedName;
}

/** A string is compared exactly; see `compileIdentityPattern` for the other. */
export type ExpectedName = string | IdentityPattern;

/** Who may vouch for the time and publicity of a signature that was made with a key or certificate. */
export interface WitnessTrust {
  /** Logs and timestamp authorities. */
  readonly trustedRoot?: TrustMaterial;
  /**
   * Timestamp authorities by their certificates, PEM or DER: each root with what leads to it. Where the
   * authority's own certificate is among them, no other will do.
   */
  readonly timestampAuthorities?: readonly GivenFile[];
  /** The profile for the authorities' certificates. The default is `default`. */
  readonly certificateProfile?: PathProfile;
}

/** Trust in one public key. */
export interface KeyTrust {
  readonly method: "key";
  /** The signer's public key: SPKI, PEM or DER. */
  readonly publicKey: GivenFile;
  /** With these, the bundle must prove that one of them saw the signature. */
  readonly witnesses?: WitnessTrust;
}

/** Trust in certificates: who issued the signer's, and which signer is expected. */
export interface CertificateTrust {
  readonly method: "certificate";
  /**
   * PEM (one certificate or many) or DER. Those that their own key verifies are anchors, the others
   * candidates for the way to them; at least one must be an anchor.
   */
  readonly certificates: readonly GivenFile[];
  /** The signer: an exact subject alternative name, or the exact RFC 4514 subject. */
  readonly identity?: string;
  /** The signer: hex SHA-256 of the leaf certificate, colons and case ignored. */
  readonly fingerprint?: string;
  /** The leaf must list the extended key usage codeSigning by name. Default false: see `checkLeafUsage`. */
  readonly requireCodeSigning?: boolean;
  /** Lists, PEM or DER, that must cover every certificate below the root; none is on them. Without any, nothing is said of revocation. */
  readonly revocationLists?: readonly GivenFile[];
  /** Whether breaches of RFC 5280 section 4 are refused, by `strict`, or warnings. The default is `default`. */
  readonly certificateProfile?: PathProfile;
  /** With these, certificates are checked for the time that one of them proves; without such a proof, for the current time. */
  readonly witnesses?: WitnessTrust;
}
