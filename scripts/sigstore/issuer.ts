import { createHash, createPrivateKey, createPublicKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** The client that Fulcio expects tokens for. */
export const CLIENT_ID = "sigstore";

/** What the authorization endpoint promised a client, until the code is used. */
interface Grant {
  readonly email: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly nonce: string | undefined;
  readonly challenge: string;
}

const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

/**
 * An OpenID provider that believes everyone: for a private Sigstore on one machine, and for tests.
 * `GET /token?email=…[&ttl=seconds][&aud=…][&sub=…][&verified=false]` mints an identity token (RS256);
 * `/auth` and `POST /token` are the authorization-code flow with PKCE S256, logged in at once as
 * `login_hint`, or alice@example.com; a redirect to urn:ietf:wg:oauth:2.0:oob shows the code instead.
 */
export async function startIssuer(port: number, keyFile: string): Promise<Server> {
  const issuer = `http://127.0.0.1:${port}`;
  const key = createPrivateKey(readFileSync(keyFile));
  const jwk = createPublicKey(key).export({ format: "jwk" });
  const kid = createHash("sha256").update(String(jwk.n)).digest("hex").slice(0, 16);
  const grants = new Map<string, Grant>();

  function mint(claims: Readonly<Record<string, unknown>>, ttl: number): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const times = { iat: Math.min(now, now + ttl) - 5, nbf: Math.min(now, now + ttl) - 5, exp: now + ttl };
    const text = `${part({ alg: "RS256", kid, typ: "JWT" })}.${part({ iss: issuer, ...claims, ...times, jti: randomUUID() })}`;
    return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  }

  function plainToken(query: URLSearchParams): string {
    const email = query.get("email") ?? "alice@example.com";
    const verified = query.get("verified") !== "false";
    const claims = { aud: query.get("aud") ?? CLIENT_ID, sub: query.get("sub") ?? email, email, email_verified: verified };
    return mint(claims, Number(query.get("ttl") ?? 600));
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get("redirect_uri") ?? "";
    const challenge = query.get("code_challenge") ?? "";
    if (query.get("response_type") !== "code" || query.get("code_challenge_method") !== "S256" || challenge === "" || redirectUri === "") {
      answer(response, 400, { error: "invalid_request" });
      return;
    }
    const code = randomUUID();
    grants.set(code, {
      email: query.get("login_hint") ?? "alice@example.com",
      clientId: query.get("client_id") ?? "",
      redirectUri,
      nonce: query.get("nonce") ?? undefined,
      challenge,
    });
    if (redirectUri === OUT_OF_BAND) {
      response.writeHead(200, { "content-type": "text/plain" }).end(code);
      return;
    }
    const target = new URL(redirectUri);
    target.searchParams.set("code", code);
    const state = query.get("state");
    if (state !== null) target.searchParams.set("state", state);
    response.writeHead(302, { location: target.href }).end();
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await bodyOf(request));
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant === undefined || challenge !== grant.challenge || form.get("redirect_uri") !== grant.redirectUri) {
      answer(response, 400, { error: "invalid_grant" });
      return;
    }
    const { email, clientId, nonce } = grant;
    const claims = { aud: clientId, sub: email, email, email_verified: true, ...(nonce === undefined ? {} : { nonce }) };
    answer(response, 200, { access_token: randomUUID(), token_type: "Bearer", expires_in: 600, id_token: mint(claims, 600) });
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", issuer);
    const what = `${request.method} ${pathname}`;
    if (what === "GET /.well-known/openid-configuration") answer(response, 200, discovery(issuer));
    else if (what === "GET /keys") answer(response, 200, { keys: [{ ...jwk, kid, alg: "RS256", use: "sig" }] });
    else if (what === "GET /token") response.writeHead(200, { "content-type": "text/plain" }).end(plainToken(searchParams));
    else if (what === "GET /auth") authorize(searchParams, response);
    else if (what === "POST /token") await exchange(request, response);
    else answer(response, 404, { error: "not_found" });
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => answer(response, 500, { error: "server_error" }));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return server;
}

function discovery(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/keys`,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    scopes_supported: ["openid", "email"],
  };
}

function answer(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
