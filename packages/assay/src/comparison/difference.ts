import type { Manifest } from "../statement/manifest.ts";
import type { PointerFile } from "../source/lfs-pointer.ts";
import type { LeftOut } from "../source/inventory.ts";
import type { Warning } from "../core/warning.ts";

/**
 * One way in which a model is not what was signed. Digests are `algorithm:hex`, or `none` where a side
 * has no such shard; sizes are bytes, undefined where a signature does not tell them.
 */
export type Difference =
  | {
      readonly kind: "changed";
      readonly name: string;
      /** The whole file's digests, or those of the first shard that differs. */
      readonly signedDigest: string;
      readonly foundDigest: string;
      readonly signedSize: number | undefined;
      readonly foundSize: number | undefined;
      /** For sharded files: how many shards differ, and of how many. */
      readonly shards: { readonly changed: number; readonly total: number } | undefined;
    }
  | { readonly kind: "missing"; readonly name: string; readonly signedSize: number | undefined; readonly why: string | undefined }
  | { readonly kind: "extra"; readonly name: string; readonly foundSize: number | undefined }
  | { readonly kind: "renamed"; readonly name: string; readonly newName: string; readonly size: number | undefined };

/** A signed file that was not downloaded: a git-LFS pointer is in its place. It is among the changed ones too. */
export interface NotDownloaded extends PointerFile {
  /** Whether the pointer is to the bytes that were signed; undefined where the signature's digests cannot tell. */
  readonly isSigned: boolean | undefined;
}

/** What a comparison of a model with a manifest found. */
export interface Comparison {
  /** Empty: every signed file is there, unchanged, and nothing else is. */
  readonly differences: readonly Difference[];
  /** Files on disk that are not under the signature and were tolerated (`ignoreUnsignedFiles`). */
  readonly unsigned: readonly { readonly name: string; readonly size: number }[];
  /** Files hidden by ignore rules: on disk, not under the signature. */
  readonly notCovered: readonly LeftOut[];
  readonly notDownloaded: readonly NotDownloaded[];
  /** Signed files that were read and are unchanged. */
  readonly matchedFiles: number;
  readonly matchedBytes: number;
  /** Whether links were followed, and on whose word. The caller's counts where both allowed them. */
  readonly links: "none" | "allowed by the signer" | "allowed by the caller";
  readonly warnings: readonly Warning[];
}

declare const compared: unique symbol;

/** A model whose files are the signed ones. Only `compareModel` makes one, and only without differences. */
export interface VerifiedModel extends Comparison {
  readonly [compared]: true;
  readonly manifest: Manifest;
  /** Absolute path of the model. */
  readonly root: string;
}
