import { decodeHexInto, encodeHex } from "../encoding/hex.ts";
import { encodeUtf8Into } from "../encoding/utf8.ts";
import { AssayError } from "../core/error.ts";
import { DIGEST_BYTES } from "./algorithms.ts";
import type { FileDigests, HashAlgorithm, Serialization } from "./manifest.ts";
import { codePointOrder } from "./name-order.ts";
import { shown } from "./names.ts";
import { shardName } from "./shards.ts";

/** Names and lowercase hex digests of resources, side by side. */
export interface ResourceColumns {
  readonly names: readonly string[];
  readonly digests: readonly string[];
}

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

/** What the platform's encoder is given at once; single lines would cost more in calls than in work. */
const CHUNK = 1 << 14;

/**
 * SHA-256, lowercase hex, over the line `assay-manifest-v1` and then, in code-point order of names,
 * `name NUL algorithm:hex LF` for every resource. No name holds NUL, so that no two manifests spell
 * the same bytes.
 *
 * @param resources in code-point order
 */
export async function manifestDigestOf({ names, digests }: ResourceColumns, hash: HashAlgorithm): Promise<string> {
  let bytes = new Uint8Array(64 + names.length * (DIGEST_BYTES[hash] * 2 + 64));
  let length = 0;
  const write = (text: string): void => {
    // Three bytes are the most that UTF-8 needs for one of UTF-16's units.
    if (length + 3 * text.length > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length + 3 * text.length);
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    length += encodeUtf8Into(text, bytes.subarray(length));
  };
  let text = "assay-manifest-v1\n";
  for (let index = 0; index < names.length; index++) {
    text += `${names[index]}\0${hash}:${digests[index]}\n`;
    if (text.length < CHUNK) continue;
    write(text);
    text = "";
  }
  write(text);
  return sha256(bytes.subarray(0, length));
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
