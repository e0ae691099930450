import type { RandomAccess } from "../random-access.ts";

/** Bytes that are read at once. */
const WINDOW_BYTES = 1024 * 1024;

/** The file ends, or the bound on what is read is used up, before what was asked for. */
export class EndOfBytes extends Error {
  override readonly name = "EndOfBytes";
  readonly why: "file" | "bound";

  constructor(why: "file" | "bound") {
    super(why === "file" ? "the file ends here" : "the bound on what is read ends here");
    this.why = why;
  }
}

/**
 * Walks a file forward through one window. `ready` tells whether bytes can be taken at once; only where not, `fill` is
 * awaited, so that millions of small values cost no promise each. Skipped bytes are not read.
 */
export class Cursor {
  readonly #file: RandomAccess;
  readonly #maxRead: number;
  #window: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#window.buffer);
  /** Where the window begins in the file, and where in the window the next byte is. */
  #start = 0;
  #at = 0;
  #read = 0;
  isLittleEndian = true;

  constructor(file: RandomAccess, maxRead: number) {
    this.#file = file;
    this.#maxRead = maxRead;
  }

  /** Offset of the next byte in the file. */
  get offset(): number {
    return this.#start + this.#at;
  }

  /** Bytes of the file from here on. */
  get left(): number {
    return this.#file.size - this.offset;
  }

  ready(length: number): boolean {
    return this.#at + length <= this.#window.length;
  }

  /** Makes `length` bytes ready; throws EndOfBytes. */
  async fill(length: number): Promise<void> {
    if (this.ready(length)) return;
    if (length > this.left) throw new EndOfBytes("file");
    const from = this.offset;
    const wanted = Math.min(Math.max(length, WINDOW_BYTES), this.left);
    this.#read += wanted;
    if (this.#read > this.#maxRead) throw new EndOfBytes("bound");
    const bytes = await this.#file.read(from, wanted);
    if (bytes.length < length) throw new EndOfBytes("file");
    this.#window = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#start = from;
    this.#at = 0;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), this.isLittleEndian);
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2), this.isLittleEndian);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), this.isLittleEndian);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), this.isLittleEndian);
  }

  /** As the nearest double: exact up to 2^53, beyond which no file has bytes. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), this.isLittleEndian));
  }

  /** The bytes themselves, a view that the next `fill` leaves behind. */
  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#window.subarray(at, at + length);
  }

  /** Moves on without reading; throws EndOfBytes. */
  skip(length: number): void {
    if (length > this.left) throw new EndOfBytes("file");
    this.#at += length;
  }

  #take(length: number): number {
    const at = this.#at;
    this.#at += length;
    return at;
  }
}
