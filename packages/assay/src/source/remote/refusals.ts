import { AssayError } from "../../core/error.ts";
import type { Refusal, RemoteServer } from "./remote-server.ts";

/**
 * What a refusal means. `pause`: how long the server asks to wait, in milliseconds.
 *
 * What the kind of server says of it, REMOTE_DENIED among that (private and missing look alike to a caller without credentials);
 * else REMOTE_LIMIT, REMOTE_NOT_FOUND, SERVER_UNREACHABLE, SERVER_ANSWER.
 */
export function refusalOf(server: RemoteServer, refused: Refusal, pause: number | undefined): AssayError {
  const { status, what, said } = refused;
  const { host } = server.endpoint;
  if (status === 429) {
    const wait = pause === undefined ? "" : `, and asks to wait ${Math.ceil(pause / 1000)} s`;
    return new AssayError("REMOTE_LIMIT", `${host} limits requests (status 429)${wait}${said}`, { remedy: server.limitRemedy });
  }
  const own = server.refusal(refused);
  if (own !== undefined) return own;
  if (status === 404) return new AssayError("REMOTE_NOT_FOUND", `${host} does not have ${what} (status 404)`);
  if (status >= 500) return new AssayError("SERVER_UNREACHABLE", `${host} cannot answer now (status ${status})${said}`);
  return new AssayError("SERVER_ANSWER", `${host} answers the request for ${what} with status ${status}${said}`);
}
