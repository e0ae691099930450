import { decodeHexInto, encodeHex } from "../encoding/hex.ts";
import { AssayError } from "../core/error.ts";
import { DIGEST_BYTES } from "./algorithms.ts";
import type { FileDigests, HashAlgorithm, Serialization } from "./manifest.ts";
import { manifestText, type ResourceColumns } from "./manifest-text.ts";
import { codePointOrder } from "./name-order.ts";
import { shown } from "./names.ts";
import { shardName } from "./shards.ts";

/**
 * The resources for `files` in a statement, in code-point order of their names: one for a
 * file, or one for each shard (OMS sections 6.3 and 6.4).
 *
 * @throws USAGE where the digests do not fit a file's size in shards
 */
export function resourcesOf(files: ReadonlyMap<string, FileDigests>, serialization: Serialization): ResourceColumns {
  const names: string[] = [];
  const digests: string[] = [];
  for (const file of files.values()) {
    checkCount(file, serialization);
    for (let index = 0; index < file.digests.length; index++) {
      names.push(serialization.method === "files" ? file.name : shardName(file.name, index, serialization.shardSize, file.size ?? 0));
      digests.push(file.digests[index] ?? "");
    }
  }
  return inCodePointOrder({ names, digests });
}

/** The same resources in code-point order of their names. */
export function inCodePointOrder(resources: ResourceColumns): ResourceColumns {
  const { names, digests } = resources;
  const order = codePointOrder(names);
  if (order === undefined) return resources;
  return { names: order.map((index) => names[index] ?? ""), digests: order.map((index) => digests[index] ?? "") };
}

function checkCount({ name, digests, size }: FileDigests, serialization: Serialization): void {
  if (serialization.method === "shards" && size === undefined) {
    throw new AssayError("USAGE", `the size of ${shown(name)} is missing, and shards need it`);
  }
  const expected = serialization.method === "files" ? 1 : Math.ceil((size ?? 0) / serialization.shardSize);
  if (digests.length !== expected) {
    throw new AssayError("USAGE", `${shown(name)} comes with ${digests.length} digests instead of ${expected}`);
  }
}

/**
 * Both digests of a model, each `sha256:` and lowercase hex: `rootDigest` (OMS section 6.5.1) over the digests
 * in the order of a statement, which covers no names, and `manifestDigest`, which does.
 */
export async function digestsOf(
  files: ReadonlyMap<string, FileDigests>,
  serialization: Serialization,
): Promise<{ rootDigest: string; manifestDigest: string }> {
  const resources = resourcesOf(files, serialization);
  const [rootDigest, manifestDigest] = await Promise.all([
    rootDigestOf(digestBytes(resources, serialization.hash)),
    manifestDigestOf(resources, serialization.hash),
  ]);
  return { rootDigest: `sha256:${rootDigest}`, manifestDigest: `sha256:${manifestDigest}` };
}

/** SHA-256 over the digests' bytes in their order, lowercase hex. OMS section 6.5.1. */
export async function rootDigestOf(digests: Uint8Array<ArrayBuffer>): Promise<string> {
  return sha256(digests);
}

/** SHA-256, lowercase hex, over the manifest: see `manifestText`. `resources` are in code-point order of their names. */
export async function manifestDigestOf(resources: ResourceColumns, hash: HashAlgorithm): Promise<string> {
  return sha256(manifestText(resources, hash));
}

/**
 * The digests' bytes, one after another.
 *
 * @throws RESOURCE_DIGEST for one that is not lowercase hex of the algorithm's length
 */
export function digestBytes({ names, digests }: ResourceColumns, hash: HashAlgorithm): Uint8Array<ArrayBuffer> {
  const length = DIGEST_BYTES[hash];
  const bytes = new Uint8Array(digests.length * length);
  for (let index = 0; index < digests.length; index++) {
    if (!decodeHexInto(digests[index] ?? "", length, bytes, index * length)) refuseDigest(names[index], hash);
  }
  return bytes;
}

function refuseDigest(name: string | undefined, hash: HashAlgorithm): never {
  throw new AssayError(
    "RESOURCE_DIGEST",
    `the digest of ${shown(name ?? "")} is not ${DIGEST_BYTES[hash]} bytes in lowercase hex, as ${hash} has`,
  );
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
