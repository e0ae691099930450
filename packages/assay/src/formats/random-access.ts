/**
 * A file that is read piece by piece: a file on disk, a file in a registry, bytes in memory. Readers parse synchronously
 * inside the bytes that they hold and await only the next piece.
 */
export interface RandomAccess {
  /** Bytes of the whole file. */
  readonly size: number;
  /**
   * The bytes from `from` on, at most `length`: fewer only where the file ends. Rejects where the file cannot be read.
   * The caller bounds `length`; an implementation allocates no more than `size - from`.
   */
  read(from: number, length: number): Promise<Uint8Array>;
}
