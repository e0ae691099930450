import type { Warning } from "../core/warning.ts";
import type { IgnoreReason } from "./shared-rules.ts";
import type { Problems } from "./problems.ts";
import type { FileState, Seen } from "./seen.ts";

/** A file of a model, wherever the model is. */
export interface FileInModel {
  /** Relative to the model's root, `/` between components. For a single-file model: its basename. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** One regular file as the walk saw it; hashing opens it and must meet the same device and inode. */
export interface InventoryFile extends FileInModel, FileState {
  /** Absolute path to open; behind an allowed link, the target's. */
  readonly path: string;
}

/** Something on disk that the walk left out, a folder once with what is below it. */
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
  readonly isLink: boolean;
}

/** A link that was not followed because nothing allows it. */
export interface UnfollowedLink extends Sighting {
  /** Whether the manifest lists it, or a file below it. */
  readonly leadsToListed: boolean;
}

/** Something that was met and could not be looked into. */
export interface Unexamined {
  readonly name: string;
  /** A link without a target or with a forbidden one, a folder that cannot be listed, a pipe, socket or device. */
  readonly kind: "link" | "folder" | "other";
}

/** What a walk found in a model, in code-point order of names. */
export interface WalkFindings<File extends FileInModel = InventoryFile> {
  readonly kind: "directory" | "file";
  /** As the caller named it, absolute, links not resolved: for messages. */
  readonly given: string;
  /** Absolute and resolved. */
  readonly root: string;
  /** The basename of MODEL: what a signer writes as the subject's name. */
  readonly modelName: string;
  readonly files: readonly File[];
  /**
   * Files and links whose names are not UTF-8, the foreign bytes as `\xff` and backslashes doubled. No manifest
   * can list them, so they never match a listed name.
   */
  readonly undecodable: readonly Sighting[];
  /** The topmost of those names: a folder once, also where nothing is in it. */
  readonly undecodableNames: readonly string[];
  readonly unfollowedLinks: readonly UnfollowedLink[];
  readonly unexamined: readonly Unexamined[];
  /** Why what is unexamined makes an answer impossible. */
  readonly problems: Problems;
  /** The same below names that are not UTF-8, which no signature covers. */
  readonly undecodableProblems: Problems;
  /** Whether the caller or the signer allows links. */
  readonly areLinksAllowed: boolean;
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

declare const walked: unique symbol;

/**
 * A model that was walked, with all that was found, whatever is asked of it. Only the walk of an opened model
 * makes one. It holds problems and throws none: `signable` and `comparable` say what counts for signing and for
 * verifying, and refuse what may not be in a model for that.
 */
export interface Inventory<File extends FileInModel = InventoryFile> extends WalkFindings<File> {
  readonly [walked]: true;
}
