import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";
import { UNDEFINED_ADDRESS } from "./superblock.ts";

const MAX_OBJECT_BYTES = 1024 * 1024;
const MAX_LEVELS = 16;

/** A fractal heap, which holds the links or attributes of an object that has many: section III.G. */
export class FractalHeap {
  readonly #file: PageCache;
  readonly #offsetBytes: number;
  readonly #lengthBytes: number;
  readonly #width: number;
  readonly #startSize: number;
  readonly #maxDirect: number;
  readonly #root: number;
  readonly #rows: number;

  private constructor(file: PageCache, cursor: ByteCursor) {
    this.#file = file;
    cursor.skip(2);
    if (cursor.u16() !== 0) notUnderstood("has a filtered heap", cursor.offset);
    cursor.skip(1);
    const maxObject = cursor.u32();
    cursor.skip(8 * 12);
    this.#width = cursor.u16();
    this.#startSize = cursor.u64();
    this.#maxDirect = cursor.u64();
    this.#offsetBytes = Math.ceil(cursor.u16() / 8);
    cursor.skip(2);
    this.#root = cursor.u64();
    this.#rows = cursor.u16();
    this.#lengthBytes = Math.min(bytesFor(this.#maxDirect), bytesFor(maxObject));
    if (this.#width === 0 || this.#startSize === 0) malformed("has a heap without blocks", cursor.offset);
  }

  static async open(file: PageCache, address: number): Promise<FractalHeap> {
    const cursor = new ByteCursor(await file.read(address, 144), address);
    if (!cursor.signature("FRHP") || cursor.u8() !== 0) malformed("has no heap where one must be", address);
    return new FractalHeap(file, cursor);
  }

  /** The object of an identifier; `offset` is where it is in the file. */
  async object(id: Uint8Array): Promise<{ readonly bytes: Uint8Array; readonly offset: number }> {
    const cursor = new ByteCursor(id);
    const flags = cursor.u8();
    // Version 0, and managed: neither huge nor tiny, which only long names and values are.
    if ((flags & 0xf0) !== 0) notUnderstood("has an object in a heap that is stored apart");
    const offset = cursor.uint(this.#offsetBytes);
    const length = cursor.uint(this.#lengthBytes);
    if (length > MAX_OBJECT_BYTES) notUnderstood(`has an object of ${length} bytes in a heap`);
    const place = this.#rows === 0 ? this.#root + offset : await this.#find(this.#root, this.#rows, offset, 0);
    return { bytes: await this.#file.read(place, length), offset: place };
  }

  /** Where the byte `offset` of the heap is in the file, below the indirect block at `block`. */
  async #find(block: number, rows: number, offset: number, level: number): Promise<number> {
    if (level === MAX_LEVELS || block === UNDEFINED_ADDRESS) malformed("has an object outside its heap", block);
    let rowStart = 0;
    for (let row = 0; row < rows; row++) {
      const size = this.#blockSize(row);
      if (offset < rowStart + size * this.#width) {
        const column = Math.floor((offset - rowStart) / size);
        const child = await this.#child(block, row * this.#width + column);
        const inside = offset - rowStart - column * size;
        if (size <= this.#maxDirect) {
          if (child === UNDEFINED_ADDRESS) malformed("has an object outside its heap", block);
          return child + inside;
        }
        return this.#find(child, this.#rowsIn(size), inside, level + 1);
      }
      rowStart += size * this.#width;
    }
    return malformed("has an object outside its heap", block);
  }

  #blockSize(row: number): number {
    return row < 2 ? this.#startSize : this.#startSize * 2 ** (row - 1);
  }

  /** Rows of an indirect block of `size` bytes. */
  #rowsIn(size: number): number {
    return Math.log2(size) - Math.log2(this.#startSize * this.#width) + 1;
  }

  async #child(block: number, index: number): Promise<number> {
    const head = new ByteCursor(await this.#file.read(block, 4), block);
    if (!head.signature("FHIB")) malformed("has no block of its heap where one must be", block);
    const at = block + 4 + 1 + 8 + this.#offsetBytes + index * 8;
    return new ByteCursor(await this.#file.read(at, 8), at).u64();
  }
}

/** Bytes that a number up to `value` takes. */
function bytesFor(value: number): number {
  return Math.floor(Math.log2(Math.max(value, 1)) / 8) + 1;
}
