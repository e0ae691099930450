import { isBrokenConnection } from "../connection-failure.ts";
import { guardedLookup } from "../guarded-lookup.ts";
import type { Question } from "../stream-question.ts";
import { Buffers } from "./buffers.ts";
import { Connection } from "./connection.ts";
import { exchange, type DirectAnswer } from "./exchange.ts";

/** Shorter than servers keep idle connections, so that none is used in the moment in which it is closed. */
const KEPT_MS = 4000;

/** Asks servers without a proxy. Of each origin, connections are kept for the next request. */
export class DirectClient {
  readonly #certificateAuthorities: readonly string[] | undefined;
  readonly #buffers = new Buffers();
  readonly #kept = new Map<string, Connection[]>();

  constructor(certificateAuthorities: readonly string[] | undefined) {
    this.#certificateAuthorities = certificateAuthorities;
  }

  /** Throws SERVER_UNREACHABLE, SERVER_ANSWER, ADDRESS_REFUSED, ABORTED, and USAGE for a header that cannot be sent. */
  async ask(question: Question): Promise<DirectAnswer> {
    const kept = this.#takeKept(question);
    if (kept !== undefined) {
      const before = kept.received;
      try {
        return await this.#askOver(kept, question);
      } catch (error) {
        // The server closed it meanwhile: nothing came of the request.
        const { method = "GET" } = question.request;
        if (kept.received > before || !isBrokenConnection(error) || (method !== "GET" && method !== "HEAD")) throw error;
      }
    }
    const { url, request, server } = question;
    const lookup = request.mayConnect === undefined ? undefined : guardedLookup(request.mayConnect, server);
    return this.#askOver(new Connection(url, { lookup, certificateAuthorities: this.#certificateAuthorities }), question);
  }

  #askOver(connection: Connection, question: Question): Promise<DirectAnswer> {
    return exchange(connection, this.#buffers, question, () => this.#keep(question.url.origin, connection));
  }

  #keep(origin: string, connection: Connection): void {
    const others = this.#kept.get(origin) ?? [];
    this.#kept.set(origin, [...others, connection]);
    connection.idle(KEPT_MS);
  }

  /** One whose address may be connected to for this request too. */
  #takeKept({ url, request: { mayConnect } }: Question): Connection | undefined {
    const open = (this.#kept.get(url.origin) ?? []).filter(({ isOpen }) => isOpen);
    const found = open.findLast(({ address }) => mayConnect === undefined || (address !== undefined && mayConnect(address)));
    this.#kept.set(
      url.origin,
      open.filter((connection) => connection !== found),
    );
    found?.use();
    return found;
  }
}
