import { randomUUID, sign } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "../listening.ts";
import { makeCa } from "../x509/make.ts";
import { PASSWORD, USER } from "./registries.ts";

/** A server that gives tokens for registries, as the large registries have one beside them. */
export interface TokenRealm {
  readonly address: string;
  readonly service: string;
  readonly issuer: string;
  /** PEM: registries trust tokens that its key signs. */
  readonly certificate: string;
  /** What was asked: the scopes, and whether with the password of the tests, another one or none. */
  readonly asked: { readonly scopes: readonly string[]; readonly by: "user" | "anyone" | "wrong password" }[];
}

const DAY = 86_400_000;

/** Starts one. Anyone may pull from repositories under `public/`; the user of the tests may do everything. */
export async function startTokenRealm(): Promise<TokenRealm> {
  const certificate = makeCa({ subject: "Token realm", notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) });
  const asked: { scopes: string[]; by: "user" | "anyone" | "wrong password" }[] = [];
  const service = "registry.test";
  const issuer = "realm.test";

  const server = await listen(answer);

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "http://realm.test");
    const scopes = url.searchParams.getAll("scope").flatMap((scope) => scope.split(" "));
    const by = whoAsks(request.headers.authorization);
    asked.push({ scopes, by });
    if (by === "wrong password") return void response.writeHead(401).end("{}");
    const token = makeToken(scopes.map((scope) => accessOf(scope, by === "user")));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ token, expires_in: 300 }));
  }

  /** A JSON Web Token (RFC 7519) with the certificate of its key, as distribution's specification of tokens has it. */
  function makeToken(access: readonly object[]): string {
    const now = Math.floor(Date.now() / 1000);
    const header = { typ: "JWT", alg: "ES256", x5c: [Buffer.from(certificate.der).toString("base64")] };
    const claims = { iss: issuer, sub: USER, aud: service, iat: now, nbf: now - 5, exp: now + 300, jti: randomUUID(), access };
    const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = sign("sha256", Buffer.from(text), { key: certificate.privateKey, dsaEncoding: "ieee-p1363" });
    return `${text}.${signature.toString("base64url")}`;
  }

  return { address: `${server.url}/token`, service, issuer, certificate: certificate.pem, asked };
}

function whoAsks(authorization: string | undefined): "user" | "anyone" | "wrong password" {
  if (authorization === undefined) return "anyone";
  return authorization === `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}` ? "user" : "wrong password";
}

/** `repository:NAME:pull,push`, as far as it is granted. */
function accessOf(scope: string, isUser: boolean): object {
  const [type = "", name = "", actions = ""] = scope.split(":");
  const granted = actions.split(",").filter((action) => isUser || (action === "pull" && name.startsWith("public/")));
  return { type, name, actions: granted };
}
