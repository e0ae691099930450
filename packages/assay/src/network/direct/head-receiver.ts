import { MalformedAnswer, readAnswerHead, type AnswerHead } from "./answer-head.ts";
import type { Receiver } from "./receiver.ts";

/** The largest head of an answer. */
const MAX_HEAD_BYTES = 32 * 1024;
/** Answers that only say that another one follows (100, 103). */
const MAX_INTERIM = 8;

const BEGINNING = "HTTP/1.";

/** What is told of the head of an answer. */
export interface HeadListener {
  readonly method: string;
  /** `beginning`: what arrived of the body with it, good until this returns. Returns whether more is wanted now. */
  onHead(head: AnswerHead, beginning: Uint8Array): boolean;
  onFailure(error: unknown): void;
}

/** Reads the heads of one answer after another. While none is awaited, whatever arrives is unasked for: the connection is not used again. */
export class HeadReceiver implements Receiver {
  readonly #bytes = new Uint8Array(MAX_HEAD_BYTES);
  #filled = 0;
  #interim = 0;
  #listener: HeadListener | undefined;
  /** Called for bytes and the end of the connection between answers. */
  onUnasked: () => void = () => undefined;

  get room(): Uint8Array {
    return this.#bytes.subarray(this.#filled);
  }

  /** The next answer is for `listener`. */
  await(listener: HeadListener): void {
    this.#listener = listener;
    this.#filled = 0;
    this.#interim = 0;
  }

  arrived(count: number): boolean {
    if (this.#listener === undefined) {
      this.onUnasked();
      return false;
    }
    let from = this.#filled;
    this.#filled += count;
    try {
      checkBeginning(this.#bytes.subarray(0, this.#filled));
      for (;;) {
        const end = endOfHead(this.#bytes, from, this.#filled);
        if (end === undefined) {
          if (this.#filled === MAX_HEAD_BYTES) throw new MalformedAnswer(`has a head of over ${MAX_HEAD_BYTES} bytes`);
          return true;
        }
        const head = readAnswerHead(latin1(this.#bytes.subarray(0, end - 4)), this.#listener.method);
        if (head.status >= 200) return this.#pass(head, end);
        if (head.status === 101) throw new MalformedAnswer("changes to another protocol");
        if (++this.#interim > MAX_INTERIM) throw new MalformedAnswer("is put off too often");
        this.#bytes.copyWithin(0, end, this.#filled);
        this.#filled -= end;
        from = 0;
      }
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  ended(error: unknown): void {
    if (this.#listener === undefined) this.onUnasked();
    else this.#fail(error);
  }

  #pass(head: AnswerHead, end: number): boolean {
    const listener = this.#listener;
    const beginning = this.#bytes.subarray(end, this.#filled);
    this.#listener = undefined;
    this.#filled = 0;
    return listener?.onHead(head, beginning) ?? false;
  }

  #fail(error: unknown): void {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#filled = 0;
    listener?.onFailure(error);
  }
}

/** What is not HTTP is refused at once: its end may never come. */
function checkBeginning(bytes: Uint8Array): void {
  if (!latin1(bytes.subarray(0, BEGINNING.length)).startsWith(BEGINNING.slice(0, bytes.length))) throw new MalformedAnswer("is not HTTP");
}

/** Behind the first empty line. */
function endOfHead(bytes: Uint8Array, from: number, end: number): number | undefined {
  for (let at = bytes.indexOf(0x0a, from); at !== -1 && at < end; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at - 1] !== 0x0d) throw new MalformedAnswer("has a malformed header");
    if (bytes[at - 2] === 0x0a && bytes[at - 3] === 0x0d) return at + 1;
  }
  return undefined;
}

/** A character for each byte. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
