import { request as requestOverHttp, type Agent as HttpAgent, type IncomingMessage } from "node:http";
import { request as requestOverHttps } from "node:https";
import { type AssayError, stopped } from "../core/error.ts";
import { openAgent } from "./agents.ts";
import { connectionFailure } from "./connection-failure.ts";
import type { StreamedAnswer } from "./streamed-answer.ts";
import { checkEncoding, endOfConnection, leastBytes, silent, type Question } from "./stream-question.ts";

/** Asks servers through a proxy, which is Node's part. */
export class ProxiedClient {
  readonly #certificateAuthorities: readonly string[] | undefined;
  readonly #agents = new Map<string, HttpAgent>();

  constructor(certificateAuthorities: readonly string[] | undefined) {
    this.#certificateAuthorities = certificateAuthorities;
  }

  /** `proxyEnv`: the proxy, as Node reads it of an environment. Throws SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED. */
  async ask(question: Question, proxyEnv: Record<string, string>): Promise<Omit<StreamedAnswer, "read">> {
    const { protocol } = question.url;
    const ca = this.#certificateAuthorities;
    const agent = this.#agents.get(protocol) ?? openAgent(protocol, ca === undefined ? { proxyEnv } : { proxyEnv, ca });
    this.#agents.set(protocol, agent);
    return exchange(question, agent);
  }
}

function exchange(question: Question, agent: HttpAgent): Promise<Omit<StreamedAnswer, "read">> {
  const { url, request, headers, server, signal, connectMs, idleMs } = question;
  return new Promise((resolve, reject) => {
    const send = url.protocol === "http:" ? requestOverHttp : requestOverHttps;
    const outgoing = send(url, { method: request.method ?? "GET", headers, agent });
    let failure: AssayError | undefined;
    const fail = (error: AssayError): void => {
      failure ??= error;
      outgoing.destroy(failure);
      reject(failure);
    };
    const abort = (): void => fail(stopped(`while ${server} was asked`));
    signal?.addEventListener("abort", abort, { once: true });
    const head = setTimeout(() => fail(silent(server, connectMs + idleMs, "no answer")), connectMs + idleMs);
    outgoing.on("close", () => {
      clearTimeout(head);
      signal?.removeEventListener("abort", abort);
    });
    outgoing.on("error", (error) => fail(endOfConnection(error, server)));
    outgoing.on("response", (response) => {
      clearTimeout(head);
      const received = new Map(Object.entries(response.headersDistinct).map(([name, values = []]) => [name, values.join(", ")]));
      try {
        checkEncoding(received, server);
      } catch (error) {
        return fail(endOfConnection(error, server));
      }
      const watch = new Watch(idleMs, (what) => fail(silent(server, idleMs, what)));
      resolve({
        status: response.statusCode ?? 0,
        headers: received,
        address: undefined,
        body: pieces(response, server, () => failure, watch),
        discard: () => {
          watch.end();
          response.destroy();
        },
      });
    });
    outgoing.end(request.body);
  });
}

/** `watch` sees each piece. */
async function* pieces(
  response: IncomingMessage,
  server: string,
  failed: () => AssayError | undefined,
  watch: Watch,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a response without an encoding gives buffers
      const bytes = piece as Uint8Array;
      watch.pass(bytes.length);
      yield bytes;
      watch.readOn();
    }
  } catch (error) {
    throw failed() ?? connectionFailure(error, server);
  } finally {
    watch.end();
  }
  if (!response.complete) throw failed() ?? connectionFailure(undefined, server);
}

/** Looks from time to time how much arrived; time in which the reader has a piece does not count. */
class Watch {
  readonly #timer: NodeJS.Timeout;
  #received = 0;
  #isPaused = false;
  #wasPaused = false;

  /** `onSlow` is told what came: "nothing". */
  constructor(idleMs: number, onSlow: (what: string) => void) {
    const least = leastBytes(idleMs);
    this.#timer = setInterval(() => {
      if (this.#received < least && !this.#wasPaused) onSlow(this.#received === 0 ? "nothing" : `less than ${least} bytes`);
      this.#received = 0;
      this.#wasPaused = this.#isPaused;
    }, idleMs);
  }

  pass(bytes: number): void {
    this.#received += bytes;
    this.#isPaused = true;
  }

  readOn(): void {
    this.#isPaused = false;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
