/** A read takes what has arrived, up to this; measured: more saves nothing. */
const BUFFER_BYTES = 512 * 1024;

/** Memory that another thread can read too. */
export type SharedBuffer = Uint8Array<SharedArrayBuffer>;

/** The buffers of a client's connections: as many as are in use at once, whatever passes through them. */
export class Buffers {
  readonly #free: SharedBuffer[] = [];

  take(): SharedBuffer {
    return this.#free.pop() ?? new Uint8Array(new SharedArrayBuffer(BUFFER_BYTES));
  }

  giveBack(buffer: SharedBuffer): void {
    this.#free.push(buffer);
  }
}
