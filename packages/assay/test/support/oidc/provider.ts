import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Claims, makeJwt, type Make, tokenPublicKey } from "./tokens.ts";

/** How a provider differs from a good one. */
export interface Manners {
  readonly metadata?: (good: Claims, issuer: string) => unknown;
  /** What the browser brings back. */
  readonly callback?: (good: Record<string, string>) => Record<string, string | undefined>;
  readonly claims?: (good: Claims) => Claims;
  readonly make?: Make;
  readonly keys?: (good: unknown) => unknown;
  /** Answers the token request itself; `form` is what came. */
  readonly token?: (response: ServerResponse, form: URLSearchParams, good: Claims, authorization: string) => void;
  readonly clientSecret?: string;
  readonly secretMethods?: readonly string[];
}

export interface Provider {
  readonly issuer: string;
  /** Codes, code verifiers and tokens that went over it. */
  readonly secrets: string[];
  readonly tokenRequests: { readonly form: URLSearchParams; readonly authorization: string | undefined }[];
  readonly authorizations: URLSearchParams[];
  readonly close: () => Promise<void>;
}

interface Grant {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

/** A small OpenID provider on the loopback interface: everybody who comes is Alice. Checks PKCE, as a real one. */
export async function startProvider(manners: Manners = {}): Promise<Provider> {
  const grants = new Map<string, Grant>();
  const secrets: string[] = [];
  const tokenRequests: Provider["tokenRequests"] = [];
  const authorizations: URLSearchParams[] = [];
  let issuer = "";

  const server = createServer((request, response) => {
    void serve(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  return {
    issuer,
    secrets,
    tokenRequests,
    authorizations,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", issuer);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(response, 200, metadata());
      case "/keys": {
        const good = { keys: [{ ...tokenPublicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }] };
        return json(response, 200, manners.keys?.(good) ?? good);
      }
      case "/authorize":
        return authorize(url.searchParams, response);
      case "/token":
        return token(request, response);
      default:
        return json(response, 404, {});
    }
  }

  function metadata(): unknown {
    const good = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
      ...(manners.secretMethods === undefined ? {} : { token_endpoint_auth_methods_supported: manners.secretMethods }),
    };
    return manners.metadata?.(good, issuer) ?? good;
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    authorizations.push(query);
    if (query.get("code_challenge_method") !== "S256" || query.get("scope") !== "openid email") return json(response, 400, {});
    const code = randomBytes(24).toString("base64url");
    secrets.push(code);
    const redirectUri = query.get("redirect_uri") ?? "";
    grants.set(code, { challenge: query.get("code_challenge") ?? "", redirectUri, nonce: query.get("nonce") ?? "" });
    if (redirectUri === "urn:ietf:wg:oauth:2.0:oob") return json(response, 200, { code });
    const good = { code, state: query.get("state") ?? "" };
    const target = new URL(redirectUri);
    for (const [name, value] of Object.entries(manners.callback?.(good) ?? good)) {
      if (value !== undefined) target.searchParams.append(name, value);
    }
    response.writeHead(302, { location: target.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    tokenRequests.push({ form, authorization: request.headers.authorization });
    secrets.push(form.get("code_verifier") ?? "");
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant === undefined || grant.challenge !== challenge || grant.redirectUri !== form.get("redirect_uri")) {
      return json(response, 400, { error: "invalid_grant", error_description: "PKCE verification failed" });
    }
    if (manners.clientSecret !== undefined && !isAuthentic(request, form, manners.clientSecret)) {
      return json(response, 401, { error: "invalid_client" });
    }
    const now = Math.floor(Date.now() / 1000);
    const good = {
      iss: issuer,
      sub: "alice-at-the-provider",
      aud: "sigstore",
      iat: now,
      exp: now + 300,
      nonce: grant.nonce,
      email: "alice@example.com",
      email_verified: true,
    };
    const idToken = makeJwt(manners.claims?.(good) ?? good, manners.make);
    const access = randomBytes(24).toString("base64url");
    secrets.push(access, idToken, ...idToken.split(".").slice(1));
    const answer = { access_token: access, token_type: "Bearer", expires_in: 300, id_token: idToken };
    if (manners.token !== undefined) return manners.token(response, form, answer, request.headers.authorization ?? "");
    json(response, 200, answer);
  }
}

function isAuthentic(request: IncomingMessage, form: URLSearchParams, secret: string): boolean {
  if (form.has("client_secret")) return form.get("client_secret") === secret;
  const basic = Buffer.from(request.headers.authorization?.replace(/^Basic /, "") ?? "", "base64").toString();
  const [id = "", password = ""] = basic.split(":").map((half) => decodeURIComponent(half.replaceAll("+", " ")));
  return id === "sigstore" && password === secret;
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
