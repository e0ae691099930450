import { AssayError } from "../core/error.ts";
import { connectionFailure } from "./connection-failure.ts";
import type { StreamRequest } from "./streamed-answer.ts";

/** A request, ready to be sent. */
export interface Question {
  readonly url: URL;
  readonly request: StreamRequest;
  /** All of them, but for the host. */
  readonly headers: Readonly<Record<string, string>>;
  /** Who is asked, for messages. */
  readonly server: string;
  readonly signal: AbortSignal | undefined;
  /** For the connection. */
  readonly connectMs: number;
  /** For the head of the answer, and for any part of its body. */
  readonly idleMs: number;
}

/** Only what was asked for is understood. Throws SERVER_ANSWER. */
export function checkEncoding(headers: ReadonlyMap<string, string>, server: string): void {
  const encoding = headers.get("content-encoding");
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  throw new AssayError("SERVER_ANSWER", `${server} sends an encoded answer, which was not requested`);
}

/** A server that sends less is given up: a file of any size would take days. */
const LEAST_BYTES_PER_SECOND = 64;

/** What a server must send in so many milliseconds, so that it is not given up. */
export function leastBytes(milliseconds: number): number {
  return Math.max(1, Math.ceil((LEAST_BYTES_PER_SECOND * milliseconds) / 1000));
}

/** The error of a server that sends nothing, or so little that its answer would take for ever. */
export function silent(server: string, milliseconds: number, what = "nothing"): AssayError {
  const message = `${server} sent ${what} for ${milliseconds / 1000} s`;
  return new AssayError("SERVER_UNREACHABLE", message, { cause: Object.assign(new Error(message), { code: "TIMEOUT" }) });
}

/** The error for a connection that ended with `error`: our own, where there is one below it. */
export function endOfConnection(error: unknown, server: string): AssayError {
  if (error instanceof AssayError) return error;
  if (error instanceof Error && error.cause instanceof AssayError) return error.cause;
  return connectionFailure(error, server);
}
