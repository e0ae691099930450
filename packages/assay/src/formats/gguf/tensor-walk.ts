import type { Cursor } from "./cursor.ts";
import { GgufRefusal, type GgufFault } from "./fault.ts";
import { MAX_PLAUSIBLE_TYPE, TENSOR_TYPES } from "./tensor-types.ts";

/** All tensors of a file together. */
export interface TensorSummary {
  readonly count: number;
  /** Numbers in all tensors. */
  readonly parameters: number;
  /** Bytes of all tensors, without what is between them. */
  readonly bytes: number;
  /** Numbers in the tensors of each type. */
  readonly byType: ReadonlyMap<string, number>;
}

/** ggml.h: GGML_MAX_DIMS; a name has at most GGML_MAX_NAME - 1 bytes in llama.cpp, and 64 in the specification. */
const MAX_DIMENSIONS = 4;
const MAX_NAME_BYTES = 64;

/** Walks the tensor infos, and then checks where they say that the tensors are. */
export class TensorWalk {
  readonly faults: GgufFault[] = [];
  readonly #cursor: Cursor;
  readonly #names = new Set<string>();
  readonly #byType = new Map<string, number>();
  #starts = new Float64Array(0);
  #sizes = new Float64Array(0);
  #count = 0;
  #parameters = 0;
  #bytes = 0;
  #hasUnknownType = false;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  get summary(): TensorSummary {
    return { count: this.#count, parameters: this.#parameters, bytes: this.#bytes, byType: this.#byType };
  }

  async walk(count: number, version: number): Promise<void> {
    this.#starts = new Float64Array(count);
    this.#sizes = new Float64Array(count);
    for (; this.#count < count; this.#count++) await this.#tensor(version);
  }

  async #tensor(version: number): Promise<void> {
    const cursor = this.#cursor;
    const at = cursor.offset;
    const name = await this.#name(version);
    if (this.#names.size === this.#names.add(name).size)
      this.faults.push({ kind: "duplicate-tensor", what: `the tensor ${JSON.stringify(name)} appears twice`, offset: at });
    await cursor.fill(4);
    const dimensions = cursor.uint32();
    if (dimensions > MAX_DIMENSIONS)
      throw new GgufRefusal("shape", `the tensor ${JSON.stringify(name)} has ${dimensions} dimensions, and 4 are allowed`, at);
    const width = version === 1 ? 4 : 8;
    await cursor.fill(dimensions * width + 12);
    let numbers = 1;
    let row = 1;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const length = version === 1 ? cursor.uint32() : cursor.uint64();
      if (dimension === 0) row = length;
      numbers *= length;
    }
    const type = cursor.uint32();
    this.#starts[this.#count] = cursor.uint64();
    this.#measure(name, type, row, numbers, at);
  }

  #measure(name: string, number: number, row: number, numbers: number, at: number): void {
    const named = JSON.stringify(name);
    // Doubles are exact up to 2^53, and no file is longer: a larger product is an overflow whatever its digits.
    if (!Number.isSafeInteger(numbers)) throw new GgufRefusal("shape", `the shape of the tensor ${named} overflows`, at);
    const type = TENSOR_TYPES.get(number);
    if (type === undefined) {
      if (number > MAX_PLAUSIBLE_TYPE) throw new GgufRefusal("malformed", `the tensor ${named} has the impossible type ${number}`, at);
      this.#hasUnknownType = true;
      this.faults.push({ kind: "type", what: `the tensor ${named} has the unknown type ${number}`, offset: at });
      return;
    }
    if (row % type.block !== 0)
      throw new GgufRefusal(
        "shape",
        `a row of the tensor ${named} has ${row} numbers, not a multiple of the ${type.block} of ${type.name}`,
        at,
      );
    const bytes = (numbers / type.block) * type.bytes;
    if (!Number.isSafeInteger(bytes)) throw new GgufRefusal("shape", `the size of the tensor ${named} overflows`, at);
    this.#sizes[this.#count] = bytes;
    this.#parameters += numbers;
    this.#bytes += bytes;
    this.#byType.set(type.name, (this.#byType.get(type.name) ?? 0) + numbers);
  }

  async #name(version: number): Promise<string> {
    const cursor = this.#cursor;
    const at = cursor.offset;
    await cursor.fill(version === 1 ? 4 : 8);
    const length = version === 1 ? cursor.uint32() : cursor.uint64();
    if (length > MAX_NAME_BYTES) throw new GgufRefusal("malformed", `the name of a tensor has ${length} bytes, and 64 are allowed`, at);
    await cursor.fill(length);
    return new TextDecoder().decode(cursor.bytes(length));
  }

  /**
   * Checks that each tensor begins where the one before it ends, padded to the alignment, as llama.cpp requires, that
   * the last one ends in the file, and that nothing follows it. To be called at the end of the tensor infos.
   */
  checkLayout(alignment: number, size: number): void {
    const infosEnd = this.#cursor.offset;
    const data = padded(infosEnd, alignment);
    // Without the size of each tensor, where the next one begins is unknown.
    if (this.#hasUnknownType) return;
    let end = 0;
    for (const index of this.#inOrder()) {
      const start = this.#starts[index] ?? 0;
      const expected = padded(end, alignment);
      if (start !== expected) {
        const how = start % alignment === 0 ? (start < end ? "overlap" : "leave a gap") : "are not aligned";
        this.faults.push({ kind: "layout", what: `tensors ${how}: one begins at ${start}, expected ${expected}`, offset: data + start });
        return;
      }
      end = start + (this.#sizes[index] ?? 0);
    }
    if (this.#count === 0) this.#checkEnd(infosEnd, data, size);
    else this.#checkEnd(data + end, data + padded(end, alignment), size);
  }

  #checkEnd(end: number, paddedEnd: number, size: number): void {
    if (end > size) this.faults.push({ kind: "truncated", what: `it has ${size} bytes, and its tensors end at ${end}`, offset: size });
    else if (size > paddedEnd)
      this.faults.push({ kind: "trailing", what: `${size - paddedEnd} bytes follow the last tensor`, offset: paddedEnd });
  }

  /** Tensors without numbers before others at the same offset. */
  #inOrder(): Iterable<number> {
    const order = Array.from({ length: this.#count }, (_, index) => index);
    const [starts, sizes] = [this.#starts, this.#sizes];
    return order.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || (sizes[a] ?? 0) - (sizes[b] ?? 0));
  }
}

function padded(length: number, alignment: number): number {
  return Math.ceil(length / alignment) * alignment;
}
