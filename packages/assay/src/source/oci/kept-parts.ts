/** Files of this size are kept whole, of larger ones the beginning and the end: what questions about formats read. */
const WHOLE_BYTES = 256 * 1024;
const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 128 * 1024;

/** What all files of one model may keep. */
export class KeepingBudget {
  #left = 32 * 1024 * 1024;

  /** Whether so much more may be kept. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}

/** Beginning and end of a file that passed. */
export class KeptParts {
  readonly #size: number;
  readonly #head: Uint8Array;
  /** The last bytes. */
  readonly #tail: Uint8Array;
  #seen = 0;

  constructor(size: number, budget: KeepingBudget) {
    this.#size = size;
    const head = Math.min(size, size <= WHOLE_BYTES ? size : HEAD_BYTES);
    const tail = size > head ? Math.min(TAIL_BYTES, size - head) : 0;
    const isKept = budget.take(head + tail);
    this.#head = new Uint8Array(isKept ? head : 0);
    this.#tail = new Uint8Array(isKept ? tail : 0);
  }

  add(bytes: Uint8Array): void {
    if (this.#seen < this.#head.length) this.#head.set(bytes.subarray(0, this.#head.length - this.#seen), this.#seen);
    const tailFrom = this.#size - this.#tail.length;
    const skipped = Math.max(0, tailFrom - this.#seen);
    if (skipped < bytes.length) this.#tail.set(bytes.subarray(skipped), this.#seen + skipped - tailFrom);
    this.#seen += bytes.length;
  }

  /** Undefined where these bytes are not among what is kept. */
  part(from: number, end: number): Uint8Array | undefined {
    if (end <= this.#head.length) return this.#head.subarray(from, end);
    const tailFrom = this.#size - this.#tail.length;
    return from >= tailFrom ? this.#tail.subarray(from - tailFrom, end - tailFrom) : undefined;
  }
}
