import { type AssayError, stopped } from "../../core/error.ts";
import type { StreamedAnswer } from "../streamed-answer.ts";
import { checkEncoding, silent, type Question } from "../stream-question.ts";
import { AnswerBody, explain } from "./answer-body.ts";
import type { Buffers } from "./buffers.ts";
import type { Connection } from "./connection.ts";
import { requestHead } from "./request-head.ts";

/** An answer by its body, which is read once. */
export type DirectAnswer = Omit<StreamedAnswer, "body">;

/** Asks over a connection that is not in use. `release` is called when it may be used again. */
export function exchange(connection: Connection, buffers: Buffers, question: Question, release: () => void): Promise<DirectAnswer> {
  const { url, request, server, signal, connectMs, idleMs } = question;
  const { method = "GET" } = request;
  return new Promise<DirectAnswer>((resolve, reject) => {
    const endWatch = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const fail = (error: AssayError): void => {
      endWatch();
      connection.destroy();
      reject(error);
    };
    const abort = (): void => fail(stopped(`while ${server} was asked`));
    // All of the head has this time: it is small, however it drips.
    const timer = setTimeout(() => fail(silent(server, connectMs + idleMs, "no answer")), connectMs + idleMs);
    signal?.addEventListener("abort", abort, { once: true });
    connection.heads.await({
      method,
      onFailure: (error) => fail(explain(error, server)),
      onHead: (head, beginning) => {
        endWatch();
        try {
          checkEncoding(head.headers, server);
          const body = new AnswerBody(connection, buffers, question, head, beginning, release);
          const { status, headers } = head;
          resolve({
            status,
            headers,
            address: connection.address,
            read: (listener) => body.read(listener),
            discard: () => body.discard(),
          });
        } catch (error) {
          fail(explain(error, server));
        }
        return false;
      },
    });
    connection.send(requestHead(url, method, question.headers), request.body);
  });
}
