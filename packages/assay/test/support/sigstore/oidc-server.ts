import { randomBytes } from "node:crypto";
import { AUDIENCE, basicSecret, codeChallenge, type IdentityProvider, type TokenRecipe } from "./identity-provider.ts";
import { type Answer, json, LoopbackServer, type Received } from "./loopback-server.ts";

/** What the provider may do otherwise than asked. */
export interface LoginRecipe {
  readonly email?: string;
  /** The provider says no: an OAuth error, such as `access_denied`. */
  readonly error?: string;
  readonly state?: (state: string) => string;
  readonly code?: (code: string) => string;
  /** The nonce in the token; undefined leaves it out. */
  readonly nonce?: (nonce: string) => string | undefined;
  readonly token?: TokenRecipe;
  /** What `/token` answers, before it is sent. */
  readonly tokenAnswer?: (answer: Record<string, unknown>) => unknown;
  readonly discovery?: (document: Record<string, unknown>) => unknown;
  /** What `/token` demands by HTTP Basic or in the form. */
  readonly clientSecret?: string;
  /** RFC 9207: the issuer in the redirect; null leaves it out. */
  readonly iss?: string | null;
}

interface Grant {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly nonce: string;
}

/** Where a browser that is not on this machine is sent: the page shows the code to type. */
export const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

/**
 * An OpenID provider of one person, who always says yes: discovery, keys, authorization code with PKCE,
 * tokens. What a client sends wrong is refused as RFC 6749 says.
 */
export function oidcServer(provider: IdentityProvider, record: Received[], recipe: () => LoginRecipe, now: () => Date): LoopbackServer {
  const grants = new Map<string, Grant>();
  const server = new LoopbackServer("oidc", record, (request) => {
    const { pathname } = request.url;
    if (pathname === "/.well-known/openid-configuration") return discovery(server.url, recipe());
    if (pathname === "/keys") return json(200, provider.keys());
    if (pathname === "/auth") return authorize(request.url.searchParams, server.url, grants, recipe());
    if (pathname === "/token" && request.method === "POST") return redeem(request, server.url, grants, provider, recipe(), now());
    return json(404, { error: "not_found" });
  });
  return server;
}

function discovery(issuer: string, recipe: LoginRecipe): Answer {
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "email"],
    code_challenge_methods_supported: ["S256"],
  };
  return json(200, recipe.discovery?.(document) ?? document);
}

function authorize(query: URLSearchParams, issuer: string, grants: Map<string, Grant>, recipe: LoginRecipe): Answer {
  const get = (name: string): string => query.get(name) ?? "";
  const redirectUri = get("redirect_uri");
  if (redirectUri !== OUT_OF_BAND && !isLoopback(redirectUri))
    return json(400, { error: "invalid_request", error_description: "redirect_uri" });
  const problem = recipe.error ?? objection(query);
  if (problem !== undefined) return redirect(redirectUri, { error: problem, state: get("state") });
  const code = randomBytes(16).toString("hex");
  grants.set(code, { challenge: get("code_challenge"), redirectUri, clientId: get("client_id"), nonce: get("nonce") });
  const shown = recipe.code?.(code) ?? code;
  if (redirectUri === OUT_OF_BAND)
    return { status: 200, headers: { "content-type": "text/html" }, body: `<p>Your code: <code>${shown}</code></p>` };
  const iss = recipe.iss === undefined ? issuer : recipe.iss;
  return redirect(redirectUri, { code: shown, state: recipe.state?.(get("state")) ?? get("state"), ...(iss === null ? {} : { iss }) });
}

function objection(query: URLSearchParams): string | undefined {
  if (query.get("response_type") !== "code") return "unsupported_response_type";
  const isWhole = ["client_id", "state", "nonce", "code_challenge"].every((name) => (query.get(name) ?? "") !== "");
  if (!isWhole || query.get("code_challenge_method") !== "S256") return "invalid_request";
  const scopes = (query.get("scope") ?? "").split(" ");
  return scopes.includes("openid") && scopes.includes("email") ? undefined : "invalid_scope";
}

function isLoopback(uri: string): boolean {
  return URL.canParse(uri) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(uri).hostname);
}

function redirect(uri: string, parameters: Record<string, string>): Answer {
  const target = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  return { status: 302, headers: { location: target.href } };
}

function redeem(
  request: Received,
  issuer: string,
  grants: Map<string, Grant>,
  provider: IdentityProvider,
  recipe: LoginRecipe,
  at: Date,
): Answer {
  const form = new URLSearchParams(request.body.toString());
  const grant = grants.get(form.get("code") ?? "");
  grants.delete(form.get("code") ?? "");
  if (form.get("grant_type") !== "authorization_code") return json(400, { error: "unsupported_grant_type" });
  if (!knowsSecret(request, form, recipe)) return json(401, { error: "invalid_client" });
  const isSame = grant?.redirectUri === form.get("redirect_uri") && grant.challenge === codeChallenge(form.get("code_verifier") ?? "");
  if (!isSame) return json(400, { error: "invalid_grant", error_description: "the code, its redirect_uri or its verifier is wrong" });
  const nonce = recipe.nonce === undefined ? grant.nonce : recipe.nonce(grant.nonce);
  const aud = grant.clientId === "" ? AUDIENCE : grant.clientId;
  const token = { at, ...recipe.token, claims: { aud, nonce, ...recipe.token?.claims } };
  const answer = {
    access_token: randomBytes(16).toString("hex"),
    token_type: "Bearer",
    expires_in: 600,
    id_token: provider.mint(issuer, recipe.email ?? "alice@example.com", token),
  };
  return json(200, recipe.tokenAnswer?.(answer) ?? answer, { "cache-control": "no-store" });
}

function knowsSecret(request: Received, form: URLSearchParams, { clientSecret }: LoginRecipe): boolean {
  if (clientSecret === undefined || form.get("client_secret") === clientSecret) return true;
  return basicSecret(request.headers.authorization) === clientSecret;
}
