import type { Warning } from "../core/warning.ts";

/** File hash algorithms of the OMS algorithm registry: 256, 512 and 256 bits. */
export type HashAlgorithm = "sha256" | "blake2b" | "blake3";

/** How files map to digests: OMS specification, section 6.3. */
export type Serialization =
  | { readonly method: "files"; readonly hash: HashAlgorithm }
  | { readonly method: "shards"; readonly hash: HashAlgorithm; readonly shardSize: number };

/** The digests of one file: lowercase hex, one for a whole file, one per consecutive shard otherwise. */
export interface FileDigests {
  /** Relative to the model's root, `/` between components. */
  readonly name: string;
  readonly digests: readonly string[];
  /** Bytes, where known: a bundle tells it for sharded files only. */
  readonly size: number | undefined;
}

/** What a statement says about a model, its fields checked, no matter whether anybody signed it. */
export interface ManifestContent {
  readonly format: "oms-1.0" | "historical-0.1";
  /** The signed subject's name: informational, it never decides. */
  readonly modelName: string;
  readonly serialization: Serialization;
  readonly allowSymlinks: boolean;
  readonly ignorePaths: readonly string[];
  /** In the order of the statement, names unique. A single-file model has one, its name may be `.`. */
  readonly files: ReadonlyMap<string, FileDigests>;
  /** Resources in the statement: more than files where these are sharded. */
  readonly resourceCount: number;
  /** SHA-256 over the digests in their order, `sha256:` and hex: OMS section 6.5.1. Covers no names. */
  readonly rootDigest: string;
  /** SHA-256 over names and digests, `sha256:` and hex; identifies the model in pins and evidence. */
  readonly manifestDigest: string;
  readonly warnings: readonly Warning[];
}

declare const signed: unique symbol;

/** A manifest whose statement was under a signature that verified. Only `readManifest` makes one. */
export interface Manifest extends ManifestContent {
  readonly [signed]: true;
}
