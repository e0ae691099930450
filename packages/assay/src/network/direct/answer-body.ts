import { AssayError, stopped } from "../../core/error.ts";
import type { PieceListener } from "../streamed-answer.ts";
import { endOfConnection, leastBytes, silent, type Question } from "../stream-question.ts";
import { MalformedAnswer, type AnswerHead } from "./answer-head.ts";
import { BodyReceiver, type BodySource } from "./body-receiver.ts";
import type { Buffers } from "./buffers.ts";
import type { Connection } from "./connection.ts";
import { framingOf } from "./framing.ts";

/** The body of one answer, the limits while it is read, and what becomes of its connection. */
export class AnswerBody implements BodySource {
  readonly #connection: Connection;
  readonly #question: Question;
  readonly #isKept: boolean;
  readonly #release: () => void;
  readonly #receiver: BodyReceiver;
  readonly #abort = (): void => this.#receiver.fail(stopped(`while ${this.#question.server} was asked`));
  #watch: NodeJS.Timeout | undefined;
  #isOver = false;

  /** `beginning`: what arrived with the head. `release` is called when the connection may be used again. Throws MalformedAnswer. */
  constructor(connection: Connection, buffers: Buffers, question: Question, head: AnswerHead, beginning: Uint8Array, release: () => void) {
    this.#connection = connection;
    this.#question = question;
    this.#isKept = head.isKept;
    this.#release = release;
    this.#receiver = new BodyReceiver(framingOf(head.body), buffers, this, beginning);
    if (!this.#receiver.isWhole) connection.receiveWith(this.#receiver);
    question.signal?.addEventListener("abort", this.#abort, { once: true });
  }

  async read(listener: PieceListener): Promise<void> {
    this.#watchSpeed();
    try {
      await this.#receiver.read(listener);
    } finally {
      this.discard();
    }
  }

  discard(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#watch);
    this.#question.signal?.removeEventListener("abort", this.#abort);
    const isReusable = this.#isKept && this.#receiver.isWhole && !this.#receiver.hasSurplus && this.#connection.isOpen;
    this.#receiver.stop();
    if (isReusable) this.#release();
    else this.#connection.destroy();
  }

  resume(): void {
    this.#connection.resume();
  }

  whole(): void {
    this.#connection.receiveWith(this.#connection.heads);
  }

  explain(error: unknown): AssayError {
    return explain(error, this.#question.server);
  }

  /** Looks from time to time how much has arrived; time in which the listener wants nothing does not count. */
  #watchSpeed(): void {
    const { idleMs, server } = this.#question;
    const least = leastBytes(idleMs);
    let before = this.#connection.received;
    this.#watch = setInterval(() => {
      const { received } = this.#connection;
      if (!this.#receiver.takePaused() && received - before < least) {
        this.#connection.destroy();
        this.#receiver.fail(silent(server, idleMs, received === before ? "nothing" : `less than ${least} bytes`));
      }
      before = received;
    }, idleMs);
  }
}

/** The error for an answer that is malformed or breaks off. */
export function explain(error: unknown, server: string): AssayError {
  if (error instanceof MalformedAnswer) return new AssayError("SERVER_ANSWER", `the answer of ${server} ${error.message}`);
  return endOfConnection(error, server);
}
