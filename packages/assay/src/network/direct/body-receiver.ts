import type { AssayError } from "../../core/error.ts";
import type { PieceListener } from "../streamed-answer.ts";
import type { Buffers } from "./buffers.ts";
import type { Framing } from "./framing.ts";
import type { Receiver } from "./receiver.ts";

/** The connection that a body arrives on. */
export interface BodySource {
  /** Asks for more bytes after a pause. */
  resume(): void;
  /** The last byte is there, passed on or not: what arrives now is not of this body. */
  whole(): void;
  /** The error for an answer that breaks off or is malformed. */
  explain(error: unknown): AssayError;
}

/**
 * Puts the bytes of a body into a buffer and passes them on. While the listener keeps a piece nothing is read; what was
 * decrypted already comes into another buffer.
 */
export class BodyReceiver implements Receiver {
  readonly #framing: Framing;
  readonly #buffers: Buffers;
  readonly #source: BodySource;
  /** What arrived with the head. */
  readonly #beginning: Uint8Array;
  /** Made when it is first needed: most bodies are small. */
  #current: Uint8Array | undefined;
  #filled = 0;
  #listener: PieceListener | undefined;
  /** The listener keeps a piece. */
  #isKept = false;
  #wasPaused = false;
  /** How the connection ended. */
  #end: { readonly error: unknown } | undefined;
  /** Nothing is passed on any more. */
  #isOver = false;
  #failure: unknown;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  /** `beginning`: what arrived with the head; it is copied. Throws MalformedAnswer. */
  constructor(framing: Framing, buffers: Buffers, source: BodySource, beginning: Uint8Array) {
    this.#framing = framing;
    this.#buffers = buffers;
    this.#source = source;
    const copy = beginning.slice();
    this.#beginning = copy.subarray(0, framing.take(copy));
  }

  get isWhole(): boolean {
    return this.#framing.isDone;
  }

  get hasSurplus(): boolean {
    return this.#framing.hasSurplus;
  }

  get room(): Uint8Array {
    this.#current ??= this.#buffers.take();
    return this.#current.subarray(this.#filled);
  }

  /** Whether reading was paused at any time since this was asked last. */
  takePaused(): boolean {
    const wasPaused = this.#wasPaused;
    this.#wasPaused = this.#isKept;
    return wasPaused;
  }

  /**
   * Passes all pieces on, and ends when the listener is done with the last. Rejects with the cause of a connection that broke, and with
   * what the listener throws.
   */
  read(listener: PieceListener): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#listener = listener;
      if (this.#isOver) return reject(this.#failure ?? this.#source.explain(undefined));
      if (this.#beginning.length > 0) this.#pass(listener, this.#beginning, undefined);
      this.#readOn();
    });
  }

  arrived(count: number): boolean {
    try {
      this.#filled += this.#framing.take(this.room.subarray(0, count));
    } catch (error) {
      this.fail(this.#source.explain(error));
      return false;
    }
    if (this.isWhole) this.#source.whole();
    return this.#passOn();
  }

  /** What has arrived is still passed on. */
  ended(error: unknown): void {
    this.#end ??= { error };
    this.#passOn();
  }

  /** Ends the body at once: nothing more is passed on. */
  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#failure = error;
    this.#finish();
    this.#reject(error);
  }

  /** Ends the body at once, as the reader wants it. */
  stop(): void {
    if (this.#isOver) return;
    this.#finish();
    if (!this.#isKept) this.#resolve();
  }

  /** Only in `arrived`, or after the last read: the next read has its place already. Returns whether more bytes are wanted. */
  #passOn(): boolean {
    const listener = this.#listener;
    if (listener === undefined || this.#isKept || this.#isOver) return false;
    const buffer = this.#current;
    if (buffer !== undefined && this.#filled > 0) {
      const piece = buffer.subarray(0, this.#filled);
      this.#filled = 0;
      this.#pass(listener, piece, buffer);
    }
    if (this.#isKept || this.#isOver) return false;
    if (this.#isLast) this.#conclude();
    return !this.#isLast;
  }

  get #isLast(): boolean {
    return this.isWhole || this.#end !== undefined;
  }

  /** `buffer`: the one of `#buffers` that the piece is in. */
  #pass(listener: PieceListener, piece: Uint8Array, buffer: Uint8Array | undefined): void {
    let keeping: Promise<void> | undefined;
    try {
      keeping = listener(piece);
    } catch (error) {
      return this.fail(error);
    }
    if (keeping === undefined) return;
    this.#isKept = true;
    this.#wasPaused = true;
    if (buffer !== undefined) this.#current = undefined;
    void this.#awaitPiece(keeping, buffer);
  }

  async #awaitPiece(keeping: Promise<void>, buffer: Uint8Array | undefined): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    try {
      await keeping;
    } catch (error) {
      failure = { error };
    }
    this.#isKept = false;
    if (buffer !== undefined) this.#buffers.giveBack(buffer);
    if (failure !== undefined) this.fail(failure.error);
    else if (this.#isOver) this.#resolve();
    else this.#readOn();
  }

  #readOn(): void {
    if (this.#isLast) this.#passOn();
    else if (!this.#isKept && !this.#isOver) this.#source.resume();
  }

  /** All is passed on, and the listener keeps nothing. */
  #conclude(): void {
    const end = this.#end;
    this.#finish();
    if (this.isWhole || (this.#framing.endsByClose && end?.error === undefined)) this.#resolve();
    else this.#reject(this.#source.explain(end?.error));
  }

  #finish(): void {
    this.#isOver = true;
    if (this.#current !== undefined) this.#buffers.giveBack(this.#current);
    this.#current = undefined;
  }
}
