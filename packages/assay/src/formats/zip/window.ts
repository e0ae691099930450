import type { RandomAccess } from "../random-access.ts";

/** Larger reads would read weights along with the headers between them. */
const WINDOW_BYTES = 1024;

/** Reads small records that are near each other with few reads. */
export class Window {
  readonly #file: RandomAccess;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(file: RandomAccess) {
    this.#file = file;
  }

  /** The bytes from `from` on; fewer where the file ends. Valid until the next call. */
  async read(from: number, length: number): Promise<Uint8Array> {
    if (from < this.#start || from + length > this.#start + this.#bytes.length) {
      this.#bytes = await this.#file.read(from, Math.max(length, WINDOW_BYTES));
      this.#start = from;
    }
    return this.#bytes.subarray(from - this.#start, from - this.#start + length);
  }
}
