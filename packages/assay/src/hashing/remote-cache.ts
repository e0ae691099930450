import { hash } from "node:crypto";
import { AssayError } from "../core/error.ts";
import type { RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import { digestCount } from "../statement/serialization.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { CacheFolder } from "./cache-folder.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";

/**
 * Digests of files of models on servers that were read and hashed before, in one file for each kind of digest:
 *
 *     assay remote digest cache 1 <algorithm> <shard size, 0: whole files>\n
 *     for each file the SHA-256 of its key, its size (64 bits, little-endian),
 *       then its digests, as many as its size asks for
 *     SHA-256 of all that
 *
 * The key of a file is everything that says which bytes it is: the kind of server, its host, the reference with the commit or
 * digest, the name, the size, and the SHA-256 that the server lists, which its bytes had. An address or an ETag says less, and is
 * never one. A file without SHA-256 is read each time.
 */
const VERSION = 1;
const MAX_CACHE_BYTES = 32 * 1024 * 1024;
const HASH_BYTES = 32;
const HEAD_BYTES = HASH_BYTES + 8;

export class RemoteDigestCache {
  readonly #folder: CacheFolder;
  readonly #model: Pick<RemoteModel, "source">;
  readonly #serialization: Serialization;
  readonly #fileName: string;
  readonly #header: Buffer;
  /** By key, each as it is written. */
  readonly #entries = new Map<string, Uint8Array>();
  readonly #used = new Set<string>();
  #isChanged = false;

  private constructor(folder: CacheFolder, model: Pick<RemoteModel, "source">, serialization: Serialization) {
    const shardSize = serialization.method === "files" ? 0 : serialization.shardSize;
    this.#folder = folder;
    this.#model = model;
    this.#serialization = serialization;
    this.#fileName = `remote-digests-${serialization.hash}-${shardSize}`;
    this.#header = Buffer.from(`assay remote digest cache ${VERSION} ${serialization.hash} ${shardSize}\n`);
  }

  /** Throws CACHE_UNSAFE for a folder that others can write to, and for a model without a revision: nothing says that it is as it was. */
  static async load(path: string, model: RemoteModel, serialization: Serialization): Promise<RemoteDigestCache> {
    if (model.revision === undefined) {
      throw new AssayError(
        "CACHE_UNSAFE",
        `the cache cannot be used for ${model.source.pinned}: it has no revision, and its files may change`,
        {
          hint: "work without a cache",
        },
      );
    }
    const cache = new RemoteDigestCache(new CacheFolder(path, undefined), model, serialization);
    const bytes = await cache.#folder.read(cache.#fileName, MAX_CACHE_BYTES + cache.#header.length + HASH_BYTES);
    if (bytes !== undefined) cache.#read(bytes);
    return cache;
  }

  /** The digests of a file, where it was read and hashed before. */
  lookUp(file: RemoteFile): FileDigests | undefined {
    const key = this.#keyOf(file);
    const entry = key === undefined ? undefined : this.#entries.get(key.toString("latin1"));
    if (key === undefined || entry === undefined) return undefined;
    this.#used.add(key.toString("latin1"));
    const digests: string[] = [];
    const length = DIGEST_LENGTHS[this.#serialization.hash];
    for (let at = HEAD_BYTES; at < entry.length; at += length) digests.push(Buffer.from(entry.subarray(at, at + length)).toString("hex"));
    const { method, hash: algorithm } = this.#serialization;
    // The one digest that can be checked without the bytes.
    if (method === "files" && algorithm === "sha256" && digests[0] !== file.digest?.hex) return undefined;
    return { name: file.name, digests, size: file.size };
  }

  /** Remembers digests that were computed of bytes whose SHA-256 is the listed one. */
  add(file: RemoteFile, { digests }: FileDigests): void {
    const key = this.#keyOf(file);
    if (key === undefined) return;
    const entry = Buffer.concat([key, sizeBytes(file.size), Buffer.from(digests.join(""), "hex")]);
    if (entry.length !== this.#entryLength(file.size)) return;
    this.#entries.set(key.toString("latin1"), entry);
    this.#used.add(key.toString("latin1"));
    this.#isChanged = true;
  }

  /** Writes the cache where there is anything new: first what this run asked for, then the rest as far as there is room. */
  async save(): Promise<void> {
    if (!this.#isChanged) return;
    const parts: Uint8Array[] = [this.#header];
    let room = MAX_CACHE_BYTES;
    const unused = [...this.#entries.keys()].filter((key) => !this.#used.has(key));
    for (const key of [...this.#used, ...unused]) {
      const entry = this.#entries.get(key);
      if (entry === undefined || entry.length > room) continue;
      room -= entry.length;
      parts.push(entry);
    }
    const body = Buffer.concat(parts);
    await this.#folder.write(this.#fileName, [body, hash("sha256", body, "buffer")]);
  }

  #read(bytes: Buffer): void {
    const end = bytes.length - HASH_BYTES;
    if (end < this.#header.length || this.#header.compare(bytes, 0, this.#header.length) !== 0) return;
    if (!hash("sha256", bytes.subarray(0, end), "buffer").equals(bytes.subarray(end))) return;
    for (let at = this.#header.length; at + HEAD_BYTES <= end;) {
      const length = this.#entryLength(Number(bytes.readBigUInt64LE(at + HASH_BYTES)));
      if (at + length > end) return;
      this.#entries.set(bytes.toString("latin1", at, at + HASH_BYTES), bytes.subarray(at, at + length));
      at += length;
    }
  }

  #entryLength(size: number): number {
    return HEAD_BYTES + digestCount(size, this.#serialization) * DIGEST_LENGTHS[this.#serialization.hash];
  }

  #keyOf({ name, size, digest }: RemoteFile): Buffer | undefined {
    if (digest?.kind !== "sha256") return undefined;
    const { kind, host, pinned } = this.#model.source;
    return hash("sha256", JSON.stringify([kind, host, pinned, name, size, digest.hex]), "buffer");
  }
}

function sizeBytes(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}
