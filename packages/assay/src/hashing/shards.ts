import type { Serialization } from "../statement/manifest.ts";

/** How many digests a file of `size` bytes gets. OMS section 6.3: a zero-byte file has no shard. */
export function digestCount(size: number, serialization: Serialization): number {
  return serialization.method === "files" ? 1 : Math.ceil(size / serialization.shardSize);
}
