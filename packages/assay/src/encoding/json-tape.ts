import type { ErrorCode } from "../core/error-codes.ts";

/** What one place of the tape holds. Keys come before their values, as strings. */
export const KIND = {
  object: 1,
  array: 2,
  /** A string of ASCII without escapes: its bytes are its characters. */
  plain: 3,
  /** A string with escapes or characters past ASCII. */
  text: 4,
  number: 5,
  true: 6,
  false: 7,
  null: 8,
} as const;

/** Says no at an offset of the text; the message gets line and column. */
export type JsonRefusal = (code: ErrorCode, offset: number, why: string) => never;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
// A call of a decoder costs more than the decoding of a name. So text is decoded some thousand bytes
// at a time, and strings are cut from that; the cut through a character at the end does not matter.
const windowDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
const WINDOW = 1 << 13;

/**
 * Where every value of a JSON text begins, in the order of the text; nothing is copied out of it, so
 * that a manifest of a hundred thousand files costs nine bytes a value until it is read.
 */
export class JsonTape {
  readonly bytes: Uint8Array;
  readonly #maxValues: number;
  #window = "";
  #windowStart = 0;
  /** Up to here no window can be used: it holds characters past ASCII. */
  #foreignFrom = 0;
  #foreignTo = 0;
  kinds: Uint8Array;
  /** Offset of the value's first byte; for strings of the first one after the quote. */
  starts: Uint32Array;
  /**
   * For object and array the place on the tape after their last member; for all others the offset
   * after their last byte, for strings that of the closing quote.
   */
  ends: Uint32Array;
  length = 0;

  constructor(bytes: Uint8Array, maxValues: number) {
    this.bytes = bytes;
    this.#maxValues = maxValues;
    // Memory that is not written to costs nothing, copying a tape that was too short does.
    const capacity = Math.max(64, bytes.length >>> 4);
    this.kinds = new Uint8Array(capacity);
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  /** Adds a value and returns its place, or -1 where the tape has reached its limit. */
  push(kind: number, start: number, end: number): number {
    const place = this.length;
    if (place >= this.#maxValues) return -1;
    if (place === this.kinds.length) this.#grow();
    this.kinds[place] = kind;
    this.starts[place] = start;
    this.ends[place] = end;
    this.length = place + 1;
    return place;
  }

  #grow(): void {
    const { kinds, starts, ends } = this;
    const capacity = kinds.length * 2;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    this.kinds.set(kinds);
    this.starts.set(starts);
    this.ends.set(ends);
  }

  /** The place after the value at `place` and all that is in it. */
  after(place: number): number {
    const kind = this.kinds[place];
    return kind === KIND.object || kind === KIND.array ? (this.ends[place] ?? 0) : place + 1;
  }

  /** The string at `place`, escapes resolved. */
  text(place: number): string {
    if (this.kinds[place] === KIND.plain) return this.source(place);
    // The scanner has checked every escape of it, so that the engine's own reader can only agree.
    return JSON.parse(`"${this.source(place)}"`);
  }

  /** The text of the string or number at `place` as it is written. */
  source(place: number): string {
    const start = this.starts[place] ?? 0;
    const end = this.ends[place] ?? 0;
    if (start < this.#windowStart || end > this.#windowStart + this.#window.length) {
      const isForeign = start >= this.#foreignFrom && start < this.#foreignTo;
      if (isForeign || end - start > WINDOW) return decoder.decode(this.bytes.subarray(start, end));
      const bytes = this.bytes.subarray(start, start + WINDOW);
      const window = windowDecoder.decode(bytes);
      // As many characters as bytes: every one is at its byte's offset.
      if (window.length !== bytes.length) {
        // Another one from a little further on would mostly fail as well, at the cost of all of it for every string.
        this.#foreignFrom = start;
        this.#foreignTo = start + WINDOW;
        return decoder.decode(this.bytes.subarray(start, end));
      }
      this.#window = window;
      this.#windowStart = start;
    }
    return this.#window.slice(start - this.#windowStart, end - this.#windowStart);
  }

  /** Whether the string at `place` is `text`. */
  isText(place: number, text: string): boolean {
    if (this.kinds[place] !== KIND.plain) return this.text(place) === text;
    const start = this.starts[place] ?? 0;
    if ((this.ends[place] ?? 0) - start !== text.length) return false;
    for (let index = 0; index < text.length; index++) {
      if (this.bytes[start + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  }

  /** Whether two strings are written the same. */
  sameBytes(a: number, b: number): boolean {
    const start = this.starts[a] ?? 0;
    const other = this.starts[b] ?? 0;
    const length = (this.ends[a] ?? 0) - start;
    if (length !== (this.ends[b] ?? 0) - other) return false;
    for (let index = 0; index < length; index++) {
      if (this.bytes[start + index] !== this.bytes[other + index]) return false;
    }
    return true;
  }
}
