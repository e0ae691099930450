import { malformed, notUnderstood } from "./format-error.ts";
import type { RandomAccess } from "./random-access.ts";

const PAGE_BYTES = 16 * 1024;
const MAX_PAGES = 512;
/** Pieces that are read of one file; those in a page that is here already count too. */
const MAX_READS = 4_000_000;

/** Reads small pieces from all over a file, page by page, with a bound on what is read in all. */
export class PageCache {
  readonly #file: RandomAccess;
  readonly #pages = new Map<number, Uint8Array>();
  #budget: number;
  #reads = 0;

  constructor(file: RandomAccess, maxBytes: number) {
    this.#file = file;
    this.#budget = maxBytes;
  }

  get size(): number {
    return this.#file.size;
  }

  /** Exactly `length` bytes from `at` on; a piece beyond the file's end is `malformed`. The caller bounds `length`. */
  async read(at: number, length: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(at) || at < 0 || length > this.size - at)
      malformed(`names ${length} bytes at ${at}, beyond the end of the file`, at);
    if (++this.#reads > MAX_READS) notUnderstood("has more structure than is read");
    const first = Math.floor(at / PAGE_BYTES);
    const last = Math.floor((at + Math.max(length, 1) - 1) / PAGE_BYTES);
    if (first === last) return (await this.#page(first)).subarray(at - first * PAGE_BYTES, at - first * PAGE_BYTES + length);
    if (last - first > 2) return this.#direct(at, length);
    const whole = new Uint8Array(length);
    for (let page = first; page <= last; page++) {
      const start = page * PAGE_BYTES;
      const bytes = await this.#page(page);
      const from = Math.max(at, start);
      whole.set(bytes.subarray(from - start, Math.min(at + length, start + PAGE_BYTES) - start), from - at);
    }
    return whole;
  }

  async #page(number: number): Promise<Uint8Array> {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    if (this.#pages.size === MAX_PAGES) this.#pages.clear();
    const page = await this.#direct(number * PAGE_BYTES, Math.min(PAGE_BYTES, this.size - number * PAGE_BYTES));
    this.#pages.set(number, page);
    return page;
  }

  async #direct(at: number, length: number): Promise<Uint8Array> {
    this.#budget -= length;
    if (this.#budget < 0) notUnderstood("has more structure than is read");
    const bytes = await this.#file.read(at, length);
    if (bytes.length !== length) malformed("ends while it is read", at + bytes.length);
    return bytes;
  }
}
