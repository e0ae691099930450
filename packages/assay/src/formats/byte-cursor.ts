import { malformed } from "./format-error.ts";

/** Reads little-endian numbers one after another; the end of the bytes is `malformed`. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Where the bytes begin in the file, for messages. */
  readonly #base: number;
  at = 0;

  constructor(bytes: Uint8Array, base = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#base = base;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** Where the next byte is in the file. */
  get offset(): number {
    return this.#base + this.at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Inexact beyond 2^53; all bits set become 2^64, which no file reaches. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  /** A number of `length` bytes. */
  uint(length: number): number {
    let value = 0;
    const start = this.#take(length);
    for (let index = length - 1; index >= 0; index--) value = value * 256 + (this.#bytes[start + index] ?? 0);
    return value;
  }

  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** Whether the next bytes are these characters; takes them. */
  signature(text: string): boolean {
    const bytes = this.bytes(text.length);
    return bytes.every((byte, index) => byte === text.charCodeAt(index));
  }

  #take(length: number): number {
    if (length < 0 || length > this.left) malformed("ends within a structure", this.offset);
    const start = this.at;
    this.at += length;
    return start;
  }
}
