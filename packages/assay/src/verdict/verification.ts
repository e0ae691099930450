import type { Difference, NotDownloaded, VerifiedModel } from "../comparison/difference.ts";
import type { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { LeftOut } from "../source/inventory.ts";
import type { DigestOrigin, SourceFacts } from "../source/remote/remote-model.ts";
import type { ManifestContent } from "../statement/manifest.ts";
import type { SignerIdentity } from "../trust/envelope.ts";
import type { Evidence, VerifiedTime } from "../trust/sigstore/evidence.ts";
import type { RevocationReport } from "../trust/x509/revocation.ts";

/** Where a signature was read from. */
export interface SignatureSource {
  /** Absent where the caller passed bytes. */
  readonly path: string | undefined;
  /** True where it was looked for, not named. */
  readonly found: boolean;
  readonly bytes: number;
}

/** The three answers of a verification. Only `verified` is a yes. */
export type Verification = Verified | Failed | Incomplete;

/** What became of the files of a model that was to be saved. */
export interface SavedModel {
  /** kept: for the next run, in a folder beside the one that was named. nothing: the answer was a no. */
  readonly state: "saved" | "kept" | "nothing";
  /** Absolute: where that is. */
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

interface VerificationFacts {
  /** Absolute path of the model, or its reference. */
  readonly model: string;
  /** Where it was read, of one on a server. */
  readonly source: SourceFacts | undefined;
  /** Where the digest of each file is from that was compared, of a model on a server. */
  readonly digestOrigins: ReadonlyMap<string, DigestOrigin> | undefined;
  readonly signature: SignatureSource | undefined;
  /** Who signed; absent where the signature itself did not verify. */
  readonly signer: SignerIdentity | undefined;
  readonly manifest: ManifestContent | undefined;
  /** The time for which the signer's certificate was checked: a proven one, or the clock's. */
  readonly verifiedAt: VerifiedTime | undefined;
  /** What logs and timestamp authorities prove; absent where none was asked. */
  readonly evidence: Evidence | undefined;
  /** What revocation lists say of the signer's certificates; absent where none was given, and then nothing is claimed. */
  readonly revocation: RevocationReport | undefined;
  /** Missing where nothing was to be saved. */
  readonly saved?: SavedModel;
  readonly warnings: readonly Warning[];
}

/** The answer yes: signer, signature and every compared file are proven. */
export interface Verified extends VerificationFacts {
  readonly outcome: "verified";
  readonly signature: SignatureSource;
  readonly signer: SignerIdentity;
  readonly manifest: ManifestContent;
  readonly verifiedModel: VerifiedModel;
}

/** The answer no: the signature or the model is not what it must be. */
export interface Failed extends VerificationFacts {
  readonly outcome: "failed";
  /**
   * The first gate that said no; `MODEL_MISMATCH` where the signature is valid and the files differ,
   * `MODEL_NOT_COVERED` where they do not, and not all that must be covered is.
   */
  readonly error: AssayError;
  readonly differences: readonly Difference[];
  readonly unsigned: readonly { readonly name: string; readonly size: number }[];
  readonly notCovered: readonly LeftOut[];
  /** Which of the changed files are git-LFS pointers. */
  readonly notDownloaded: readonly NotDownloaded[];
  readonly matchedFiles: number;
}

/** The answer "could not tell": a file, server or algorithm that is needed is not there. */
export interface Incomplete extends VerificationFacts {
  readonly outcome: "incomplete";
  readonly error: AssayError;
  /** The signed files that could not be compared because git-LFS pointers are in their place: NOT_DOWNLOADED. */
  readonly notDownloaded: readonly NotDownloaded[];
}
