import type { AssayError } from "../../core/error.ts";
import type { PieceListener } from "../streamed-answer.ts";
import type { Buffers, SharedBuffer } from "./buffers.ts";
import type { Framing } from "./framing.ts";
import type { Receiver } from "./receiver.ts";

/** Buffers of one body: some with the listener, one that is being filled. */
const MAX_BUFFERS = 4;
/** With fewer pieces in its hands the listener gets what is there; else a buffer is filled first. */
const PIECES_AHEAD = 2;

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
 * Puts the bytes of a body into buffers and passes them on. The listener may keep a piece until its promise settles;
 * meanwhile others are filled, and when none is left reading pauses.
 */
export class BodyReceiver implements Receiver {
  readonly #framing: Framing;
  readonly #buffers: Buffers;
  readonly #source: BodySource;
  /** What arrived with the head. */
  readonly #beginning: SharedBuffer;
  /** Made when it is first needed: most bodies are small. */
  #current: SharedBuffer | undefined;
  #filled = 0;
  readonly #spare: SharedBuffer[] = [];
  #taken = 0;
  /** Pieces that the listener keeps. */
  #kept = 0;
  #listener: PieceListener | undefined;
  /** How the connection ended. */
  #end: { readonly error: unknown } | undefined;
  #isPaused = true;
  #wasPaused = true;
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
    const copy = new Uint8Array(new SharedArrayBuffer(beginning.length));
    copy.set(beginning);
    this.#beginning = copy.subarray(0, framing.take(copy));
  }

  get isWhole(): boolean {
    return this.#framing.isDone;
  }

  get hasSurplus(): boolean {
    return this.#framing.hasSurplus;
  }

  get room(): Uint8Array {
    this.#current ??= this.#next();
    return this.#current.subarray(this.#filled);
  }

  /** Whether reading was paused at any time since this was asked last: the listener kept all buffers, or all is there. */
  takePaused(): boolean {
    const wasPaused = this.#wasPaused;
    this.#wasPaused = this.#isPaused;
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
      if (this.#passOn()) this.#source.resume();
    });
  }

  arrived(count: number): boolean {
    const { room } = this;
    try {
      this.#filled += this.#framing.take(room.subarray(0, count));
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
    if (this.#kept === 0) this.#resolve();
  }

  /** Returns whether more bytes are wanted. */
  #passOn(): boolean {
    if (this.#listener === undefined || this.#isOver) return false;
    const isLast = this.isWhole || this.#end !== undefined;
    const buffer = this.#current;
    if (buffer !== undefined && this.#filled > 0 && (isLast || this.#kept < PIECES_AHEAD || this.#filled === buffer.length)) {
      const piece = buffer.subarray(0, this.#filled);
      this.#filled = 0;
      this.#pass(this.#listener, piece, buffer);
    }
    if (!isLast) this.#current ??= this.#next();
    else if (this.#kept === 0) this.#conclude();
    this.#isPaused = isLast || this.#isOver || !this.#hasNext;
    this.#wasPaused ||= this.#isPaused;
    return !this.#isPaused;
  }

  /** `buffer`: the one that the piece is in, where that is one of `#buffers`. */
  #pass(listener: PieceListener, piece: SharedBuffer, buffer: SharedBuffer | undefined): void {
    let keeping: Promise<void> | undefined;
    try {
      keeping = listener(piece);
    } catch (error) {
      return this.fail(error);
    }
    if (keeping === undefined) return;
    this.#kept += 1;
    if (buffer !== undefined) this.#current = undefined;
    keeping.then(
      () => this.#takeBack(buffer),
      (error: unknown) => {
        this.#takeBack(buffer);
        this.fail(error);
      },
    );
  }

  /** Reading pauses where there is none behind the one that is being filled. */
  get #hasNext(): boolean {
    return this.#spare.length > 0 || this.#taken < MAX_BUFFERS;
  }

  #next(): SharedBuffer {
    const spare = this.#spare.pop();
    if (spare !== undefined) return spare;
    this.#taken += 1;
    return this.#buffers.take();
  }

  #takeBack(buffer: SharedBuffer | undefined): void {
    this.#kept -= 1;
    if (this.#isOver) {
      if (buffer !== undefined) this.#buffers.giveBack(buffer);
      if (this.#kept === 0) this.#resolve();
      return;
    }
    if (buffer !== undefined) this.#spare.push(buffer);
    if (this.isWhole || this.#end !== undefined) {
      if (this.#kept === 0) this.#conclude();
    } else if (this.#isPaused && this.#hasNext) {
      this.#isPaused = false;
      this.#source.resume();
    }
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
    if (this.#current !== undefined) this.#spare.push(this.#current);
    for (const buffer of this.#spare) this.#buffers.giveBack(buffer);
  }
}
