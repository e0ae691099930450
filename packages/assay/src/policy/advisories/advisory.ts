import type { Purl } from "./purl.ts";

/** An advisory, as far as it says which models it is about: OSV 1.7. Only `readAdvisory` makes one. */
export interface Advisory {
  readonly id: string;
  /** One line; the beginning of the details where it has no summary. */
  readonly summary: string;
  /** True for one that was taken back: it is about no model any more. */
  readonly isWithdrawn: boolean;
  readonly affected: readonly Affected[];
}

/** One package, and which of its revisions. */
export interface Affected {
  readonly purl: Purl | undefined;
  readonly versions: readonly string[];
  readonly ranges: readonly AffectedRange[];
  /** Digests of whole models: `sha256:` and hex. */
  readonly manifests: readonly string[];
  /** Digests of single files. */
  readonly files: readonly string[];
}

/** A range of revisions. */
export interface AffectedRange {
  /** True where it begins with the first revision and does not end: every revision is in it. */
  readonly isEverything: boolean;
}
