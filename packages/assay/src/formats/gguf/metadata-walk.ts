import type { Cursor } from "./cursor.ts";
import { GgufRefusal, type GgufFault } from "./fault.ts";
import { ARRAY, SIZES, STRING, UINT32 } from "./value-types.ts";

/** A value that is kept: a number, a truth value, a text, a list of texts. A text over the bound is `too-long`. */
export type MetadataValue = number | boolean | string | readonly string[] | { readonly tooLong: number };

/** Texts that are kept whole: a chat template has up to a megabyte. */
const MAX_TEXT = 1024 * 1024;
/** Of all texts together. */
const MAX_KEPT = 8 * 1024 * 1024;
/** gguf.md: at most 2^16 - 1 bytes. */
const MAX_KEY_BYTES = 65_535;
/** gguf.cpp: GGUF_MAX_STRING_LENGTH, GGUF_MAX_ARRAY_ELEMENTS. */
const MAX_LENGTH = 1024 * 1024 * 1024;
/** Lists of texts with more items are vocabularies. */
const MAX_KEPT_ITEMS = 64;
/** Of templates, all that a file may have are kept. */
const MAX_TEMPLATES = 1024;

const DEFAULT_ALIGNMENT = 32;
/** No writer aligns further; beyond it, what is between tensors would be long enough to hide something. */
const MAX_ALIGNMENT = 65_536;

/** Walks the metadata entries of a file. */
export class MetadataWalk {
  readonly values = new Map<string, MetadataValue>();
  readonly faults: GgufFault[] = [];
  readonly #cursor: Cursor;
  readonly #keys = new Set<string>();
  readonly #types = new Map<string, number>();
  /** Bytes of a length: a file of version 1 has 32 bits. */
  #lengthBytes = 8;
  #kept = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  async walk(count: number, version: number): Promise<void> {
    this.#lengthBytes = version === 1 ? 4 : 8;
    for (let entry = 0; entry < count; entry++) {
      const offset = this.#cursor.offset;
      const key = await this.#key();
      if (this.#keys.size === this.#keys.add(key).size)
        this.faults.push({ kind: "duplicate-key", what: `the key ${JSON.stringify(key)} appears twice`, offset });
      await this.#cursor.fill(4);
      const type = this.#cursor.uint32();
      this.#types.set(key, type);
      const value = await this.#value(key, type);
      // Of two values of one key, every one that is a template is examined.
      if (value !== undefined) this.values.set(this.values.has(key) ? `${key} (second)` : key, value);
    }
  }

  /** The bytes that tensors begin at multiples of. */
  alignment(): number {
    const type = this.#types.get("general.alignment");
    if (type === undefined) return DEFAULT_ALIGNMENT;
    const value = this.values.get("general.alignment");
    if (type !== UINT32 || typeof value !== "number" || value === 0 || (value & (value - 1)) !== 0)
      throw new GgufRefusal("alignment", "its alignment is not a power of 2 in 32 bits", this.#cursor.offset);
    if (value > MAX_ALIGNMENT)
      throw new GgufRefusal("bound", `its alignment is ${value}, and ${MAX_ALIGNMENT} is read`, this.#cursor.offset);
    return value;
  }

  async #key(): Promise<string> {
    const offset = this.#cursor.offset;
    const length = await this.#length();
    if (length === 0 || length > MAX_KEY_BYTES) throw new GgufRefusal("malformed", `a key has ${length} bytes`, offset);
    await this.#cursor.fill(length);
    const key = new TextDecoder().decode(this.#cursor.bytes(length));
    // llama.cpp compares keys as C strings, which end there: one key would have two names.
    if (key.includes("\0")) throw new GgufRefusal("malformed", "a key holds a zero byte", offset);
    return key;
  }

  async #value(key: string, type: number): Promise<MetadataValue | undefined> {
    const cursor = this.#cursor;
    if (type === STRING) return this.#text();
    if (type === ARRAY) return this.#array(key);
    const size = SIZES.get(type);
    if (size === undefined)
      throw new GgufRefusal("malformed", `the key ${JSON.stringify(key)} has the unknown value type ${type}`, cursor.offset);
    await cursor.fill(size);
    switch (type) {
      case 0:
        return cursor.uint8();
      case 1:
        return cursor.int8();
      case 2:
        return cursor.uint16();
      case 3:
        return cursor.int16();
      case UINT32:
        return cursor.uint32();
      case 5:
        return cursor.int32();
      case 7:
        return cursor.uint8() !== 0;
      case 10:
        return cursor.uint64();
      default:
        cursor.skip(size);
        return undefined;
    }
  }

  /** Arrays of arrays are refused, as llama.cpp does. */
  async #array(key: string): Promise<MetadataValue | undefined> {
    const cursor = this.#cursor;
    const offset = cursor.offset;
    await cursor.fill(4);
    const type = cursor.uint32();
    const count = await this.#length();
    const size = type === STRING ? this.#lengthBytes : SIZES.get(type);
    if (size === undefined) {
      const found = type === ARRAY ? "an array of arrays" : `an array of the unknown type ${type}`;
      throw new GgufRefusal("malformed", `the key ${JSON.stringify(key)} is ${found}`, offset);
    }
    if (count > MAX_LENGTH || count * size > cursor.left)
      throw new GgufRefusal("malformed", `the key ${JSON.stringify(key)} is an array of ${count}, more than the file has room for`, offset);
    if (type !== STRING) {
      cursor.skip(count * size);
      return undefined;
    }
    return this.#texts(count, key.toLowerCase().includes("template"));
  }

  async #texts(count: number, areTemplates: boolean): Promise<MetadataValue | undefined> {
    const cursor = this.#cursor;
    const from = cursor.offset;
    if (count <= (areTemplates ? MAX_TEMPLATES : MAX_KEPT_ITEMS)) {
      const texts: string[] = [];
      let tooLong: MetadataValue | undefined;
      for (let item = 0; item < count; item++) {
        const text = await this.#text();
        if (typeof text === "string") texts.push(text);
        else tooLong = text;
      }
      return tooLong ?? texts;
    }
    for (let item = 0; item < count; item++) {
      if (!cursor.ready(this.#lengthBytes)) await cursor.fill(this.#lengthBytes);
      cursor.skip(this.#bounded(this.#lengthBytes === 8 ? cursor.uint64() : cursor.uint32()));
    }
    return areTemplates ? { tooLong: cursor.offset - from } : undefined;
  }

  async #text(): Promise<string | { readonly tooLong: number }> {
    const length = this.#bounded(await this.#length());
    this.#kept += length;
    if (length > MAX_TEXT || this.#kept > MAX_KEPT) {
      this.#cursor.skip(length);
      return { tooLong: length };
    }
    await this.#cursor.fill(length);
    return new TextDecoder().decode(this.#cursor.bytes(length));
  }

  async #length(): Promise<number> {
    await this.#cursor.fill(this.#lengthBytes);
    return this.#lengthBytes === 8 ? this.#cursor.uint64() : this.#cursor.uint32();
  }

  #bounded(length: number): number {
    const { left, offset } = this.#cursor;
    if (length <= left && length <= MAX_LENGTH) return length;
    throw new GgufRefusal("malformed", `a text has ${length} bytes, more than the file has room for`, offset);
  }
}
