import { createBLAKE2b, createBLAKE3, createSHA256, type IHasher } from "hash-wasm";
import type { HashAlgorithm } from "../../../assay/src/statement/manifest.ts";

/** A hasher of an algorithm of the OMS registry; OMS section 7: BLAKE2b at its full width. */
export function makeHasher(hash: HashAlgorithm): Promise<IHasher> {
  switch (hash) {
    case "sha256":
      return createSHA256();
    case "blake2b":
      return createBLAKE2b(512);
    case "blake3":
      return createBLAKE3();
  }
}

/** Consecutive shards of one file, or all of it as one. OMS section 6.3. */
export class Digests {
  readonly #hasher: IHasher;
  readonly #shardSize: number;
  readonly #digests: string[] = [];
  #room: number;
  #isRunning = false;

  /** `shardSize`: bytes, or Infinity. One hasher serves one file at a time. */
  constructor(hasher: IHasher, shardSize: number) {
    this.#hasher = hasher;
    this.#shardSize = shardSize;
    this.#room = shardSize;
  }

  update(piece: Uint8Array): void {
    let rest = piece;
    while (rest.length > 0) {
      if (!this.#isRunning) this.#start();
      const part = rest.length <= this.#room ? rest : rest.subarray(0, this.#room);
      this.#hasher.update(part);
      this.#room -= part.length;
      rest = rest.subarray(part.length);
      if (this.#room === 0) this.#end();
    }
  }

  /** An empty file has one digest, and in shards none. */
  finish(): readonly string[] {
    if (!this.#isRunning && this.#digests.length === 0 && this.#shardSize === Infinity) this.#start();
    if (this.#isRunning) this.#end();
    return this.#digests;
  }

  #start(): void {
    this.#hasher.init();
    this.#isRunning = true;
  }

  #end(): void {
    this.#digests.push(this.#hasher.digest("hex"));
    this.#isRunning = false;
    this.#room = this.#shardSize;
  }
}
