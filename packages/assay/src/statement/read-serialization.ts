import type { JsonNode } from "../encoding/json.ts";
import { readHashAlgorithm } from "./algorithms.ts";
import type { HashAlgorithm, Serialization } from "./manifest.ts";

const FIELDS: ReadonlySet<string> = new Set(["method", "hash_type", "shard_size", "allow_symlinks", "ignore_paths"]);

/** The Python reference's own name for a hash over shards. */
const SHARDED = /^([a-z0-9]+)-sharded-([1-9][0-9]*)$/;

/** A signer lists a few paths; what comes in such numbers is there to fill the memory. */
const MAX_IGNORE_PATHS = 100_000;

export interface SerializationFields {
  readonly serialization: Serialization;
  readonly allowSymlinks: boolean;
  readonly ignorePaths: readonly string[];
  /** What `algorithm` of every resource may be: the hash, or the reference's name for it over these shards. */
  readonly algorithm: { readonly standard: string | undefined; readonly dialect: string | undefined };
}

/**
 * Reads `predicate.serialization`: OMS section 5.2.2, and the dialect in which the Python reference's
 * API writes shards (`sha256-sharded-N` where the algorithm is named, the size as a float).
 *
 * @throws STATEMENT_SHAPE, STATEMENT_UNKNOWN_FIELD, SERIALIZATION_UNKNOWN, ALGORITHM_UNKNOWN, ALGORITHM_FORBIDDEN
 */
export function readSerialization(node: JsonNode): SerializationFields {
  const method = node.require("method");
  const methodName = method.string();
  if (methodName !== "files" && methodName !== "shards") {
    method.fail(`"${method.path}" is "${methodName.slice(0, 64)}"; supported: files and shards`, "SERIALIZATION_UNKNOWN");
  }
  for (const [name] of node.members()) {
    if (!FIELDS.has(name))
      node.fail(`"${node.path}" holds the unknown field ${JSON.stringify(name.slice(0, 60))}`, "STATEMENT_UNKNOWN_FIELD");
  }
  const allowSymlinks = node.require("allow_symlinks").boolean();
  const ignorePaths = readIgnorePaths(node.get("ignore_paths"));
  const rest = { allowSymlinks, ignorePaths };
  const hashType = node.require("hash_type");
  const size = node.get("shard_size");
  if (methodName === "files") {
    size?.fail(`"${size.path}" belongs to the method shards, not to files`);
    const hash = readHashAlgorithm(hashType, hashType.string());
    return { ...rest, serialization: { method: "files", hash }, algorithm: { standard: hash, dialect: undefined } };
  }
  const shardSize = readShardSize(node.require("shard_size"));
  const { hash, sharded } = readShardHash(hashType, shardSize);
  const algorithm = { standard: sharded ? undefined : hash, dialect: `${hash}-sharded-${shardSize}` };
  return { ...rest, serialization: { method: "shards", hash, shardSize }, algorithm };
}

/** `1000000000.0` is an integer too: the reference's numbers pass through doubles. */
function readShardSize(node: JsonNode): number {
  const size = node.number();
  if (Number.isSafeInteger(size) && size >= 1) return size;
  return node.fail(`"${node.path}" is ${size}, expected a whole number of bytes from 1 to 2^53-1`);
}

function readShardHash(node: JsonNode, shardSize: number): { hash: HashAlgorithm; sharded: boolean } {
  const text = node.string();
  const [, hash, size] = SHARDED.exec(text) ?? [];
  if (hash === undefined) return { hash: readHashAlgorithm(node, text), sharded: false };
  if (size !== String(shardSize)) node.fail(`"${node.path}" is "${text.slice(0, 64)}", but "shard_size" is ${shardSize}`);
  return { hash: readHashAlgorithm(node, hash), sharded: true };
}

function readIgnorePaths(node: JsonNode | undefined): string[] {
  if (node === undefined) return [];
  if (node.valueCount > MAX_IGNORE_PATHS) node.fail(`"${node.path}" holds more than ${MAX_IGNORE_PATHS} paths`);
  return Array.from(node.elements(), (path) => path.string());
}
