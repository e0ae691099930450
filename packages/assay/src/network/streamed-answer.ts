/** A request whose answer is read while it arrives. */
export interface StreamRequest {
  readonly url: string;
  /** Default: GET. */
  readonly method?: "GET" | "HEAD" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with its length. */
  readonly body?: Uint8Array | undefined;
  /** Who is asked, for messages. */
  readonly service?: string;
  /** A token travels with it: what stays on this machine without TLS is shown to no proxy. */
  readonly isSecret?: boolean;
  /** Whether an address may be connected to; asked after the name was looked up, and of an address in the URL. Default: any. */
  readonly mayConnect?: ((address: string) => boolean) | undefined;
}

/**
 * Takes a piece of a body. Its memory is used again for later pieces: copy what is kept. Where a promise is returned, the piece
 * stays as it is until that settles, and nothing is read meanwhile. What is thrown ends the body.
 */
export type PieceListener = (piece: Uint8Array) => Promise<void> | undefined;

/** An answer whose head is there. Its body is read once, by `read` or `body`; else `discard` must be called. */
export interface StreamedAnswer {
  readonly status: number;
  /** By lowercase name. */
  readonly headers: ReadonlyMap<string, string>;
  /** The address that answered; undefined behind a proxy. */
  readonly address: string | undefined;
  /**
   * Passes the body on as it arrives; ends when the listener is done with the last piece. A body that is not as long as it should
   * be is an error, save where the server gave no length: then the end of the connection is its end.
   *
   * Throws SERVER_UNREACHABLE where the connection breaks or is silent, SERVER_ANSWER, ABORTED, and what the listener throws.
   */
  read(listener: PieceListener): Promise<void>;
  /** The same as a loop, of copies: for what is small. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up what is not read yet; a `read` in progress ends without an error. */
  discard(): void;
}
