import { ByteCursor } from "../byte-cursor.ts";
import { malformed } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";

/** A vector of a FlatBuffer: where its elements are, and how many. */
export interface FlatVector {
  readonly at: number;
  readonly count: number;
}

/**
 * One table of a FlatBuffer (https://flatbuffers.dev/internals/): its fields by their number, each read where it is
 * asked for. Offsets are checked against the file's end by every read.
 */
export class FlatTable {
  readonly #file: PageCache;
  readonly at: number;
  readonly #fields: Uint8Array;

  private constructor(file: PageCache, at: number, fields: Uint8Array) {
    this.#file = file;
    this.at = at;
    this.#fields = fields;
  }

  static async open(file: PageCache, at: number): Promise<FlatTable> {
    const back = signed32(new ByteCursor(await file.read(at, 4), at).u32());
    const vtable = at - back;
    const head = new ByteCursor(await file.read(vtable, 4), vtable);
    const size = head.u16();
    if (size < 4 || size % 2 !== 0) malformed("has a table without a list of its fields", vtable);
    return new FlatTable(file, at, await file.read(vtable + 4, size - 4));
  }

  async u8(field: number): Promise<number | undefined> {
    const place = this.#place(field);
    return place === undefined ? undefined : new ByteCursor(await this.#file.read(place, 1), place).u8();
  }

  async u32(field: number): Promise<number | undefined> {
    const place = this.#place(field);
    return place === undefined ? undefined : new ByteCursor(await this.#file.read(place, 4), place).u32();
  }

  async u64(field: number): Promise<number | undefined> {
    const place = this.#place(field);
    return place === undefined ? undefined : new ByteCursor(await this.#file.read(place, 8), place).u64();
  }

  /** A vector of elements of `width` bytes; all of it is in the file. */
  async vector(field: number, width: number): Promise<FlatVector | undefined> {
    const place = this.#place(field);
    if (place === undefined) return undefined;
    const at = await this.#target(place);
    const count = new ByteCursor(await this.#file.read(at, 4), at).u32();
    if (count * width > this.#file.size - at - 4) malformed(`has a list of ${count} elements, more than the file has room for`, at);
    return { at: at + 4, count };
  }

  async text(field: number): Promise<string | undefined> {
    const vector = await this.vector(field, 1);
    if (vector === undefined) return undefined;
    return new TextDecoder().decode(await this.#file.read(vector.at, Math.min(vector.count, MAX_TEXT_BYTES)));
  }

  /** The tables of a vector of tables. */
  async *tables(field: number): AsyncGenerator<FlatTable> {
    const vector = await this.vector(field, 4);
    for (let index = 0; index < (vector?.count ?? 0); index++) {
      yield FlatTable.open(this.#file, await this.#target((vector?.at ?? 0) + index * 4));
    }
  }

  async numbers(field: number): Promise<number[]> {
    const vector = await this.vector(field, 4);
    if (vector === undefined) return [];
    if (vector.count > MAX_NUMBERS) malformed(`has a shape of ${vector.count} dimensions`, vector.at);
    const cursor = new ByteCursor(await this.#file.read(vector.at, vector.count * 4), vector.at);
    return Array.from({ length: vector.count }, () => signed32(cursor.u32()));
  }

  #place(field: number): number | undefined {
    const low = this.#fields[field * 2] ?? 0;
    const offset = low + (this.#fields[field * 2 + 1] ?? 0) * 256;
    return offset === 0 ? undefined : this.at + offset;
  }

  async #target(place: number): Promise<number> {
    return place + new ByteCursor(await this.#file.read(place, 4), place).u32();
  }
}

const MAX_TEXT_BYTES = 4096;
const MAX_NUMBERS = 64;

function signed32(value: number): number {
  return value | 0;
}
