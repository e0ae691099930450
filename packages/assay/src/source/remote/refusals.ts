import { AssayError } from "../../core/error.ts";
import type { Refusal, RemoteServer } from "./remote-server.ts";

/**
 * What a refusal means. `pause`: how long the server asks to wait, in milliseconds.
 *
 * REMOTE_LIMIT, REMOTE_DENIED (private and missing look alike to a caller without credentials), REMOTE_NOT_FOUND,
 * SERVER_UNREACHABLE, SERVER_ANSWER, and what the kind of server says more exactly.
 */
export function refusalOf(server: RemoteServer, refused: Refusal, pause: number | undefined): AssayError {
  const { status, what, said } = refused;
  const { host } = server.endpoint;
  if (status === 429) {
    const wait = pause === undefined ? "" : `, and asks to wait ${Math.ceil(pause / 1000)} s`;
    return new AssayError("REMOTE_LIMIT", `${host} limits requests (status 429)${wait}${said}`, { remedy: server.remedies.limited });
  }
  const own = server.refusal(refused);
  if (own !== undefined) return own;
  if (status === 403) {
    const message = `${host} does not give ${what} (status 403): it is gated or private, or the token may not read it`;
    return new AssayError("REMOTE_DENIED", message, { remedy: server.remedies.denied });
  }
  if (status === 401) {
    const message = `${host} does not give ${what} without a token that may read it (status 401): it is private, or does not exist`;
    return new AssayError("REMOTE_DENIED", message, { remedy: server.remedies.denied });
  }
  if (status === 404) return new AssayError("REMOTE_NOT_FOUND", `${host} does not have ${what} (status 404)`);
  if (status >= 500) return new AssayError("SERVER_UNREACHABLE", `${host} cannot answer now (status ${status})${said}`);
  return new AssayError("SERVER_ANSWER", `${host} answers the request for ${what} with status ${status}${said}`);
}
