import type { HashAlgorithm } from "../../../assay/src/statement/manifest.ts";

/** How the files of one run are hashed. */
export interface HashSettings {
  readonly hash: HashAlgorithm;
  /** Bytes; undefined: files whole. */
  readonly shardSize: number | undefined;
}

/** Files for one worker. */
export interface HashTask extends HashSettings {
  readonly files: readonly { readonly index: number; readonly file: File }[];
}

/** What a worker tells. Lists of many files are one message: each message costs. */
export type WorkerMessage =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "done"; readonly results: readonly FileResult[] };

/** The digests of one file, lowercase hex; or that the browser did not give its bytes. */
export interface FileResult {
  readonly index: number;
  readonly digests: readonly string[] | undefined;
  /** All of a file that is small enough to be a git-LFS pointer. */
  readonly small: Uint8Array | undefined;
}
