import { scanString } from "./json-string.ts";
import { JsonTape, KIND, type JsonRefusal } from "./json-tape.ts";
import { isUtf8 } from "./utf8.ts";

export interface JsonLimits {
  /** Containers in containers; a value that is a container is at level 1. */
  readonly maxDepth: number;
  /** Values in all, keys included. */
  readonly maxValues: number;
}

/** No object that we read has a hundredth of it; without a limit its keys would fill the memory. */
const MAX_MEMBERS = 100_000;

/**
 * One strict pass over a JSON text (RFC 8259).
 *
 * Refused besides bad syntax: a byte order mark, bytes that are not UTF-8, surrogates without their
 * other half however they are written, the same key twice in one object, and what is over the limits.
 * Memory: nine bytes for each value, and the keys of one object; time: linear.
 */
export class JsonScanner {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limits: JsonLimits;
  readonly #refuse: JsonRefusal;
  readonly #tape: JsonTape;
  #at = 0;
  /** Places of the keys of all objects that are open, the innermost last. */
  readonly #keys: number[] = [];

  constructor(bytes: Uint8Array, limits: JsonLimits, refuse: JsonRefusal) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
    this.#refuse = refuse;
    this.#tape = new JsonTape(bytes, limits.maxValues);
  }

  scan(): JsonTape {
    this.#refuseOtherEncodings();
    this.#value(1);
    if (this.#next() !== -1) this.#refuse("JSON_SYNTAX", this.#at, "data after the end of the value");
    return this.#tape;
  }

  #refuseOtherEncodings(): void {
    const [a, b, c] = this.#bytes;
    if (a === 0xef && b === 0xbb && c === 0xbf) this.#refuse("JSON_ENCODING", 0, "it starts with a byte order mark");
    const marked = (a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe);
    if (marked || a === 0 || b === 0) this.#refuse("JSON_ENCODING", 0, "it is UTF-16 or UTF-32, not UTF-8");
  }

  /** The next byte that is not JSON white space, -1 at the end; stays on it. */
  #next(): number {
    const bytes = this.#bytes;
    for (let at = this.#at; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        this.#at = at;
        return byte;
      }
    }
    this.#at = bytes.length;
    return -1;
  }

  #push(kind: number, start: number, end: number): number {
    const place = this.#tape.push(kind, start, end);
    if (place < 0) this.#refuse("JSON_TOO_LARGE", start, `it holds more than ${this.#limits.maxValues} values`);
    return place;
  }

  #value(depth: number): void {
    const byte = this.#next();
    if (byte === 0x22) this.#string();
    else if (byte === 0x7b) this.#object(depth);
    else if (byte === 0x5b) this.#array(depth);
    else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) this.#number();
    else if (byte === 0x74) this.#literal("true", KIND.true);
    else if (byte === 0x66) this.#literal("false", KIND.false);
    else if (byte === 0x6e) this.#literal("null", KIND.null);
    else this.#unexpected("a value");
  }

  #object(depth: number): void {
    const place = this.#open(KIND.object, depth);
    const firstKey = this.#keys.length;
    let byte = this.#next();
    if (byte !== 0x7d) {
      for (;;) {
        if (byte !== 0x22) this.#unexpected("a key in quotation marks");
        this.#keys.push(this.#string());
        if (this.#next() !== 0x3a) this.#unexpected('":"');
        this.#at++;
        this.#value(depth + 1);
        byte = this.#next();
        if (byte === 0x7d) break;
        if (byte !== 0x2c) this.#unexpected('"," or "}"');
        this.#at++;
        byte = this.#next();
      }
      this.#refuseDuplicates(firstKey);
      this.#keys.length = firstKey;
    }
    this.#close(place);
  }

  #array(depth: number): void {
    const place = this.#open(KIND.array, depth);
    if (this.#next() !== 0x5d) {
      for (;;) {
        this.#value(depth + 1);
        const byte = this.#next();
        if (byte === 0x5d) break;
        if (byte !== 0x2c) this.#unexpected('"," or "]"');
        this.#at++;
      }
    }
    this.#close(place);
  }

  #open(kind: number, depth: number): number {
    if (depth > this.#limits.maxDepth) {
      this.#refuse("JSON_TOO_DEEP", this.#at, `values are nested over ${this.#limits.maxDepth} levels`);
    }
    return this.#push(kind, this.#at++, 0);
  }

  #close(place: number): void {
    this.#at++;
    this.#tape.ends[place] = this.#tape.length;
  }

  /** Reads a string, its opening quote first; returns its place. */
  #string(): number {
    const start = this.#at + 1;
    const found = scanString(this.#bytes, this.#view, start, this.#refuse);
    const end = Math.abs(found);
    this.#at = end + 1;
    return this.#push(found < 0 ? KIND.text : KIND.plain, start, end);
  }

  #number(): void {
    const start = this.#at;
    if (this.#bytes[this.#at] === 0x2d) this.#at++;
    if (this.#bytes[this.#at] === 0x30) this.#at++;
    else this.#digits();
    if (this.#bytes[this.#at] === 0x2e) {
      this.#at++;
      this.#digits();
    }
    if (((this.#bytes[this.#at] ?? 0) | 0x20) === 0x65) {
      this.#at++;
      const sign = this.#bytes[this.#at];
      if (sign === 0x2b || sign === 0x2d) this.#at++;
      this.#digits();
    }
    this.#push(KIND.number, start, this.#at);
  }

  #digits(): void {
    const start = this.#at;
    for (;;) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (byte < 0x30 || byte > 0x39) break;
      this.#at++;
    }
    if (this.#at === start) this.#unexpected("a digit");
  }

  #literal(word: string, kind: number): void {
    const start = this.#at;
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[start + index] !== word.charCodeAt(index)) this.#unexpected("a value");
    }
    this.#at = start + word.length;
    this.#push(kind, start, this.#at);
  }

  #refuseDuplicates(firstKey: number): void {
    const keys = this.#keys;
    const count = keys.length - firstKey;
    if (count > MAX_MEMBERS) this.#refuse("JSON_TOO_LARGE", this.#at, `one object has over ${MAX_MEMBERS} members`);
    if (count > 16 || !this.#arePlain(firstKey)) {
      const seen = new Set<string>();
      for (const key of keys.slice(firstKey)) {
        if (seen.size === seen.add(this.#tape.text(key)).size) this.#refuseKey(key);
      }
      return;
    }
    for (let index = firstKey + 1; index < keys.length; index++) {
      const key = keys[index] ?? 0;
      for (let earlier = firstKey; earlier < index; earlier++) {
        if (this.#tape.sameBytes(keys[earlier] ?? 0, key)) this.#refuseKey(key);
      }
    }
  }

  /** Whether all keys from there on are ASCII without escapes, so that their bytes tell them apart. */
  #arePlain(firstKey: number): boolean {
    for (let index = firstKey; index < this.#keys.length; index++) {
      if (this.#tape.kinds[this.#keys[index] ?? 0] !== KIND.plain) return false;
    }
    return true;
  }

  #refuseKey(key: number): never {
    const name = JSON.stringify(this.#tape.text(key).slice(0, 60));
    const offset = (this.#tape.starts[key] ?? 1) - 1;
    this.#refuse("JSON_DUPLICATE_KEY", offset, `the key ${name} appears twice in one object`);
  }

  #unexpected(expected: string): never {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) {
      const why = this.#bytes.length === 0 ? "it is empty" : "it ends in the middle: the text was cut off";
      this.#refuse("JSON_SYNTAX", this.#at, why);
    }
    if (byte >= 0x80 && !isUtf8(this.#bytes)) this.#refuse("JSON_ENCODING", this.#at, "it is not UTF-8");
    const found = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`;
    this.#refuse("JSON_SYNTAX", this.#at, `expected ${expected}, found ${found}`);
  }
}
