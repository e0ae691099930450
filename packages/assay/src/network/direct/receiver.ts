/** What takes the bytes of a connection as they arrive. */
export interface Receiver {
  /** Where the next bytes are put; never empty. It may change in `arrived` only. */
  readonly room: Uint8Array;
  /** So many bytes are there. Returns whether more are wanted now; else `resume` asks for them. */
  arrived(count: number): boolean;
  /** No more will come: the server ended the connection, or this error did. */
  ended(error: unknown): void;
}
