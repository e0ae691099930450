import type { RandomAccess } from "../../../src/formats/random-access.ts";

/** A file of any size that is zeros but for some pieces, and counts what is read of it. */
export class SparseFile implements RandomAccess {
  readonly size: number;
  bytesRead = 0;
  readonly pieces: readonly (readonly [at: number, bytes: Uint8Array])[];

  constructor(size: number, pieces: readonly (readonly [at: number, bytes: Uint8Array])[]) {
    this.size = size;
    this.pieces = pieces;
  }

  async read(from: number, length: number): Promise<Uint8Array> {
    const out = new Uint8Array(Math.max(0, Math.min(length, this.size - from)));
    this.bytesRead += out.length;
    for (const [at, bytes] of this.pieces) {
      const [start, end] = [Math.max(from, at), Math.min(from + out.length, at + bytes.length)];
      if (start < end) out.set(bytes.subarray(start - at, end - at), start - from);
    }
    return out;
  }
}
