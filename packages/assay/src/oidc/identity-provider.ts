import * as oauth from "oauth4webapi";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import type { HttpClient, HttpRequest } from "../network/http.ts";
import { jsonAnswer } from "../network/json-answer.ts";
import { serverRefusal } from "../network/refusal.ts";
import { plainServerText } from "../network/server-text.ts";
import { isLoopback } from "../network/url.ts";
import { secureUrl } from "./secure-url.ts";

export interface LogIn {
  /** URL of the identity provider: OpenID Connect Discovery 1.0 tells the rest. */
  readonly issuer: string;
  readonly clientId: string;
  /** Public clients, as Sigstore's own is, have none. */
  readonly clientSecret?: string | undefined;
  readonly http: HttpClient;
  readonly now: () => Date;
}

/** An identity provider whose metadata were read and fit the issuer that was asked for. */
export interface IdentityProvider {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  /** Where the person's browser is sent. */
  readonly authorizationUrl: URL;
  /** For messages: its host. */
  readonly name: string;
  /** For oauth4webapi's requests. */
  readonly requests: ProviderRequests;
}

interface ProviderRequests {
  readonly [oauth.customFetch]: (url: string, options: FetchOptions) => Promise<Response>;
  readonly [oauth.allowInsecureRequests]: boolean;
}

interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Metadata, keys and tokens are a few KiB each. */
const MAX_BYTES = 256 * 1024;

/**
 * Asks the provider for its metadata. The issuer that they name must be the one that was asked for
 * (OpenID Connect Discovery 1.0, section 4.3), and every endpoint one that secrets may be sent to.
 *
 * @throws USAGE for an issuer that is not an https URL; SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, ABORTED
 */
export async function discover(logIn: LogIn): Promise<IdentityProvider> {
  const issuer = secureUrl(logIn.issuer, "the identity provider");
  if (logIn.clientId === "") throw new AssayError("USAGE", "the client id is empty");
  const name = issuer.host;
  const secret = logIn.clientSecret ?? "";
  const requests: ProviderRequests = {
    [oauth.customFetch]: (url, options) => send(logIn.http, url, options, [secret]),
    [oauth.allowInsecureRequests]: isLoopback(issuer),
  };
  try {
    const answer = await oauth.discoveryRequest(issuer, requests);
    const server = await oauth.processDiscoveryResponse(issuer, answer);
    const authorizationUrl = endpoint(server.authorization_endpoint, "authorization_endpoint", name);
    endpoint(server.token_endpoint, "token_endpoint", name);
    endpoint(server.jwks_uri, "jwks_uri", name);
    return { server, client: clientOf(logIn), authentication: authenticationOf(server, secret), authorizationUrl, name, requests };
  } catch (error) {
    throw providerFailure(error, name, [secret]);
  }
}

function clientOf({ clientId, now }: LogIn): oauth.Client {
  const skew = Math.round((now().getTime() - Date.now()) / 1000);
  return { client_id: clientId, [oauth.clockSkew]: skew, [oauth.clockTolerance]: 60 };
}

/** RFC 6749, section 2.3.1: the secret in a header where the provider says nothing else. */
function authenticationOf(server: oauth.AuthorizationServer, secret: string): oauth.ClientAuth {
  if (secret === "") return oauth.None();
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const isPostOnly = !methods.includes("client_secret_basic") && methods.includes("client_secret_post");
  return isPostOnly ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}

function endpoint(value: string | undefined, field: string, name: string): URL {
  try {
    return secureUrl(value ?? "", field);
  } catch {
    throw new AssayError("SERVER_ANSWER", `the metadata of ${name} name no usable ${field}: an https URL is expected`);
  }
}

/** Sends what oauth4webapi wants sent over our client, and lets it see good answers only: strict JSON. */
async function send(http: HttpClient, url: string, { method, headers, body }: FetchOptions, secrets: readonly string[]): Promise<Response> {
  const form = body instanceof URLSearchParams ? body : undefined;
  const request: HttpRequest = {
    url: secureUrl(url, "the identity provider").href,
    method: method === "POST" ? "POST" : "GET",
    headers,
    ...(form === undefined ? {} : { body: form.toString() }),
    maxBytes: MAX_BYTES,
    isSecret: true,
    service: "the identity provider",
  };
  const answer = await http.request(request);
  if (answer.status !== 200) throw serverRefusal(request, answer, { secrets });
  jsonAnswer(answer, "answer of the identity provider", { secrets });
  return new Response(Uint8Array.from(answer.body), { status: 200, headers: { "content-type": answer.headers.get("content-type") ?? "" } });
}

/**
 * The error for what went wrong with a provider. oauth4webapi's own errors carry codes, tokens and
 * claims in their causes: nothing of them is passed on but which check failed.
 */
export function providerFailure(thrown: unknown, name: string, secrets: readonly string[]): AssayError {
  if (thrown instanceof AssayError) return thrown;
  if (thrown instanceof oauth.AuthorizationResponseError) {
    const words = plainServerText([thrown.error, thrown.error_description ?? ""].join(" "), { secrets });
    const isDenied = thrown.error === "access_denied";
    return new AssayError("LOGIN_FAILED", `${name} ended the log-in: ${words}`, {
      hint: isDenied ? "Log in again and allow the access." : "Log in again; if that fails too, ask who runs the identity provider.",
    });
  }
  const code = systemCode(thrown);
  if (code === oauth.JWT_TIMESTAMP_CHECK) {
    return new AssayError("TOKEN_EXPIRED", `the identity token of ${name} is not valid now, by this machine's clock`, {
      hint: "If the clock of this machine is wrong, set it.",
    });
  }
  return new AssayError("SERVER_ANSWER", `the answer of ${name} is refused: ${failedCheck(thrown, code)}`);
}

const CLAIMS: Readonly<Record<string, string>> = {
  aud: "its identity token is for another client (aud)",
  iss: "its identity token is another issuer's (iss)",
  nonce: "its identity token belongs to another log-in (nonce)",
  issuer: "it says that it is another issuer than the one that was asked",
};

function failedCheck(thrown: unknown, code: string | undefined): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (typeof cause === "object" && cause !== null) {
    const what = "claim" in cause ? cause.claim : "attribute" in cause ? cause.attribute : undefined;
    const words = typeof what === "string" ? CLAIMS[what] : undefined;
    if (words !== undefined) return words;
  }
  switch (code) {
    case oauth.PARSE_ERROR:
    case oauth.RESPONSE_IS_NOT_JSON:
      return "it is not JSON";
    case oauth.KEY_SELECTION:
      return "none of its keys is the one that signed its identity token";
    case oauth.UNSUPPORTED_OPERATION:
      return "it uses an algorithm or token type that Assay does not know";
    case oauth.INVALID_RESPONSE:
      return "a field that belongs in it is missing or malformed, or its identity token's signature is wrong";
    default:
      return "it is not what OpenID Connect asks for";
  }
}
