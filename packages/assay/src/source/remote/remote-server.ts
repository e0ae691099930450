import type { AssayError } from "../../core/error.ts";
import type { Remedy } from "../../core/remedies.ts";
import type { StreamedAnswer } from "../../network/stream.ts";

/** How a server is reached. */
export interface RemoteAccess {
  readonly signal?: AbortSignal | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly userAgent?: string | undefined;
  /** Hosts that redirects and token servers may be at, whatever their addresses are. */
  readonly allowHosts?: readonly string[] | undefined;
  /** A registry is asked without TLS, also where it is not on this machine. No account is sent to it then. */
  readonly plainHttp?: boolean | undefined;
}

/** A request to the server itself, which may carry credentials. */
export interface OwnRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer that is neither the file nor a redirect. */
export interface Refusal {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** What was asked for, as messages name it. */
  readonly what: string;
  /** The server's own words, cleaned, with a colon before them; empty where it has none. */
  readonly said: string;
  /** The beginning of the answer, as it came: for codes that a kind of server has, never for output. */
  readonly body: Uint8Array;
}

/** What the kinds of servers differ in: who they are, what proves the caller to them, and what their refusals mean. */
export interface RemoteServer {
  /** Path and query apart, where requests are sent; a credential is sent nowhere else. */
  readonly endpoint: URL;
  /** For messages: `the hub`, and `the hub's file server` for where its redirects lead. */
  readonly title: string;
  readonly fileServer: string;
  /** The headers that prove the caller, for a request to the endpoint's own origin. */
  credentials(request: OwnRequest): Promise<Readonly<Record<string, string>>>;
  /** Everything secret that was sent: a server may repeat it in an error. */
  secrets(): readonly string[];
  /** Called for a 401: true where there are new credentials, and the request is worth another try. */
  answerChallenge?(answer: StreamedAnswer, what: string): Promise<boolean>;
  /** Whether an answer with a status of 300 to 399 is a refusal, and no redirect to follow. */
  isRefusal?(answer: StreamedAnswer): boolean;
  /** What a refusal means where this server says more than the status does; undefined: as for every server. */
  refusal(refused: Refusal): AssayError | undefined;
  /** What a person can do about a limit. */
  readonly limitRemedy: Remedy;
}
