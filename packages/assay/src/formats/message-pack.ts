import { ByteWindow } from "./byte-window.ts";
import { malformed, notUnderstood } from "./format-error.ts";
import type { RandomAccess } from "./random-access.ts";

const MAX_DEPTH = 256;
const MAX_VALUES = 10_000_000;
/** The head of any value, and that of a Flax array: its dimensions and the name of its type. */
const HEAD_BYTES = 512;

/** Bytes of one number, by the name that NumPy gives its type. */
const TYPES: ReadonlyMap<string, readonly [name: string, bytes: number]> = new Map([
  ["float16", ["F16", 2]],
  ["bfloat16", ["BF16", 2]],
  ["float32", ["F32", 4]],
  ["float64", ["F64", 8]],
  ["float8_e4m3fn", ["F8_E4M3", 1]],
  ["float8_e5m2", ["F8_E5M2", 1]],
  ["int8", ["I8", 1]],
  ["int16", ["I16", 2]],
  ["int32", ["I32", 4]],
  ["int64", ["I64", 8]],
  ["uint8", ["U8", 1]],
  ["uint16", ["U16", 2]],
  ["uint32", ["U32", 4]],
  ["uint64", ["U64", 8]],
  ["bool", ["BOOL", 1]],
  ["complex64", ["C64", 8]],
  ["complex128", ["C128", 16]],
]);

/** What Flax writes as extensions: flax/serialization.py. */
const ARRAY = 1;
const COMPLEX = 2;
const SCALAR = 3;
const KIND = "kind";
/** No kind, and records, as text and as bytes. */
const PLAIN_KINDS = ["\u00a0", "\u00a1V", "\u00c4\u0000", "\u00c4\u0001V"];

export interface MessagePackContent {
  readonly tensors: number;
  readonly elements: number;
  readonly bytes: number;
  readonly types: readonly string[];
}

/**
 * Reads a MessagePack file of Flax whole (https://github.com/msgpack/msgpack/blob/master/spec.md): one map of maps,
 * texts, numbers and arrays. The numbers of arrays are skipped, extensions that Flax does not have are refused.
 *
 * @throws FormatError
 */
export async function readMessagePack(file: RandomAccess): Promise<MessagePackContent> {
  return new Reader(file).read();
}

class Reader {
  readonly #window: ByteWindow;
  readonly #types = new Set<string>();
  #at = 0;
  #tensors = 0;
  #elements = 0;
  #bytes = 0;

  constructor(file: RandomAccess) {
    this.#window = new ByteWindow(file);
  }

  async read(): Promise<MessagePackContent> {
    await this.#window.load(0, HEAD_BYTES);
    const [first = 0] = this.#window.bytes;
    if (!isMap(first)) malformed("does not begin with a map", 0);
    // How many values each level still has.
    const left = [1];
    for (let values = 0; left.length > 0; values++) {
      const level = left.length - 1;
      const rest = left[level] ?? 0;
      if (rest === 0) {
        left.pop();
        continue;
      }
      if (values > MAX_VALUES) notUnderstood("has more values than are read", this.#at);
      left[level] = rest - 1;
      if (!this.#window.holds(this.#at, HEAD_BYTES)) await this.#window.load(this.#at, HEAD_BYTES);
      const inner = this.#value();
      if (inner === 0) continue;
      if (left.length === MAX_DEPTH) notUnderstood(`is nested deeper than ${MAX_DEPTH} levels`, this.#at);
      left.push(inner);
    }
    if (this.#at !== this.#window.size) malformed(`has ${this.#window.size - this.#at} bytes behind its end`, this.#at);
    return { tensors: this.#tensors, elements: this.#elements, bytes: this.#bytes, types: [...this.#types].sort() };
  }

  /** Takes one value; returns how many values are inside it. */
  #value(): number {
    const type = this.#uint(1);
    if (type <= 0x7f || type >= 0xe0) return 0;
    if (type <= 0x8f) return (type & 0x0f) * 2;
    if (type <= 0x9f) return type & 0x0f;
    if (type <= 0xbf) return this.#text(type & 0x1f);
    if (type === 0xc1) return malformed("has a value of a type that does not exist", this.#at - 1);
    if (type <= 0xc3) return 0;
    if (type <= 0xc6) return this.#text(this.#uint(1 << (type - 0xc4)));
    if (type <= 0xc9) return this.#extension(this.#uint(1 << (type - 0xc7)));
    if (type <= 0xcb) return this.#skip(type === 0xca ? 4 : 8);
    if (type <= 0xd3) return this.#skip(1 << ((type - 0xcc) & 3));
    if (type <= 0xd8) return this.#extension(1 << (type - 0xd4));
    if (type <= 0xdb) return this.#text(this.#uint(1 << (type - 0xd9)));
    const count = this.#uint((type & 1) === 0 ? 2 : 4);
    // Every value takes a byte at least.
    const values = type >= 0xde ? count * 2 : count;
    if (values > this.#window.size - this.#at) malformed(`has a list of ${count} values, more than the file has room for`, this.#at);
    return values;
  }

  /** A text or bytes. Under `kind`, msgpack-numpy marks an array of objects, which it unpickles. */
  #text(length: number): 0 {
    const start = this.#at;
    this.#skip(length);
    if (length !== KIND.length || !isText(this.#window.view(start, length), KIND)) return 0;
    const next = this.#window.view(this.#at, 3);
    if (isTextType(next[0] ?? 0) && !PLAIN_KINDS.some((kind) => isText(next.subarray(0, kind.length), kind)))
      notUnderstood("has an array of a kind that msgpack-numpy may unpickle", start);
    return 0;
  }

  #extension(length: number): number {
    const type = this.#uint(1);
    const end = this.#at + length;
    if (end > this.#window.size) malformed("ends within a value", this.#at);
    if (type === ARRAY || type === SCALAR) this.#array(end);
    else if (type !== COMPLEX) notUnderstood(`has a value of the unknown extension ${type}`, this.#at);
    this.#at = end;
    return 0;
  }

  /** Three values: the dimensions, the name of the type, the bytes. */
  #array(end: number): void {
    const start = this.#at;
    if (this.#uint(1) !== 0x93) notUnderstood("has an array that is not written as Flax does", start);
    const rank = this.#uint(1);
    if ((rank & 0xf0) !== 0x90) notUnderstood("has an array of more dimensions than are read", start);
    let elements = 1;
    for (let index = 0; index < (rank & 0x0f); index++) elements *= this.#natural(start);
    const text = this.#uint(1);
    if ((text & 0xe0) !== 0xa0) notUnderstood("has an array without the name of its type", start);
    const name = new TextDecoder().decode(this.#window.view(this.#at, text & 0x1f));
    this.#skip(text & 0x1f);
    const type = TYPES.get(name);
    if (type === undefined) notUnderstood(`has an array of the unknown type ${name}`, start);
    const kind = this.#uint(1);
    if (kind < 0xc4 || kind > 0xc6) notUnderstood("has an array without bytes", start);
    const length = this.#uint(1 << (kind - 0xc4));
    if (length !== elements * type[1] || this.#at + length !== end)
      malformed(`has an array of ${length} bytes, its shape needs ${elements * type[1]}`, start);
    this.#tensors++;
    this.#elements += elements;
    this.#bytes += length;
    this.#types.add(type[0]);
  }

  #natural(start: number): number {
    const type = this.#uint(1);
    if (type <= 0x7f) return type;
    if (type < 0xcc || type > 0xcf) notUnderstood("has an array with a dimension that is not a number", start);
    return this.#uint(1 << (type - 0xcc));
  }

  #skip(length: number): 0 {
    if (length > this.#window.size - this.#at) malformed("ends within a value", this.#at);
    this.#at += length;
    return 0;
  }

  /** A number in big-endian bytes. */
  #uint(length: number): number {
    const bytes = this.#window.view(this.#at, length);
    if (bytes.length !== length) malformed("ends within a value", this.#at);
    this.#at += length;
    return bytes.reduce((value, byte) => value * 256 + byte, 0);
  }
}

function isText(bytes: Uint8Array, text: string): boolean {
  return bytes.length === text.length && bytes.every((byte, at) => byte === text.charCodeAt(at));
}

function isTextType(type: number): boolean {
  return (type >= 0xa0 && type <= 0xbf) || (type >= 0xc4 && type <= 0xc6) || (type >= 0xd9 && type <= 0xdb);
}

function isMap(byte: number): boolean {
  return (byte & 0xf0) === 0x80 || byte === 0xde || byte === 0xdf;
}
