/** A read takes what has arrived, up to this. Measured: with less, reads cost more; with more, nothing is saved. */
const BUFFER_BYTES = 1024 * 1024;

/** The buffers of a client's connections: as many as are in use at once, whatever passes through them. */
export class Buffers {
  readonly #free: Uint8Array[] = [];

  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(BUFFER_BYTES);
  }

  giveBack(buffer: Uint8Array): void {
    this.#free.push(buffer);
  }
}
