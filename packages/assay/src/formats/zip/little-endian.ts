/** Numbers in little-endian order out of one piece of a file. A caller stays inside of `length`. */
export class LittleEndian {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  /** Beyond 2^53 the nearest double: still larger than any file. */
  u64(at: number): number {
    return Number(this.#view.getBigUint64(at, true));
  }
}
