import { setTimeout as delay } from "node:timers/promises";
import { asAssayError, AssayError, stopped } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { classOfAddress } from "../../network/addresses.ts";
import { isBrokenConnection } from "../../network/connection-failure.ts";
import { serverText } from "../../network/server-text.ts";
import { streamClient, type StreamClient, type StreamedAnswer } from "../../network/stream.ts";
import { isLoopback } from "../../network/url.ts";
import { refusalOf } from "./refusals.ts";
import type { RemoteAccess, RemoteServer } from "./remote-server.ts";

/** A part of a file. */
export interface RequestedPart {
  readonly from: number;
  /** The last byte, inclusive; undefined: to the end. */
  readonly to?: number | undefined;
  /** What the part must belong to: an ETag. */
  readonly ifRange?: string | undefined;
}

/** What is asked of a server. */
export interface RemoteRequest {
  readonly url: URL;
  /** What is asked for, as messages name it. */
  readonly what: string;
  /** Default: GET. */
  readonly method?: "GET" | "HEAD" | "POST" | "PUT";
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly accept?: string;
  readonly part?: RequestedPart | undefined;
  /** The ETag that the file must still have (RFC 9110, If-Match). */
  readonly ifMatch?: string | undefined;
  /** Lists and descriptions come from the server itself; files may be elsewhere. */
  readonly redirects: "own-origin" | "anywhere";
}

/** An answer that was read to its end. */
export interface WholeAnswer {
  readonly bytes: Uint8Array;
  /** By lowercase name. */
  readonly headers: ReadonlyMap<string, string>;
  /** The next page (RFC 8288), of the same origin. */
  readonly next: URL | undefined;
}

const MAX_REDIRECTS = 5;
const MAX_JSON_BYTES = 32 * 1024 * 1024;
const MAX_TRIES = 4;
/** Of an answer that says what was wrong. */
const MAX_WORDS_BYTES = 64 * 1024;
/** No wait is longer, whatever a server asks for. */
const MAX_WAIT_MS = 30_000;

/**
 * Asks a server for files and lists, by the rules for servers that may be hostile: credentials go to the endpoint's own origin
 * only, redirects are few and never to less protection, addresses are public or of the class that the server itself is of, every
 * answer that is kept has a bound, and a server that limits or fails is asked again a few times.
 *
 * Throws what `refusalOf` gives, REMOTE_REDIRECT, ADDRESS_REFUSED, SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED.
 */
export class RemoteClient {
  readonly server: RemoteServer;
  readonly #access: RemoteAccess;
  readonly #client: StreamClient;
  /** The class of the endpoint's own address: others of that class may be connected to, as the server itself is there. */
  #ownClass: string | undefined;

  constructor(server: RemoteServer, access: RemoteAccess) {
    this.server = server;
    this.#access = access;
    this.#client = clientFor(access);
  }

  get host(): string {
    return this.server.endpoint.host;
  }

  /** The URL of a path below the endpoint; its segments are encoded already. */
  url(path: string): URL {
    const url = new URL(this.server.endpoint);
    url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path}`;
    return url;
  }

  /** The answer to a request for a file, or for a part of it: its status is 200 or 206; to another method, 201 or 202 too. */
  async open(request: RemoteRequest): Promise<StreamedAnswer> {
    let isAnswered = false;
    for (let tries = 1; ; tries++) {
      let answer: StreamedAnswer;
      try {
        answer = await this.#follow(request);
      } catch (error) {
        if (tries === MAX_TRIES || !isBrokenConnection(error)) throw error;
        await this.#wait(500 * 2 ** tries);
        continue;
      }
      const { status } = answer;
      if (status === 200 || status === 206 || (request.body !== undefined && (status === 201 || status === 202))) return answer;
      if (status === 401 && !isAnswered) {
        isAnswered = true;
        if ((await this.#answerChallenge(answer, request.what)) === true) {
          answer.discard();
          continue;
        }
      }
      const pause = status === 429 || status >= 500 ? (askedToWait(answer) ?? 500 * 2 ** tries) : undefined;
      if (pause === undefined || tries === MAX_TRIES || pause > MAX_WAIT_MS) throw await this.#refusal(answer, request.what, pause);
      answer.discard();
      await this.#wait(pause);
    }
  }

  async #answerChallenge(answer: StreamedAnswer, what: string): Promise<boolean | undefined> {
    try {
      return await this.server.answerChallenge?.(answer, what);
    } catch (error) {
      answer.discard();
      throw error;
    }
  }

  /** The whole of an answer of at most `limit` bytes, by the server itself where nothing else is said. */
  async whole(request: Omit<RemoteRequest, "redirects"> & Partial<RemoteRequest>, limit: number): Promise<WholeAnswer> {
    const { url, what } = request;
    const answer = await this.open({ redirects: "own-origin", ...request });
    const { bytes, isWhole } = await beginningOf(answer, limit);
    if (!isWhole) throw this.#malformed(what, `is over ${limit} bytes`);
    return { bytes, headers: answer.headers, next: this.#nextPage(url, answer.headers.get("link"), what) };
  }

  /** A page of JSON, and the address of the next one. */
  async json(url: URL, what: string): Promise<{ readonly document: JsonNode; readonly next: URL | undefined }> {
    const { bytes, next } = await this.whole({ url, what }, MAX_JSON_BYTES);
    return { document: this.parse(bytes, what), next };
  }

  /** Strict JSON; what is wrong with it is the server's fault, and no word on the model. Throws SERVER_ANSWER. */
  parse(bytes: Uint8Array, what: string): JsonNode {
    try {
      return parseJson(bytes, {
        what: `${what.replace(/^the /, "")} of ${this.host}`,
        shapeCode: "SERVER_ANSWER",
        maxDepth: 16,
        maxValues: 1 << 20,
      });
    } catch (thrown) {
      const error = asAssayError(thrown);
      throw error.code === "INTERNAL" ? error : new AssayError("SERVER_ANSWER", error.message, { cause: error });
    }
  }

  async #follow(request: RemoteRequest): Promise<StreamedAnswer> {
    let { url } = request;
    for (let followed = 0; ; followed++) {
      const answer = await this.#send(url, request);
      const { status, headers } = answer;
      if (status < 300 || status >= 400 || status === 304 || this.server.isRefusal?.(answer) === true) return answer;
      answer.discard();
      if (followed === MAX_REDIRECTS) throw this.#redirect(request, `over ${MAX_REDIRECTS} redirects`);
      const target = URL.parse(headers.get("location") ?? "", url.href);
      if (target === null) throw this.#redirect(request, "a redirect without an address");
      this.#checkRedirect(url, target, request);
      url = target;
    }
  }

  #checkRedirect(from: URL, to: URL, request: RemoteRequest): void {
    if (to.protocol !== "https:" && to.protocol !== "http:") throw this.#redirect(request, "a redirect to another protocol");
    if (from.protocol === "https:" && to.protocol === "http:") throw this.#redirect(request, "a redirect from https to http");
    if (to.username !== "" || to.password !== "") throw this.#redirect(request, "a redirect to an address with a password");
    if (request.redirects === "own-origin" && to.origin !== this.server.endpoint.origin) {
      throw this.#redirect(request, "a redirect to another host");
    }
  }

  async #send(url: URL, { method = "GET", body, contentType, accept, part, ifMatch }: RemoteRequest): Promise<StreamedAnswer> {
    const isOwn = url.origin === this.server.endpoint.origin;
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    if (part !== undefined && (part.from > 0 || part.to !== undefined)) {
      headers["range"] = `bytes=${part.from}-${part.to ?? ""}`;
      if (part.ifRange !== undefined) headers["if-range"] = part.ifRange;
    }
    if (ifMatch !== undefined) headers["if-match"] = ifMatch;
    if (contentType !== undefined) headers["content-type"] = contentType;
    const credentials = isOwn ? await this.server.credentials({ method, url, headers }) : {};
    const answer = await this.#client.open({
      url: url.href,
      method,
      body,
      headers: { ...headers, ...credentials },
      service: isOwn ? this.server.title : this.server.fileServer,
      isSecret: Object.keys(credentials).length > 0,
      mayConnect: isOwn || this.#isAllowed(url) ? undefined : (address) => this.#mayConnect(address),
    });
    if (isOwn && answer.address !== undefined) this.#ownClass = classOfAddress(answer.address);
    return answer;
  }

  #isAllowed({ host, hostname }: URL): boolean {
    const { allowHosts = [] } = this.#access;
    return allowHosts.includes(hostname) || allowHosts.includes(host);
  }

  #mayConnect(address: string): boolean {
    const found = classOfAddress(address);
    const own = this.#ownClass ?? (isLoopback(this.server.endpoint) ? "loopback" : "public");
    return found === "public" || (found === own && found !== "reserved");
  }

  /** RFC 8288: the page after this one. Credentials would go with it, so that it is of the endpoint's own origin. */
  #nextPage(url: URL, link: string | undefined, what: string): URL | undefined {
    if (link === undefined) return undefined;
    for (const [, target = "", parameters = ""] of link.matchAll(/<([^<>]*)>((?:\s*;\s*[^,;]+)*)/g)) {
      if (!/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(parameters)) continue;
      const next = URL.parse(target, url.href);
      if (next?.origin !== this.server.endpoint.origin) throw this.#redirect({ what }, "a next page on another host");
      return next;
    }
    return undefined;
  }

  #redirect({ what }: Pick<RemoteRequest, "what">, why: string): AssayError {
    return new AssayError("REMOTE_REDIRECT", `${this.host} answers the request for ${what} with ${why}, which is not followed`);
  }

  #malformed(what: string, why: string): AssayError {
    return new AssayError("SERVER_ANSWER", `${what} of ${this.host} ${why}`);
  }

  async #refusal(answer: StreamedAnswer, what: string, pause: number | undefined): Promise<AssayError> {
    const { status, headers } = answer;
    const body = await this.#bodyOfRefusal(answer);
    const words = serverText({ status, headers, body }, { secrets: this.server.secrets() });
    return refusalOf(this.server, { status, headers, what, said: words === "" ? "" : `: ${words}`, body }, pause);
  }

  async #bodyOfRefusal(answer: StreamedAnswer): Promise<Uint8Array> {
    try {
      return (await beginningOf(answer, MAX_WORDS_BYTES)).bytes;
    } catch {
      return new Uint8Array();
    } finally {
      answer.discard();
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    const { signal } = this.#access;
    try {
      await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw stopped(`while waiting to ask ${this.host} again`);
    }
  }
}

/** Connections as the caller wants them. */
export function clientFor({ signal, environment, userAgent }: RemoteAccess): StreamClient {
  return streamClient({
    signal,
    ...(environment === undefined ? {} : { environment }),
    ...(userAgent === undefined ? {} : { userAgent }),
  });
}

/** A path of a URL, each name of it encoded. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** The bytes of an answer, up to the piece with which they exceed a bound. */
async function beginningOf({ body }: StreamedAnswer, limit: number): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) return { bytes: Buffer.concat(pieces, length), isWhole: false };
  }
  return { bytes: Buffer.concat(pieces, length), isWhole: true };
}

/** `Retry-After`, or a hub's own `RateLimit: "api";r=0;t=55`: milliseconds. */
function askedToWait({ headers }: StreamedAnswer): number | undefined {
  const after = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const [, reset] = /;\s*t=(\d{1,9})/.exec(headers.get("ratelimit") ?? "") ?? [];
  return reset === undefined ? undefined : Number(reset) * 1000;
}
