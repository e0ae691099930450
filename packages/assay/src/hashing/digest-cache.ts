import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Serialization } from "../statement/manifest.ts";
import type { CacheBinding } from "./cache-binding.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";
import type { InventoryFile } from "../source/inventory.ts";
import { digestCount } from "../statement/serialization.ts";

/**
 * Digests of files that were hashed before, in one file for each kind of digest:
 *
 *     assay digest cache 2 <algorithm> <shard size, 0: whole files> <boot id>\n
 *     for each file, 16 bytes that identify its mount,
 *       64 bits each, little-endian: device, inode, size, mtime, ctime (nanoseconds)
 *       then its digests, as many as its size asks for
 *     SHA-256 of all that
 *
 * What is damaged, of another version or of an earlier start of the system is ignored. An entry counts only where
 * the mount and all five numbers are the same.
 */
const VERSION = 2;
/** About 450,000 whole files under SHA-256; what this run did not ask for is dropped first. */
const MAX_CACHE_BYTES = 32 * 1024 * 1024;
const CHECKSUM_BYTES = 32;
const MOUNT_BYTES = 16;
/** Mount, device and inode: which file. */
const ID_BYTES = MOUNT_BYTES + 16;
/** Size and times: in which state. */
const STATE_BYTES = 24;
const KEY_BYTES = ID_BYTES + STATE_BYTES;
const SIZE_AT = ID_BYTES;

export class DigestCache {
  readonly #folder: CacheFolder;
  readonly #binding: CacheBinding;
  readonly #serialization: Serialization;
  readonly #digestLength: number;
  readonly #fileName: string;
  readonly #header: Buffer;
  #bytes: Buffer = Buffer.alloc(0);
  /** Where each file's entry starts in `#bytes`, by its bytes of mount, device and inode. */
  readonly #places = new Map<string, number>();
  readonly #added = new Map<string, Buffer>();
  readonly #used = new Set<string>();

  private constructor(folder: CacheFolder, serialization: Serialization, binding: CacheBinding) {
    const shardSize = serialization.method === "files" ? 0 : serialization.shardSize;
    this.#folder = folder;
    this.#binding = binding;
    this.#serialization = serialization;
    this.#digestLength = DIGEST_LENGTHS[serialization.hash];
    this.#fileName = `digests-${serialization.hash}-${shardSize}`;
    this.#header = Buffer.from(`assay digest cache ${VERSION} ${serialization.hash} ${shardSize} ${binding.bootId}\n`);
  }

  static async load(folder: CacheFolder, serialization: Serialization, binding: CacheBinding): Promise<DigestCache> {
    const cache = new DigestCache(folder, serialization, binding);
    const bytes = await folder.read(cache.#fileName, MAX_CACHE_BYTES + cache.#header.length + CHECKSUM_BYTES);
    if (bytes !== undefined && isWhole(bytes, cache.#header)) cache.#index(bytes);
    return cache;
  }

  /** The digests of a file, hex, where it is in the state in which it was hashed. Throws CACHE_UNSAFE for a file on a mount that is not understood. */
  lookUp(file: InventoryFile): readonly string[] | undefined {
    const key = keyOf(file, this.#binding.tagOf(file.path));
    const id = key.toString("latin1", 0, ID_BYTES);
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    if (key.compare(this.#bytes, place + ID_BYTES, place + KEY_BYTES, ID_BYTES, KEY_BYTES) !== 0) return undefined;
    this.#used.add(id);
    const digests: string[] = [];
    const end = place + this.#entryLength(file.size);
    for (let at = place + KEY_BYTES; at < end; at += this.#digestLength)
      digests.push(this.#bytes.toString("hex", at, at + this.#digestLength));
    return digests;
  }

  /**
   * Remembers all digests of a file, unless it changed too shortly before `hashingStartedNs` (Unix time): a page
   * that still waits for the disk can be written through a mapping without a new time.
   */
  add(file: InventoryFile, digests: readonly string[], hashingStartedNs: bigint): void {
    const changed = file.mtimeNs > file.ctimeNs ? file.mtimeNs : file.ctimeNs;
    const { settledAfterNs } = this.#binding;
    if (settledAfterNs === undefined || changed + settledAfterNs >= hashingStartedNs) return;
    const entry = Buffer.concat([keyOf(file, this.#binding.tagOf(file.path)), Buffer.from(digests.join(""), "hex")]);
    if (entry.length === this.#entryLength(file.size)) this.#added.set(entry.toString("latin1", 0, ID_BYTES), entry);
  }

  /** Writes the cache where there is anything new: first what this run asked for, then the rest as far as there is room. */
  async save(): Promise<void> {
    if (this.#added.size === 0) return;
    const entries: Uint8Array[] = [this.#header];
    let room = MAX_CACHE_BYTES;
    const keep = (entry: Uint8Array): void => {
      if (entry.length > room) return;
      room -= entry.length;
      entries.push(entry);
    };
    for (const entry of this.#added.values()) keep(entry);
    const unused = [...this.#places.keys()].filter((id) => !this.#used.has(id));
    for (const id of [...this.#used, ...unused]) {
      const place = this.#places.get(id);
      if (place !== undefined && !this.#added.has(id)) keep(this.#entryAt(place));
    }
    const body = Buffer.concat(entries);
    await this.#folder.write(this.#fileName, [body, checksum(body)]);
  }

  #index(bytes: Buffer): void {
    const end = bytes.length - CHECKSUM_BYTES;
    this.#bytes = bytes;
    for (let at = this.#header.length; at + KEY_BYTES <= end;) {
      const length = this.#entryLength(Number(bytes.readBigUInt64LE(at + SIZE_AT)));
      if (at + length > end) return;
      this.#places.set(bytes.toString("latin1", at, at + ID_BYTES), at);
      at += length;
    }
  }

  #entryAt(place: number): Buffer {
    return this.#bytes.subarray(place, place + this.#entryLength(Number(this.#bytes.readBigUInt64LE(place + SIZE_AT))));
  }

  #entryLength(size: number): number {
    return KEY_BYTES + digestCount(size, this.#serialization) * this.#digestLength;
  }
}

function keyOf({ device, inode, size, mtimeNs, ctimeNs }: InventoryFile, mount: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(KEY_BYTES);
  key.set(mount);
  key.writeBigUInt64LE(BigInt.asUintN(64, device), MOUNT_BYTES);
  key.writeBigUInt64LE(BigInt.asUintN(64, inode), MOUNT_BYTES + 8);
  key.writeBigUInt64LE(BigInt(size), SIZE_AT);
  key.writeBigInt64LE(BigInt.asIntN(64, mtimeNs), SIZE_AT + 8);
  key.writeBigInt64LE(BigInt.asIntN(64, ctimeNs), SIZE_AT + 16);
  return key;
}

function isWhole(bytes: Buffer, header: Buffer): boolean {
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < header.length || header.compare(bytes, 0, header.length) !== 0) return false;
  return checksum(bytes.subarray(0, end)).equals(bytes.subarray(end));
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
