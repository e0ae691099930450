/** A value of a FlatBuffer table: a number of one or four bytes, text, bytes, numbers of four bytes, tables. */
export type FlatValue =
  | { readonly u8: number }
  | { readonly u32: number }
  | string
  | Uint8Array
  | { readonly numbers: readonly number[] }
  | readonly FlatFields[];
/** The fields of a table by their number. */
export interface FlatFields {
  readonly [field: number]: FlatValue;
}

/** A FlatBuffer with this table at its root, every object behind the one that names it. */
export function flatBuffer(identifier: string, root: FlatFields): Uint8Array {
  const out = new FlatWriter();
  out.u32(0);
  out.text(identifier);
  out.patch(0, out.table(root));
  return out.bytes();
}

class FlatWriter {
  readonly #bytes: number[] = [];

  bytes(): Uint8Array {
    return Buffer.from(this.#bytes);
  }

  u32(value: number): number {
    const at = this.#bytes.length;
    for (let shift = 0; shift < 32; shift += 8) this.#bytes.push((value >>> shift) & 0xff);
    return at;
  }

  text(text: string): void {
    this.#bytes.push(...Buffer.from(text));
  }

  /** Writes at `place` how far `target` is from it. */
  patch(place: number, target: number): void {
    const value = target - place;
    for (let index = 0; index < 4; index++) this.#bytes[place + index] = (value >>> (8 * index)) & 0xff;
  }

  table(fields: FlatFields): number {
    this.#align();
    const numbers = Object.keys(fields).map(Number);
    const count = Math.max(-1, ...numbers) + 1;
    const vtable = this.#bytes.length;
    this.#bytes.push(...Array.from({ length: 4 + count * 2 + ((count * 2) % 4) }, () => 0));
    const table = this.#bytes.length;
    this.u32(table - vtable);
    const places = new Map(numbers.map((number) => [number, this.u32(0)]));
    const set16 = (at: number, value: number): void => void this.#bytes.splice(at, 2, value & 0xff, value >> 8);
    set16(vtable, 4 + count * 2);
    set16(vtable + 2, this.#bytes.length - table);
    for (const [number, place] of places) {
      set16(vtable + 4 + number * 2, place - table);
      this.#value(place, fields[number]!);
    }
    return table;
  }

  #value(place: number, value: FlatValue): void {
    if (typeof value === "object" && "u8" in value) this.#bytes[place] = value.u8;
    else if (typeof value === "object" && "u32" in value) this.patch(place, place + value.u32);
    else this.patch(place, this.#vector(value));
  }

  #vector(value: string | Uint8Array | { readonly numbers: readonly number[] } | readonly FlatFields[]): number {
    this.#align();
    if (typeof value === "string" || value instanceof Uint8Array) {
      const at = this.u32(Buffer.from(value).length);
      for (const byte of Buffer.from(value)) this.#bytes.push(byte);
      this.#bytes.push(0);
      return at;
    }
    if ("numbers" in value) {
      const at = this.u32(value.numbers.length);
      for (const number of value.numbers) this.u32(number);
      return at;
    }
    const at = this.u32(value.length);
    const places = value.map(() => this.u32(0));
    for (const [index, fields] of value.entries()) this.patch(places[index]!, this.table(fields));
    return at;
  }

  #align(): void {
    while (this.#bytes.length % 4 !== 0) this.#bytes.push(0);
  }
}
