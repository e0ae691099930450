import type { TrustSource } from "./trust-source.ts";

/** What was proven about when and where a signature was made public. Everything in here was verified. */
export interface Evidence {
  /** Log entries whose log, inclusion and content hold. */
  readonly logEntries: readonly LoggedSignature[];
  readonly timestamps: readonly ProvenTime[];
  /** Certificate transparency logs that hold the signer's certificate; for keyless signatures only. */
  readonly certificateLogs: readonly ProvenTime[];
  /** The trusted root that all of it was checked with. */
  readonly trustedRoot: TrustSource;
}

/** A transparency log's entry on a signature, as far as it is proven. */
export interface LoggedSignature {
  /** The log's address in the trusted root. */
  readonly log: string;
  /** Hexadecimal. */
  readonly logId: string;
  readonly logIndex: number;
  /** For example `hashedrekord 0.0.2`. */
  readonly entry: string;
  /** Absent where the log vouches for no time, as Rekor v2 does. */
  readonly integratedTime: Date | undefined;
  /**
   * What shows that the log holds the entry: a proof that leads to a root that the log signed, or only the
   * log's signed promise to include it, which bundles of version 0.1 may have alone.
   */
  readonly inclusion: "proof" | "promise";
  /** Entries in the tree that the inclusion proof is for; absent where only a promise was given. */
  readonly treeSize: number | undefined;
  /** Names of others who signed the checkpoint. Their keys are unknown: not verified. */
  readonly cosigners: readonly string[];
}

/** A moment, and who vouches for it. */
export interface ProvenTime {
  readonly authority: string;
  readonly time: Date;
}

/** When the signature was made, as far as is proven: the earliest time, and what proves it. */
export interface VerifiedTime {
  readonly time: Date;
  readonly source: "clock" | "timestamp" | "log";
}
