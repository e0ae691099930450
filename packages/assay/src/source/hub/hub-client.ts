import { setTimeout as delay } from "node:timers/promises";
import { asAssayError, AssayError, stopped } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { classOfAddress } from "../../network/addresses.ts";
import { isBrokenConnection } from "../../network/connection-failure.ts";
import { serverText } from "../../network/server-text.ts";
import { streamClient, type StreamClient, type StreamedAnswer } from "../../network/stream.ts";
import { isLoopback } from "../../network/url.ts";
import type { HubAccount } from "./hub-account.ts";

/** How a hub is reached. */
export interface HubAccess {
  readonly signal?: AbortSignal | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly userAgent?: string | undefined;
  /** Hosts that redirects may lead to, whatever their addresses are. */
  readonly allowHosts?: readonly string[] | undefined;
}

/** A part of a file. */
export interface RequestedPart {
  readonly from: number;
  /** The last byte, inclusive; undefined: to the end. */
  readonly to?: number | undefined;
  /** What the part must belong to: an ETag. */
  readonly ifRange?: string | undefined;
}

const MAX_REDIRECTS = 5;
const MAX_JSON_BYTES = 32 * 1024 * 1024;
const MAX_TRIES = 4;
/** Of an answer that says what was wrong. */
const MAX_WORDS_BYTES = 64 * 1024;
/** No wait is longer, whatever a server asks for. */
const MAX_WAIT_MS = 30_000;

/** Asks a hub, by the rules for servers that may be hostile. The token is sent to the endpoint's own origin only. */
export class HubClient {
  readonly host: string;
  readonly #place: HubAccount;
  readonly #access: HubAccess;
  readonly #client: StreamClient;
  /** The class of the endpoint's own address: others of that class may be connected to, as the hub itself is there. */
  #ownClass: string | undefined;

  constructor(place: HubAccount, access: HubAccess) {
    this.host = place.endpoint.host;
    this.#place = place;
    this.#access = access;
    this.#client = streamClient({
      signal: access.signal,
      ...(access.environment === undefined ? {} : { environment: access.environment }),
      ...(access.userAgent === undefined ? {} : { userAgent: access.userAgent }),
    });
  }

  /** The URL of a path below the endpoint; its segments are encoded already. */
  url(path: string): URL {
    const url = new URL(this.#place.endpoint);
    url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path}`;
    return url;
  }

  /** A page of JSON, and the address of the next one, which is of the same origin. */
  async json(url: URL, what: string): Promise<{ readonly document: JsonNode; readonly next: URL | undefined }> {
    const answer = await this.#ask(url, what, undefined, "own-origin");
    const { bytes, isWhole } = await beginningOf(answer, MAX_JSON_BYTES);
    if (!isWhole) throw this.#malformed(what, `is over ${MAX_JSON_BYTES} bytes`);
    return { document: this.#parse(bytes, what), next: this.#nextPage(url, answer.headers.get("link"), what) };
  }

  /** Strict JSON; what is wrong with it is the server's fault, and no word on the model. */
  #parse(bytes: Uint8Array, what: string): JsonNode {
    try {
      return parseJson(bytes, { what: `${what} of ${this.host}`, shapeCode: "SERVER_ANSWER", maxDepth: 16, maxValues: 1 << 20 });
    } catch (thrown) {
      const error = asAssayError(thrown);
      throw error.code === "INTERNAL" ? error : new AssayError("SERVER_ANSWER", error.message, { cause: error });
    }
  }

  /** The answer to a request for a file, or for a part of it. Its status is 200 or 206. */
  async open(url: URL, what: string, range?: RequestedPart): Promise<StreamedAnswer> {
    return this.#ask(url, what, range, "anywhere");
  }

  async #ask(url: URL, what: string, range: RequestedPart | undefined, redirects: "own-origin" | "anywhere"): Promise<StreamedAnswer> {
    for (let tries = 1; ; tries++) {
      let answer: StreamedAnswer;
      try {
        answer = await this.#follow(url, what, range, redirects);
      } catch (error) {
        if (tries === MAX_TRIES || !isBrokenConnection(error)) throw error;
        await this.#wait(500 * 2 ** tries);
        continue;
      }
      const { status } = answer;
      if (status === 200 || status === 206) return answer;
      const pause = status === 429 || status >= 500 ? (askedToWait(answer) ?? 500 * 2 ** tries) : undefined;
      if (pause === undefined || tries === MAX_TRIES || pause > MAX_WAIT_MS) throw await this.#refusal(answer, what, pause);
      answer.discard();
      await this.#wait(pause);
    }
  }

  async #follow(start: URL, what: string, range: RequestedPart | undefined, redirects: "own-origin" | "anywhere"): Promise<StreamedAnswer> {
    let url = start;
    for (let followed = 0; ; followed++) {
      const answer = await this.#send(url, range);
      const { status, headers } = answer;
      if (status < 300 || status >= 400 || status === 304) return answer;
      answer.discard();
      if (followed === MAX_REDIRECTS) throw this.#redirect(what, `over ${MAX_REDIRECTS} redirects`);
      const target = URL.parse(headers.get("location") ?? "", url.href);
      if (target === null) throw this.#redirect(what, "a redirect without an address");
      this.#checkRedirect(url, target, what, redirects);
      url = target;
    }
  }

  #checkRedirect(from: URL, to: URL, what: string, redirects: "own-origin" | "anywhere"): void {
    if (to.protocol !== "https:" && to.protocol !== "http:") throw this.#redirect(what, "a redirect to another protocol");
    if (from.protocol === "https:" && to.protocol === "http:") throw this.#redirect(what, "a redirect from https to http");
    if (to.username !== "" || to.password !== "") throw this.#redirect(what, "a redirect to an address with a password");
    if (redirects === "own-origin" && to.origin !== this.#place.endpoint.origin) throw this.#redirect(what, "a redirect to another host");
  }

  async #send(url: URL, range: RequestedPart | undefined): Promise<StreamedAnswer> {
    const { endpoint, token } = this.#place;
    const isOwn = url.origin === endpoint.origin;
    const headers: Record<string, string> = {};
    if (isOwn && token !== undefined) headers["authorization"] = `Bearer ${token}`;
    if (range !== undefined && (range.from > 0 || range.to !== undefined)) {
      headers["range"] = `bytes=${range.from}-${range.to ?? ""}`;
      if (range.ifRange !== undefined) headers["if-range"] = range.ifRange;
    }
    const isAllowed =
      isOwn || this.#access.allowHosts?.includes(url.hostname) === true || this.#access.allowHosts?.includes(url.host) === true;
    const answer = await this.#client.open({
      url: url.href,
      headers,
      service: isOwn ? "the hub" : "the hub's file server",
      isSecret: headers["authorization"] !== undefined,
      mayConnect: isAllowed ? undefined : (address) => this.#mayConnect(address),
    });
    if (isOwn && answer.address !== undefined) this.#ownClass = classOfAddress(answer.address);
    return answer;
  }

  #mayConnect(address: string): boolean {
    const found = classOfAddress(address);
    const own = this.#ownClass ?? (isLoopback(this.#place.endpoint) ? "loopback" : "public");
    return found === "public" || (found === own && found !== "reserved");
  }

  /** RFC 8288: the page after this one. Credentials would go with it, so that it is of the endpoint's own origin. */
  #nextPage(url: URL, link: string | undefined, what: string): URL | undefined {
    if (link === undefined) return undefined;
    for (const [, target = "", parameters = ""] of link.matchAll(/<([^<>]*)>((?:\s*;\s*[^,;]+)*)/g)) {
      if (!/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(parameters)) continue;
      const next = URL.parse(target, url.href);
      if (next?.origin !== this.#place.endpoint.origin) throw this.#redirect(what, "a next page on another host");
      return next;
    }
    return undefined;
  }

  #redirect(what: string, why: string): AssayError {
    return new AssayError("REMOTE_REDIRECT", `${this.host} answers the request for ${what} with ${why}, which is not followed`);
  }

  #malformed(what: string, why: string): AssayError {
    return new AssayError("SERVER_ANSWER", `${what} of ${this.host} ${why}`);
  }

  async #refusal(answer: StreamedAnswer, what: string, pause: number | undefined): Promise<AssayError> {
    const { status, headers } = answer;
    const code = headers.get("x-error-code") ?? "";
    const words = await this.#words(answer);
    const said = words === "" ? "" : `: ${words}`;
    if (status === 429) {
      const wait = pause === undefined ? "" : `, and asks to wait ${Math.ceil(pause / 1000)} s`;
      return new AssayError("REMOTE_LIMIT", `${this.host} limits requests (status 429)${wait}${said}`, { remedy: "wait-for-hub" });
    }
    if (code === "GatedRepo" || status === 403) {
      return new AssayError(
        "REMOTE_DENIED",
        `${this.host} does not give ${what} (status ${status}): it is gated or private, or the token may not read it`,
        {
          remedy: "give-hub-token",
        },
      );
    }
    if (status === 401) {
      return new AssayError(
        "REMOTE_DENIED",
        `${this.host} does not give ${what} without a token that may read it (status 401): it is private, or does not exist`,
        {
          remedy: "give-hub-token",
        },
      );
    }
    if (status === 404) {
      if (code === "RevisionNotFound") return new AssayError("REMOTE_REVISION", `${this.host} has no such revision: ${what}`);
      if (code === "EntryNotFound")
        return new AssayError("REMOTE_CHANGED", `${this.host} lists ${what}, and does not have it (status 404)`);
      return new AssayError("REMOTE_NOT_FOUND", `${this.host} does not have ${what} (status 404)`);
    }
    if (status >= 500) return new AssayError("SERVER_UNREACHABLE", `${this.host} cannot answer now (status ${status})${said}`);
    return new AssayError("SERVER_ANSWER", `${this.host} answers the request for ${what} with status ${status}${said}`);
  }

  async #words(answer: StreamedAnswer): Promise<string> {
    let body: Uint8Array;
    try {
      body = (await beginningOf(answer, MAX_WORDS_BYTES)).bytes;
    } catch {
      return "";
    }
    answer.discard();
    const { token } = this.#place;
    return serverText({ status: answer.status, headers: answer.headers, body }, token === undefined ? {} : { secrets: [token] });
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

/** `Retry-After`, or the hub's own `RateLimit: "api";r=0;t=55`: milliseconds. */
function askedToWait({ headers }: StreamedAnswer): number | undefined {
  const after = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const [, reset] = /;\s*t=(\d{1,9})/.exec(headers.get("ratelimit") ?? "") ?? [];
  return reset === undefined ? undefined : Number(reset) * 1000;
}
