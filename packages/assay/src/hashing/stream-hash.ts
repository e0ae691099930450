import { createHash, type Hash } from "node:crypto";
import type { HashAlgorithm } from "../statement/manifest.ts";
import { loadHasher, type Hasher, type RunningHash } from "./hasher.ts";

/** How a file is hashed while it arrives. */
export interface StreamHashTask {
  readonly hash: HashAlgorithm;
  /** Undefined: the file has one digest. */
  readonly shardSize: number | undefined;
  /** The digest that its server lists, where that is not the same as the one above. */
  readonly listed: "sha256" | "git-blob" | undefined;
  /** Bytes in the file. */
  readonly size: number;
}

/** Digests in hexadecimal. */
export interface StreamHashResult {
  readonly digests: readonly string[];
  readonly listed: string | undefined;
}

/** A file that is hashed here or in a thread. */
export interface FileHash {
  /** The piece stays as it is until the promise settles. */
  update(piece: Uint8Array): Promise<void> | undefined;
  finish(): Promise<StreamHashResult>;
}

/** Hashes a file in this thread. */
export async function hashHere({ hash, shardSize, listed, size }: StreamHashTask): Promise<FileHash> {
  // One for each file: the portable BLAKE3 has one running hash.
  const shards = new Shards(await loadHasher(hash), shardSize);
  const other = listed === undefined ? undefined : listedHash(listed, size);
  return {
    update: (piece) => {
      shards.update(piece);
      other?.update(piece);
      return undefined;
    },
    finish: async () => ({ digests: shards.finish(size), listed: other?.digest("hex") }),
  };
}

/** A git blob is hashed with its header before the bytes. */
function listedHash(kind: "sha256" | "git-blob", size: number): Hash {
  return kind === "sha256" ? createHash("sha256") : createHash("sha1").update(`blob ${size}\0`);
}

/** Consecutive shards of one file, or all of it as one. */
export class Shards {
  readonly #hasher: Hasher;
  readonly #shardSize: number | undefined;
  readonly #digests: string[] = [];
  #running: RunningHash | undefined;
  #room: number;

  constructor(hasher: Hasher, shardSize: number | undefined) {
    this.#hasher = hasher;
    this.#shardSize = shardSize;
    this.#room = shardSize ?? Infinity;
  }

  update(piece: Uint8Array): void {
    let rest = piece;
    while (rest.length > 0) {
      this.#running ??= this.#hasher.start();
      const part = rest.subarray(0, Math.min(rest.length, this.#room));
      this.#running.update(part);
      this.#room -= part.length;
      rest = rest.subarray(part.length);
      if (this.#room === 0) this.#end();
    }
  }

  /** An empty file has one digest, and in shards none. */
  finish(size: number): readonly string[] {
    if (size === 0 && this.#shardSize === undefined) this.#running ??= this.#hasher.start();
    if (this.#running !== undefined) this.#end();
    return this.#digests;
  }

  #end(): void {
    this.#digests.push(Buffer.from(this.#running?.digest() ?? []).toString("hex"));
    this.#running = undefined;
    this.#room = this.#shardSize ?? Infinity;
  }
}
