import type { RandomAccess } from "./random-access.ts";
import { malformed } from "./format-error.ts";

const FIRST_BYTES = 16 * 1024;
const MAX_WINDOW_BYTES = 512 * 1024;

/**
 * The bytes of a file around one place. A reader asks for a place with `load`, then parses synchronously inside
 * `bytes`. Reading on makes the window grow, a jump makes it small again: skipping weights reads little.
 */
export class ByteWindow {
  readonly #file: RandomAccess;
  #length = FIRST_BYTES;
  bytes: Uint8Array = new Uint8Array(0);
  /** Where in the file `bytes` begins. */
  start = 0;

  constructor(file: RandomAccess) {
    this.#file = file;
  }

  get size(): number {
    return this.#file.size;
  }

  /** Whether `length` bytes from `at` on are here, or all that the file has of them. */
  holds(at: number, length: number): boolean {
    return at >= this.start && Math.min(at + length, this.size) <= this.start + this.bytes.length;
  }

  /** Makes the window hold `length` bytes from `at` on, fewer where the file ends. The caller bounds `length`. */
  async load(at: number, length: number): Promise<void> {
    if (this.holds(at, length)) return;
    const readsOn = at >= this.start && at <= this.start + this.bytes.length;
    this.#length = readsOn ? Math.min(this.#length * 2, MAX_WINDOW_BYTES) : FIRST_BYTES;
    const wanted = Math.min(Math.max(length, this.#length), this.size - at);
    const bytes = await this.#file.read(at, wanted);
    if (bytes.length < Math.min(length, this.size - at)) malformed("the file ends while it is read", at + bytes.length);
    this.bytes = bytes;
    this.start = at;
  }

  /** A view of `length` bytes at `at`, which the window holds. */
  view(at: number, length: number): Uint8Array {
    return this.bytes.subarray(at - this.start, at - this.start + length);
  }
}
