import { AssayError } from "../core/error.ts";
import type { HashAlgorithm, Serialization } from "./manifest.ts";

/** How a caller asks for files to be hashed. */
export interface SerializationOptions {
  /** Default `sha256`. */
  readonly hash?: HashAlgorithm;
  /** Bytes per shard; without it, files are hashed whole. */
  readonly shardSize?: number;
}

/** Throws USAGE for a shard size that is not a positive integer. */
export function serializationFor({ hash = "sha256", shardSize }: SerializationOptions): Serialization {
  if (shardSize === undefined) return { method: "files", hash };
  if (!Number.isSafeInteger(shardSize) || shardSize < 1) {
    throw new AssayError("USAGE", `a shard size is a whole number of bytes from 1 on, not ${shardSize}`);
  }
  return { method: "shards", hash, shardSize };
}
