import { isIP } from "node:net";
import { stopped } from "../core/error.ts";
import { DirectClient } from "./direct/direct-client.ts";
import { addressRefused } from "./guarded-lookup.ts";
import type { HttpClientOptions } from "./http.ts";
import { piecesOf } from "./pieces-of.ts";
import { isProxied, proxySettings } from "./proxy.ts";
import type { Question } from "./stream-question.ts";
import type { StreamedAnswer, StreamRequest } from "./streamed-answer.ts";
import type { ProxiedClient } from "./through-proxy.ts";
import { isLoopback, serverName, webUrl } from "./url.ts";

export type { StreamedAnswer, StreamRequest } from "./streamed-answer.ts";

/** A client for answers of any size: nothing is kept, and a server that sends next to nothing for a while is given up. */
export interface StreamClient {
  /** Throws SERVER_UNREACHABLE, SERVER_ANSWER for an encoded answer, ADDRESS_REFUSED, USAGE, ABORTED. */
  open(request: StreamRequest): Promise<StreamedAnswer>;
}

/** How long a server may send nothing, or next to nothing. */
const IDLE_MS = 30_000;
const CONNECT_MS = 10_000;

/** Opens such a client. It follows no redirect, asks for no compression and keeps connections for the next request. */
export function streamClient(options: HttpClientOptions & { readonly idleMs?: number } = {}): StreamClient {
  const environment = options.environment ?? process.env;
  const direct = new DirectClient(options.certificateAuthorities);
  let proxied: Promise<ProxiedClient> | undefined;
  return {
    async open(request) {
      const question = questionOf(request, options);
      const { url, server } = question;
      if (options.signal?.aborted === true) throw stopped(`before ${server} was asked`);
      checkLiteral(question);
      const staysHere = request.isSecret === true && url.protocol === "http:" && isLoopback(url);
      const settings = staysHere ? {} : proxySettings(environment, url.protocol);
      if (!isProxied(url, settings)) {
        const answer = await direct.ask(question);
        return { ...answer, body: piecesOf(answer.read, answer.discard) };
      }
      proxied ??= import("./through-proxy.ts").then(({ ProxiedClient }) => new ProxiedClient(options.certificateAuthorities));
      return withRead(await (await proxied).ask(question, settings));
    },
  };
}

function questionOf(request: StreamRequest, options: HttpClientOptions & { readonly idleMs?: number }): Question {
  const url = webUrl(request.url);
  const { userAgent = "assay", connectTimeoutMs = CONNECT_MS, idleMs = IDLE_MS, signal } = options;
  const length = request.body === undefined ? {} : { "content-length": String(request.body.length) };
  const usual = { "user-agent": userAgent, accept: "*/*", "accept-encoding": "identity" };
  const headers = { ...usual, ...request.headers, ...length };
  return { url, request, headers, server: serverName(request.service, url.href), signal, connectMs: connectTimeoutMs, idleMs };
}

/** No look-up is made for an address: it is refused here, behind a proxy too. */
function checkLiteral({ url, request: { mayConnect }, server }: Question): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (mayConnect === undefined || isIP(host) === 0 || mayConnect(host)) return;
  throw addressRefused(server, host);
}

function withRead(answer: Omit<StreamedAnswer, "read">): StreamedAnswer {
  let isGivenUp = false;
  return {
    ...answer,
    read: async (listener) => {
      for await (const piece of answer.body) {
        await listener(piece);
        if (isGivenUp) return;
      }
    },
    discard: () => {
      isGivenUp = true;
      answer.discard();
    },
  };
}
