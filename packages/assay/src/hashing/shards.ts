import type { Hasher, RunningHash } from "./hasher.ts";

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
