import type { Warning } from "../warning.ts";

/** One regular file as the walk saw it; hashing opens it and must meet the same device and inode. */
export interface InventoryFile {
  /** Relative to the model's root, `/` between components. For a single-file model: its basename. */
  readonly name: string;
  /** Absolute path to open; behind an allowed link, the target's. */
  readonly path: string;
  readonly size: number;
  readonly device: bigint;
  readonly inode: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Something on disk that the walk left out, a folder once with what lies below it. */
export interface LeftOut {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
  /** Regular files in it, itself included. */
  readonly fileCount: number;
  readonly bytes: number;
  /** Whose rule hid it: the signed ignore paths, the git defaults, the caller's ignore paths; or no rule but an empty shard list. */
  readonly reason: "signed-ignore-path" | "git-default" | "caller-ignore-path" | "empty-file";
}

/** Everything that the walk found in a model, in code-point order of names. */
export interface Inventory {
  readonly kind: "directory" | "file";
  /** Absolute and resolved. */
  readonly root: string;
  /** The basename of MODEL: what a signer writes as the subject's name. */
  readonly modelName: string;
  readonly files: readonly InventoryFile[];
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly Warning[];
}
