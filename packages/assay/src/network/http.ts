import { type Agent as HttpAgent, type IncomingMessage, request as requestOverHttp } from "node:http";
import { request as requestOverHttps } from "node:https";
import type { Socket } from "node:net";
import { AssayError, stopped } from "../core/error.ts";
import { openAgent } from "./agents.ts";
import { connectionFailure, failureCode } from "./connection-failure.ts";
import { deadProxy, rememberDeadProxy } from "./dead-proxies.ts";
import { isProxied, proxyOf, proxySettings } from "./proxy.ts";
import { isLoopback, serverName, webUrl } from "./url.ts";

/** One request to a server, and its bounds. */
export interface HttpRequest {
  /** `http:` or `https:`. Its query and what precedes an `@` are never shown. */
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** The largest answer that is taken; 4 MiB by default. */
  readonly maxBytes?: number;
  /** From the start to the last byte of the answer; 30 seconds by default. */
  readonly timeoutMs?: number;
  /** A token or password travels with it: what stays on this machine without TLS is shown to no proxy. */
  readonly isSecret?: boolean;
  /** Who is asked, for messages: "the certificate authority". */
  readonly service?: string;
  /** Called when the whole request has left this process, once for each try: from then on the server may have acted on it. */
  readonly onSent?: (() => void) | undefined;
  /** Called with the status of each answer, of those too after which it is asked again. */
  readonly onStatus?: ((status: number) => void) | undefined;
}

/** What a server answered, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** By lowercase name; what came several times is joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What every client of a server takes, so that tests and callers can bring their own. */
export interface HttpClient {
  /**
   * Asks once and gives whatever status came, redirects aside.
   *
   * Throws SERVER_UNREACHABLE without a whole answer (no connection, no trust in the server's
   * certificate, too slow, broken off), SERVER_ANSWER where it is not HTTP, too large or a redirect,
   * USAGE for a malformed URL, ABORTED.
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
}

/** Bounds of a client, and how it reaches servers. */
export interface HttpClientOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read, in either case; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly userAgent?: string;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /** How long connecting may take, TLS included; 10 seconds by default. */
  readonly connectTimeoutMs?: number;
  /** PEM certificates to trust for TLS in place of the usual ones. */
  readonly certificateAuthorities?: readonly string[];
}

export const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

/**
 * An HTTP client with a bound on everything: it follows no redirect, asks for no compression, sends what
 * it was given and nothing else. Connections are kept for the next request and never keep the process.
 *
 * Proxies are Node's: NO_PROXY lists hosts (`host`, `host:port`, `.suffix`, `*.suffix`, `10.0.0.1-10.0.0.9`, `*`).
 */
export function httpClient(options: HttpClientOptions = {}): HttpClient {
  const agents = new Map<string, HttpAgent>();
  const agentFor = (protocol: string, isDirect: boolean): HttpAgent => {
    const name = isDirect ? `direct ${protocol}` : protocol;
    const known = agents.get(name);
    if (known !== undefined) return known;
    const proxyEnv = isDirect ? {} : proxySettings(options.environment ?? process.env, protocol);
    const ca = options.certificateAuthorities;
    const agent = openAgent(protocol, ca === undefined ? { proxyEnv } : { proxyEnv, ca });
    agents.set(name, agent);
    return agent;
  };
  return {
    async request(request) {
      const url = webUrl(request.url);
      const isDirect = request.isSecret === true && url.protocol === "http:" && isLoopback(url);
      const settings = isDirect ? {} : proxySettings(options.environment ?? process.env, url.protocol);
      const proxy = isProxied(url, settings) ? proxyOf(settings) : undefined;
      return exchange(url, request, options, agentFor(url.protocol, isDirect), proxy);
    },
  };
}

/** One request and its answer: the limits, and the many ways in which it can end, of which the first counts. */
function exchange(
  url: URL,
  request: HttpRequest,
  options: HttpClientOptions,
  agent: HttpAgent,
  proxy: string | undefined,
): Promise<HttpAnswer> {
  const server = serverName(request.service, url.href);
  const timeoutMs = request.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const connectTimeoutMs = Math.min(options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS, timeoutMs);
  const maxBytes = request.maxBytes ?? options.maxBytes ?? DEFAULT_MAX_BYTES;
  const { signal } = options;

  return new Promise<HttpAnswer>((resolve, reject) => {
    const abort = (): void => fail(stopped(`while ${server} was asked`));
    if (signal?.aborted === true) {
      reject(stopped(`before ${server} was asked`));
      return;
    }
    const known = deadProxy(proxy, url.host);
    if (known !== undefined) return reject(tooSlow(`${server} was not asked: ${known}`, "PROXY_DEAD"));
    const { method = "GET", body } = request;
    const headers = { "user-agent": options.userAgent ?? "assay", accept: "*/*", ...request.headers };
    const outgoing = (url.protocol === "http:" ? requestOverHttp : requestOverHttps)(url, { method, headers, agent });

    const total = setTimeout(() => fail(tooSlow(`${server} did not answer within ${seconds(timeoutMs)}`)), timeoutMs);
    const connect = setTimeout(() => {
      const via = proxy === undefined ? "" : " through the proxy that the environment names";
      if (proxy !== undefined)
        rememberDeadProxy(
          proxy,
          url.host,
          `the proxy that the environment names gave no connection to it within ${seconds(connectTimeoutMs)}`,
        );
      fail(tooSlow(`no connection to ${server}${via} within ${seconds(connectTimeoutMs)}`, "CONNECT_TIMEOUT"));
    }, connectTimeoutMs);
    signal?.addEventListener("abort", abort, { once: true });
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
      clearTimeout(total);
      clearTimeout(connect);
      signal?.removeEventListener("abort", abort);
    };
    const fail = (error: AssayError): void => {
      if (isSettled) return;
      settle();
      reject(error);
      outgoing.destroy();
    };

    outgoing.on("socket", (socket) => whenConnected(socket, url, () => clearTimeout(connect)));
    outgoing.on("error", (error) => fail(connectionFailure(error, server)));
    outgoing.on("close", () => fail(connectionFailure(undefined, server)));
    outgoing.on("finish", () => request.onSent?.());
    outgoing.on("response", (response) => {
      request.onStatus?.(response.statusCode ?? 0);
      const refusal = objection(response, url, server, maxBytes);
      if (refusal !== undefined) return fail(refusal);
      const pieces: Uint8Array[] = [];
      let length = 0;
      response.on("data", (piece: Uint8Array) => {
        length += piece.length;
        if (length > maxBytes) fail(tooLarge(server, maxBytes));
        else pieces.push(piece);
      });
      response.on("error", (error) => fail(connectionFailure(error, server)));
      response.on("end", () => {
        settle();
        resolve({ status: response.statusCode ?? 0, headers: joinedHeaders(response), body: joined(pieces, length) });
      });
    });
    outgoing.end(body);
  }).catch((error: unknown) => {
    // What Node throws at once is about the request, and may quote it: only its code is passed on.
    if (error instanceof AssayError) throw error;
    throw new AssayError("INTERNAL", `the request to ${server} cannot be made: ${failureCode(error) ?? "a malformed header"}`);
  });
}

/** Why the answer is not taken, from its head alone. */
function objection(response: IncomingMessage, url: URL, server: string, maxBytes: number): AssayError | undefined {
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400) {
    const target = typeof headers.location === "string" ? ` to ${whereTo(headers.location, url)}` : "";
    const message = `${server} answers with a redirect${target} (status ${statusCode}), and redirects are not followed`;
    return new AssayError("SERVER_ANSWER", message, { hint: "give the address at which the service itself answers" });
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    return new AssayError("SERVER_ANSWER", `${server} sends an encoded answer, which was not requested`);
  }
  return Number(headers["content-length"] ?? 0) > maxBytes ? tooLarge(server, maxBytes) : undefined;
}

/** Where a redirect leads, in our own words: its address is the server's, and may hold what was sent. */
function whereTo(location: string, from: URL): string {
  const to = URL.parse(location, from.href);
  if (to?.host !== from.host) return "another host";
  return to.protocol === from.protocol
    ? "another path of the same host"
    : `the same host over ${to.protocol === "https:" ? "https" : "another protocol"}`;
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function joinedHeaders({ headersDistinct }: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(", ")]));
}

function whenConnected(socket: Socket, url: URL, done: () => void): void {
  const isSecure = url.protocol === "https:";
  const isReady = !socket.connecting && !(isSecure && "secureConnecting" in socket && socket.secureConnecting === true);
  if (isReady) done();
  else socket.once(isSecure ? "secureConnect" : "connect", done);
}

function tooLarge(server: string, maxBytes: number): AssayError {
  return new AssayError("SERVER_ANSWER", `${server} sends an answer of over ${maxBytes} bytes, the most that is read`);
}

function tooSlow(message: string, code = "TIMEOUT"): AssayError {
  return new AssayError("SERVER_UNREACHABLE", message, { cause: Object.assign(new Error(message), { code }) });
}

function seconds(milliseconds: number): string {
  return milliseconds % 1000 === 0 && milliseconds > 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
}
