import { lookup as lookUpHost, type LookupAddress } from "node:dns";
import { request as requestOverHttp, type Agent as HttpAgent, type IncomingMessage } from "node:http";
import { request as requestOverHttps } from "node:https";
import { isIP } from "node:net";
import { AssayError, stopped } from "../core/error.ts";
import { openAgent } from "./agents.ts";
import { connectionFailure } from "./connection-failure.ts";
import type { HttpClientOptions } from "./http.ts";
import { isProxied, proxySettings } from "./proxy.ts";
import { isLoopback, serverName, webUrl } from "./url.ts";

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

/** An answer whose head is there. */
export interface StreamedAnswer {
  readonly status: number;
  /** By lowercase name. */
  readonly headers: ReadonlyMap<string, string>;
  /** The address that answered; undefined behind a proxy. */
  readonly address: string | undefined;
  /** The bytes as they arrive. Throws SERVER_UNREACHABLE where the connection breaks or is silent, ABORTED. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection without reading on. */
  discard(): void;
}

/** A client for answers of any size: nothing is kept, and a server that sends nothing for a while is given up. */
export interface StreamClient {
  /** Throws SERVER_UNREACHABLE, SERVER_ANSWER for an encoded answer, ADDRESS_REFUSED, USAGE, ABORTED. */
  open(request: StreamRequest): Promise<StreamedAnswer>;
}

/** A silence of this length ends the connection. */
const IDLE_MS = 30_000;
const CONNECT_MS = 10_000;

/** Opens such a client. It follows no redirect, asks for no compression and keeps connections for the next request. */
export function streamClient(options: HttpClientOptions & { readonly idleMs?: number } = {}): StreamClient {
  const agents = new Map<string, HttpAgent>();
  const environment = options.environment ?? process.env;
  return {
    async open(request) {
      const url = webUrl(request.url);
      const isDirect = request.isSecret === true && url.protocol === "http:" && isLoopback(url);
      const settings = isDirect ? {} : proxySettings(environment, url.protocol);
      const isBehindProxy = isProxied(url, settings);
      checkLiteral(url, request);
      const name = `${url.protocol} ${String(isDirect)}`;
      const agent = agents.get(name) ?? openAgent(url.protocol, withAuthorities(settings, options.certificateAuthorities));
      agents.set(name, agent);
      return exchange(url, request, options, agent, isBehindProxy);
    },
  };
}

function withAuthorities(proxyEnv: Record<string, string>, ca: readonly string[] | undefined): Parameters<typeof openAgent>[1] {
  return ca === undefined ? { proxyEnv } : { proxyEnv, ca };
}

/** No look-up is made for an address: it is refused here, behind a proxy too. */
function checkLiteral(url: URL, { mayConnect, service }: StreamRequest): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (mayConnect === undefined || isIP(host) === 0 || mayConnect(host)) return;
  throw addressRefused(serverName(service, url.href), host);
}

function addressRefused(server: string, address: string): AssayError {
  return new AssayError("ADDRESS_REFUSED", `${server} is at ${address}, which is not a public address, and was not asked`, {
    remedy: "allow-host",
  });
}

function exchange(
  url: URL,
  request: StreamRequest,
  options: HttpClientOptions & { readonly idleMs?: number },
  agent: HttpAgent,
  isBehindProxy: boolean,
): Promise<StreamedAnswer> {
  const server = serverName(request.service, url.href);
  const { signal, idleMs = IDLE_MS } = options;
  return new Promise<StreamedAnswer>((resolve, reject) => {
    if (signal?.aborted === true) return reject(stopped(`before ${server} was asked`));
    const { method = "GET", body } = request;
    const length = body === undefined ? {} : { "content-length": String(body.length) };
    const usual = { "user-agent": options.userAgent ?? "assay", accept: "*/*", "accept-encoding": "identity" };
    const headers = { ...usual, ...request.headers, ...length };
    const lookup = request.mayConnect === undefined || isBehindProxy ? {} : { lookup: guardedLookup(request.mayConnect, server) };
    const send = url.protocol === "http:" ? requestOverHttp : requestOverHttps;
    const outgoing = send(url, { method, headers, agent, ...lookup });
    let failure: AssayError | undefined;
    const fail = (error: AssayError): void => {
      failure ??= error;
      outgoing.destroy(failure);
      reject(failure);
    };
    const abort = (): void => fail(stopped(`while ${server} was asked`));
    signal?.addEventListener("abort", abort, { once: true });
    const head = setTimeout(() => fail(silent(server, CONNECT_MS + idleMs)), CONNECT_MS + idleMs);
    outgoing.on("close", () => {
      clearTimeout(head);
      signal?.removeEventListener("abort", abort);
    });
    outgoing.on("error", (error) => {
      const own = findOwn(error);
      fail(own ?? connectionFailure(error, server));
    });
    outgoing.on("response", (response) => {
      clearTimeout(head);
      const encoding = response.headers["content-encoding"];
      if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
        return fail(new AssayError("SERVER_ANSWER", `${server} sends an encoded answer, which was not requested`));
      }
      const idle = setTimeout(() => fail(silent(server, idleMs)), idleMs);
      resolve({
        status: response.statusCode ?? 0,
        headers: new Map(Object.entries(response.headersDistinct).map(([name, values = []]) => [name, values.join(", ")])),
        address: isBehindProxy ? undefined : response.socket.remoteAddress,
        body: pieces(response, server, () => failure, idle),
        discard: () => {
          clearTimeout(idle);
          response.destroy();
        },
      });
    });
    outgoing.end(body);
  });
}

/** `idle`: the timer that ends the connection, which each piece starts again. */
async function* pieces(
  response: IncomingMessage,
  server: string,
  failed: () => AssayError | undefined,
  idle: NodeJS.Timeout,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) {
      idle.refresh();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a response without an encoding gives buffers
      yield piece as Uint8Array;
    }
  } catch (error) {
    throw failed() ?? connectionFailure(error, server);
  } finally {
    clearTimeout(idle);
  }
  if (!response.complete) throw failed() ?? connectionFailure(undefined, server);
}

function silent(server: string, milliseconds: number): AssayError {
  const message = `${server} sent nothing for ${milliseconds / 1000} s`;
  return new AssayError("SERVER_UNREACHABLE", message, { cause: Object.assign(new Error(message), { code: "TIMEOUT" }) });
}

function findOwn(error: unknown): AssayError | undefined {
  if (error instanceof AssayError) return error;
  return error instanceof Error && error.cause instanceof AssayError ? error.cause : undefined;
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A look-up of names that gives only the addresses that may be connected to. */
function guardedLookup(mayConnect: (address: string) => boolean, server: string) {
  return (
    host: string,
    options: { readonly all?: boolean | undefined; readonly family?: number | string | undefined },
    found: Found,
  ): void => {
    lookUpHost(host, { all: true, family: options.family === 4 || options.family === 6 ? options.family : 0 }, (error, addresses) => {
      if (error !== null) return found(error, []);
      const allowed = addresses.filter(({ address }) => mayConnect(address));
      const [first] = allowed;
      if (first === undefined) return found(addressRefused(server, addresses[0]?.address ?? "no address"), []);
      if (options.all === true) found(null, allowed);
      else found(null, first.address, first.family);
    });
  };
}
