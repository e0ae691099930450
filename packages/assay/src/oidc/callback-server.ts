import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { AssayError } from "../core/error.ts";
import { abortable } from "./abortable.ts";
import { logInPage, type LogInEnd } from "./login-page.ts";

const HOST = "127.0.0.1";
const PATH = "/auth/callback";
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 32;
const REQUEST_MS = 10_000;
/** How long connections may take to end by themselves once the answer is out. */
const CLOSING_MS = 300;

/** The identity provider's answer, brought by the browser that now waits for a page. */
export interface Callback {
  readonly parameters: URLSearchParams;
  readonly show: (end: LogInEnd) => Promise<void>;
}

export interface CallbackServer {
  /** As the other Sigstore clients have it: providers take any port of `localhost` for it. */
  readonly redirectUri: string;
  /** From now on takes one answer, if it carries `state`. Said before a browser opens: a log-in may end at once. */
  readonly expect: (state: string) => void;
  /** Waits for that answer. Throws LOGIN_FAILED after `timeLimitMs`, ABORTED. */
  readonly callback: (timeLimitMs: number, signal?: AbortSignal) => Promise<Callback>;
  readonly close: () => Promise<void>;
}

/**
 * Listens on a free port of the loopback interface for the end of one log-in (RFC 8252, section 7.3).
 * It serves one path to GET, and there only the first answer with the right state: what else comes,
 * from the network of another program or a page that guesses the port, gets a refusal and changes nothing.
 */
export async function listenForCallback(): Promise<CallbackServer> {
  let expected: string | undefined;
  const answered = Promise.withResolvers<Callback>();
  let unrelated = 0;
  const options = { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: 1 };
  const server = createServer(options, (request, response) => {
    const port = portOf(server);
    if (request.headers.host !== `localhost:${port}` && request.headers.host !== `${HOST}:${port}`) return refuse(response, 421);
    const url = URL.parse(request.url ?? "", `http://localhost:${port}`);
    if (url === null || url.pathname !== PATH) return refuse(response, 404);
    if (request.method !== "GET") return refuse(response, 405, { allow: "GET" });
    if (expected === undefined || !isSame(stateOf(url), expected)) {
      unrelated++;
      return void send(response, 400, { kind: "unrelated" });
    }
    expected = undefined;
    const show = (end: LogInEnd): Promise<void> => send(response, end.kind === "success" ? 200 : 400, end);
    answered.resolve({ parameters: url.searchParams, show });
  });
  server.maxConnections = MAX_CONNECTIONS;
  // A malformed request ends its connection and nothing else.
  server.on("clientError", (_error, socket) => socket.destroy());
  server.listen(0, HOST);
  await once(server, "listening");

  return {
    redirectUri: `http://localhost:${portOf(server)}${PATH}`,
    expect: (state) => {
      expected = state;
    },
    callback: async (timeLimitMs, signal) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(noAnswer(timeLimitMs, unrelated)), timeLimitMs);
      });
      try {
        return await abortable(Promise.race([answered.promise, late]), signal);
      } finally {
        clearTimeout(timer);
        expected = undefined;
      }
    },
    close: () => close(server),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The state, if it is there exactly once. */
function stateOf(url: URL): string {
  const [state = "", ...more] = url.searchParams.getAll("state");
  return more.length === 0 ? state : "";
}

function isSame(found: string, expected: string): boolean {
  const [one, other] = [Buffer.from(found), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, connection: "close", "content-length": "0", "cache-control": "no-store" });
  response.end();
}

async function send(response: ServerResponse, status: number, end: LogInEnd): Promise<void> {
  const { html, headers } = logInPage(end);
  const body = Buffer.from(html);
  if (response.destroyed) return;
  const sent = new Promise<void>((resolve) => {
    response.once("finish", resolve);
    response.once("close", resolve);
  });
  response.writeHead(status, { ...headers, "content-length": body.length, connection: "close" });
  response.end(body);
  await sent;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
  await closed;
  clearTimeout(timer);
}

function noAnswer(timeLimitMs: number, unrelated: number): AssayError {
  const others = unrelated === 0 ? "" : "; what did come belonged to another log-in";
  return new AssayError("LOGIN_FAILED", `no log-in within ${duration(timeLimitMs)}${others}`, {
    remedy: "log-in-again",
  });
}

function duration(milliseconds: number): string {
  return milliseconds >= 60_000 ? `${Math.round(milliseconds / 60_000)} minutes` : `${milliseconds / 1000} s`;
}
