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
    throw new AssayError("USAGE", `a shard size must be a whole number of bytes, at least 1, not ${shardSize}`);
  }
  return { method: "shards", hash, shardSize };
}

/** How many digests a file of `size` bytes gets. OMS section 6.3: a zero-byte file has no shard. */
export function digestCount(size: number, serialization: Serialization): number {
  return serialization.method === "files" ? 1 : Math.ceil(size / serialization.shardSize);
}
