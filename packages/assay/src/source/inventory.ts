import type { Warning } from "../core/warning.ts";
import type { IgnoreReason } from "./ignore-rules.ts";
import type { FileState, Seen } from "./seen.ts";

/** One regular file as the walk saw it; hashing opens it and must meet the same device and inode. */
export interface InventoryFile extends FileState {
  /** Relative to the model's root, `/` between components. For a single-file model: its basename. */
  readonly name: string;
  /** Absolute path to open; behind an allowed link, the target's. */
  readonly path: string;
}

/** Something on disk that the walk left out, a folder once with what lies below it. */
export interface LeftOut {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
  /**
   * Files in it, itself included: never less than one. A link, a pipe and a folder that cannot be listed
   * count one each.
   */
  readonly fileCount: number;
  /** Of its regular files. */
  readonly bytes: number;
  /** True where there may be more: counting stopped early (a huge folder), or something could not be looked into. */
  readonly atLeast: boolean;
  /**
   * Whose rule hid it: the signed ignore paths, the git defaults, the caller's ignore paths; or no rule but an
   * empty shard list; or, when signing, the name of a file that Assay has not finished writing. `signature`: it
   * is the signature in the model, for `digest`, `diff` and `assessOpenness`. `name-not-utf8`: `diff` cannot compare it.
   */
  readonly reason:
    | "signed-ignore-path"
    | "git-default"
    | "caller-ignore-path"
    | "empty-file"
    | "temporary-file"
    | "signature"
    | "name-not-utf8";
}

/** Something on disk with its size in bytes, that nothing needs to open. */
export interface Sighting {
  readonly name: string;
  readonly size: number;
}

/** Everything that the walk found in a model, in code-point order of names. */
export interface Inventory {
  readonly kind: "directory" | "file";
  /** Absolute and resolved. */
  readonly root: string;
  /** The basename of MODEL: what a signer writes as the subject's name. */
  readonly modelName: string;
  readonly files: readonly InventoryFile[];
  /**
   * Files whose names are not UTF-8, the foreign bytes as `\xff` and backslashes doubled. No manifest
   * can list them, so they never match a listed name. Empty when signing, where they are an error.
   */
  readonly undecodable: readonly Sighting[];
  /** Links that were neither followed nor an error: only where unsigned files are ignored and links are not allowed. */
  readonly unfollowedLinks: readonly Sighting[];
  /** Links that were followed, other than the own links of a Hugging Face cache. */
  readonly linksFollowed: number;
  readonly leftOut: readonly LeftOut[];
  /** The paths that were left out or would have been, relative to the root, with whose rule it is. */
  readonly ignoreRules: ReadonlyMap<string, IgnoreReason>;
  /** Listed names that are there as something else than a file, with what they are: they count as missing. */
  readonly notFiles: ReadonlyMap<string, string>;
  /** What the second look compares with, besides the files. */
  readonly seen: Seen;
  readonly warnings: readonly Warning[];
}
