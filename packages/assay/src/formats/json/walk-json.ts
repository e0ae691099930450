import { isUtf8 } from "../../encoding/utf8.ts";
import { FormatError } from "../format-error.ts";

/** A value in a JSON text. */
export interface JsonEvent {
  readonly kind: "text" | "number" | "true" | "false" | "null" | "object" | "array";
  /** The keys and positions that lead to it, the outermost first; a key of over 256 bytes is "". Valid during the call only. */
  readonly path: readonly (string | number)[];
  /** Of a text: the text, decoded. Of a number: the number as it is written. Otherwise "". */
  readonly value: () => string;
}

/** Python stops at a thousand levels. */
const MAX_DEPTH = 500;
const MAX_KEY_BYTES = 256;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const WORDS: ReadonlyMap<string, JsonEvent["kind"]> = new Map([
  ["true", "true"],
  ["false", "false"],
  ["null", "null"],
  // What Python reads and writes beyond RFC 8259.
  ["NaN", "number"],
  ["Infinity", "number"],
  ["-Infinity", "number"],
]);
const OF_WORDS = Uint8Array.from({ length: 256 }, (_, byte) => (/[-+.\w]/.test(String.fromCharCode(byte)) ? 1 : 0));
/** A number has at most as many characters. */
const MAX_WORD = 1100;

/**
 * Walks a JSON text as Python's json module reads it, which is how configuration is read: RFC 8259, with NaN and
 * Infinity. Of a key that appears twice, both values are visited, whichever a reader takes. Memory: what is nested at one time.
 *
 * @throws FormatError
 */
export function walkJson(bytes: Uint8Array, visit: (event: JsonEvent) => void): void {
  if (!isUtf8(bytes)) throw new FormatError("malformed", "is not UTF-8");
  new JsonWalk(bytes, visit).run();
}

class JsonWalk {
  readonly #bytes: Uint8Array;
  readonly #visit: (event: JsonEvent) => void;
  readonly #path: (string | number)[] = [];
  /** For each open container, whether it is an object. */
  readonly #open: boolean[] = [];
  #at = 0;

  constructor(bytes: Uint8Array, visit: (event: JsonEvent) => void) {
    this.#bytes = bytes;
    this.#visit = visit;
  }

  run(): void {
    this.#value();
    while (this.#open.length > 0) {
      const next = this.#next();
      if (next === 0x5d || next === 0x7d) this.#close(next);
      else if (next === 0x2c) this.#member();
      else this.#fail("expected a comma or the end of a list or object");
    }
    if (this.#next() !== undefined) this.#fail("data follows the value");
  }

  /** After a comma: the next element or member. */
  #member(): void {
    this.#at++;
    if (this.#open.at(-1) === true) this.#key();
    else {
      const index = this.#path.pop();
      this.#path.push(typeof index === "number" ? index + 1 : 0);
    }
    this.#value();
  }

  #value(): void {
    const next = this.#next();
    if (next === 0x7b || next === 0x5b) return this.#enter(next === 0x7b);
    if (next === 0x22) {
      const [start, end] = this.#string();
      this.#visit({ kind: "text", path: this.#path, value: () => this.#decode(start, end) });
      return;
    }
    this.#word();
  }

  #word(): void {
    const bytes = this.#bytes;
    const start = this.#at;
    // Most words of a large file are short whole numbers.
    let at = start;
    while (at - start < 15 && isDigit(bytes[at] ?? 0)) at++;
    const isWhole = at > start && OF_WORDS[bytes[at] ?? 0] === 0 && (bytes[start] !== 0x30 || at === start + 1);
    if (!isWhole) while (at - start < MAX_WORD && OF_WORDS[bytes[at] ?? 0] === 1) at++;
    this.#at = at;
    const value = (): string => latin1(bytes.subarray(start, at));
    const kind = isWhole ? "number" : kindOf(value());
    if (kind === undefined) this.#fail("expected a value");
    this.#visit({ kind, path: this.#path, value: kind === "number" ? value : nothing });
  }

  #enter(isObject: boolean): void {
    if (this.#open.length >= MAX_DEPTH) throw new FormatError("not-understood", `is nested over ${MAX_DEPTH} levels`, this.#at);
    this.#visit({ kind: isObject ? "object" : "array", path: this.#path, value: nothing });
    this.#at++;
    const next = this.#next();
    this.#open.push(isObject);
    this.#path.push(0);
    if (next === (isObject ? 0x7d : 0x5d)) return this.#close(next);
    if (isObject) this.#key();
    this.#value();
  }

  #close(byte: number): void {
    const isObject = this.#open.pop();
    if (isObject !== (byte === 0x7d)) this.#fail("a list or object ends as the other");
    this.#path.pop();
    this.#at++;
  }

  #key(): void {
    if (this.#next() !== 0x22) this.#fail("expected a key in quotation marks");
    const [start, end] = this.#string();
    this.#path[this.#path.length - 1] = end - start > MAX_KEY_BYTES ? "" : this.#decode(start, end);
    if (this.#next() !== 0x3a) this.#fail("expected a colon");
    this.#at++;
  }

  /** Moves behind a string; returns where its content begins and ends. */
  #string(): readonly [start: number, end: number] {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x22) {
        this.#at = at + 1;
        return [start, at];
      }
      if (byte < 0x20) this.#fail("a control character in a text");
      if (byte === 0x5c) at++;
    }
    return this.#fail("a text does not end");
  }

  #decode(start: number, end: number): string {
    const raw = this.#bytes.subarray(start, end);
    const text = raw.length < 64 && isAscii(raw) ? latin1(raw) : new TextDecoder().decode(raw);
    if (!text.includes("\\")) return text;
    try {
      return String(JSON.parse(`"${text}"`));
    } catch {
      throw new FormatError("malformed", "has an escape that JSON does not have", start);
    }
  }

  #next(): number | undefined {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.#at++;
    }
  }

  #fail(why: string): never {
    throw new FormatError("malformed", `is not JSON: ${this.#at >= this.#bytes.length ? "it ends in the middle" : why}`, this.#at);
  }
}

function kindOf(word: string): JsonEvent["kind"] | undefined {
  return NUMBER.test(word) ? "number" : WORDS.get(word);
}

function nothing(): string {
  return "";
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
