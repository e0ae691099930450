import { AssayError } from "../core/error.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";
import { serverText, type TextNames } from "./server-text.ts";
import { serverName } from "./url.ts";

export interface RefusalOptions extends TextNames {
  readonly hint?: string;
}

/**
 * The error for an answer whose status is not the one that was hoped for. 5xx, 408 and 429 say that the
 * server could not: SERVER_UNREACHABLE. Other 4xx say that it would not: SERVER_REFUSED. What is left
 * (a 2xx that makes no sense here) is SERVER_ANSWER.
 */
export function serverRefusal(request: Pick<HttpRequest, "url" | "service">, answer: HttpAnswer, options: RefusalOptions = {}): AssayError {
  const { status } = answer;
  const server = serverName(request.service, request.url);
  const text = serverText(answer, options);
  const words = text === "" ? "" : `: ${text}`;
  const { hint } = options;
  if (status >= 500 || status === 408) {
    return new AssayError("SERVER_UNREACHABLE", `${server} answers with an error of its own, status ${status}${words}`, { hint });
  }
  if (status === 429) return new AssayError("SERVER_UNREACHABLE", `${server} is overloaded, status 429${words}`, { hint });
  if (status >= 400) return new AssayError("SERVER_REFUSED", `${server} refuses the request, status ${status}${words}`, { hint });
  return new AssayError("SERVER_ANSWER", `${server} answers with the unexpected status ${status}${words}`, { hint });
}
