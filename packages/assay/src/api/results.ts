import type { Difference } from "../comparison/difference.ts";
import type { DigestOrigin, SourceFacts } from "../source/remote/remote-model.ts";
import type { LeftOut } from "../source/inventory.ts";
import type { ManifestContent, HashAlgorithm } from "../statement/manifest.ts";
import type { SignatureAlgorithm, SignerIdentity } from "../trust/envelope.ts";
import type { Evidence } from "../trust/sigstore/evidence.ts";
import type { Warning } from "../core/warning.ts";
import type { SignatureSource } from "../verdict/verification.ts";

export type { DigestOrigin } from "../source/remote/remote-model.ts";
export type { Failed, Incomplete, SavedModel, SignatureSource, Verification, Verified } from "../verdict/verification.ts";

/** A signature over a model. */
export interface Signed {
  readonly model: string;
  /** Where it was read, of one on a server. */
  readonly source?: SourceFacts;
  /** Where the bundle was written, absolute; absent where no file was asked for. */
  readonly path: string | undefined;
  /** The reference of the bundle in the registry; absent where it was not to be attached. */
  readonly attached?: string;
  /** The bundle: Sigstore bundle v0.3, UTF-8 JSON. */
  readonly bundle: Uint8Array;
  /** True where an older signature was replaced. */
  readonly replaced: boolean;
  readonly algorithm: SignatureAlgorithm;
  readonly signer: SignerIdentity;
  /** Where the signature was made public, and when; absent where no witness was asked, or none is trusted. */
  readonly evidence: Evidence | undefined;
  readonly manifest: ManifestContent;
  readonly totalBytes: number;
  /** In the model, and not under the signature. */
  readonly notCovered: readonly LeftOut[];
  readonly warnings: readonly Warning[];
}

/** The digests of a model. */
export interface Digested {
  readonly model: string;
  /** Where it was read, of one on a server. */
  readonly source?: SourceFacts;
  /** Where the digest of each file is from, of a model on a server. */
  readonly digestOrigins?: ReadonlyMap<string, DigestOrigin>;
  readonly hash: HashAlgorithm;
  /** `sha256:` and hex, as every digest of a model. */
  readonly rootDigest: string;
  readonly manifestDigest: string;
  readonly files: readonly { readonly name: string; readonly size: number; readonly digests: readonly string[] }[];
  readonly totalBytes: number;
  /** In the model, and not under the digests: what ignore rules hide, and the signature in the model. */
  readonly notCovered: readonly LeftOut[];
  readonly warnings: readonly Warning[];
}

/** What a bundle says, nothing of it verified. */
export interface Inspection {
  readonly verified: false;
  /** Where the model was read, of one on a server. */
  readonly source?: SourceFacts;
  readonly signature: SignatureSource;
  readonly mediaVersion: "0.1" | "0.2" | "0.3";
  readonly method: "key" | "certificate" | "sigstore";
  /** The signer as the bundle claims: a key's hint, or the leaf certificate's own words. */
  readonly claimed:
    | { readonly kind: "key"; readonly hint: string | undefined }
    | {
        readonly kind: "certificate";
        readonly subject: string;
        readonly issuer: string;
        readonly names: readonly string[];
        readonly notBefore: Date;
        readonly notAfter: Date;
        readonly fingerprint: string;
        readonly chainLength: number;
        /** Where the certificate is one for an identity: who, and what the identity provider said of the build. */
        readonly keyless:
          | {
              readonly identity: string;
              readonly identityType: "email" | "uri" | "username";
              readonly identityProvider: string;
              readonly claims: Readonly<Record<string, string>>;
            }
          | undefined;
      };
  readonly logEntries: readonly ClaimedLogEntry[];
  /** When the signature was stamped, as the timestamps claim; undefined for one that cannot be read. */
  readonly timestamps: readonly (Date | undefined)[];
  readonly manifest: ManifestContent;
  readonly warnings: readonly Warning[];
}

/** A transparency log's entry as the bundle claims it. */
export interface ClaimedLogEntry {
  /** Hexadecimal. */
  readonly logId: string;
  readonly logIndex: number;
  /** For example `hashedrekord 0.0.2`. */
  readonly entry: string;
  readonly integratedTime: Date | undefined;
}

/** One of the two things that `diff` compares. */
export interface DiffSide {
  readonly kind: "model" | "signature";
  /** Absolute path, or the pinned reference of a model on a server. */
  readonly path: string;
  readonly source?: SourceFacts;
  /** What is in the model and was not compared: what ignore rules hide, and the signature in the model. */
  readonly notCovered: readonly LeftOut[];
}

/** What changed between two things, each a model, a folder or a signature (unverified). */
export interface Diff {
  readonly a: DiffSide;
  readonly b: DiffSide;
  /** True only where nothing differs, all is comparable and nothing was left out on either side, or asserted by a server that the caller did not choose to believe. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  /** Files that were compared by digests of a server and not read, whose word it is; missing where all were read. */
  readonly attested?: { readonly hosts: readonly string[]; readonly names: readonly string[] };
  /** Files that were hashed in ways which cannot be compared, and those of one side which the other, on a server without lists, may have too. */
  readonly notComparable: readonly string[];
  /** Differences that are not about files: signer, ignore paths, hash, name. */
  readonly notes: readonly string[];
  readonly warnings: readonly Warning[];
}
