import { AssayError } from "../../core/error.ts";
import type { Refusal, RemoteServer } from "../remote/remote-server.ts";
import type { HubAccount } from "./hub-account.ts";

/** A Hugging Face hub. Its token is sent with every request to its own origin. */
export function hubServer({ endpoint, token }: HubAccount): RemoteServer {
  const { host } = endpoint;
  return {
    endpoint,
    title: "the hub",
    fileServer: "the hub's file server",
    credentials: async () => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    secrets: () => (token === undefined ? [] : [token]),
    refusal: (refused) => hubRefusal(host, refused),
    limitRemedy: "wait-for-hub",
  };
}

/** The hub says in X-Error-Code what its status alone does not. */
function hubRefusal(host: string, { status, headers, what }: Refusal): AssayError | undefined {
  const code = headers.get("x-error-code") ?? "";
  if (code === "GatedRepo" || status === 403) {
    const message = `${host} does not give ${what} (status ${status}): it is gated or private, or the token may not read it`;
    return new AssayError("REMOTE_DENIED", message, { remedy: "give-hub-token" });
  }
  if (status === 401) {
    const message = `${host} does not give ${what} without a token that may read it (status 401): it is private, or does not exist`;
    return new AssayError("REMOTE_DENIED", message, { remedy: "give-hub-token" });
  }
  if (status !== 404) return undefined;
  if (code === "RevisionNotFound") return new AssayError("REMOTE_REVISION", `${host} has no such revision: ${what}`);
  if (code === "EntryNotFound") return new AssayError("REMOTE_CHANGED", `${host} lists ${what}, and does not have it (status 404)`);
  return undefined;
}
