import { createHash, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { newKey } from "../x509/make.ts";

export type Claims = Record<string, unknown>;

export interface TokenRecipe {
  /** Laid over the usual claims; undefined leaves one out. */
  readonly claims?: Claims;
  readonly at?: Date;
  readonly lifetimeSeconds?: number;
  /** Another key than the one that the provider publishes. */
  readonly key?: KeyObject;
  readonly header?: Claims;
}

/** Mints identity tokens, as a JWT signed by RS256, and reads them again as Fulcio would. */
export interface IdentityProvider {
  mint(issuer: string, email: string, recipe?: TokenRecipe): string;
  /** The claims of a token that this provider signed and that holds at that time for Sigstore; or why not. */
  read(token: string, at: Date): Claims | string;
  /** A JSON Web Key Set. */
  keys(): unknown;
}

export const AUDIENCE = "sigstore";

export function makeIdentityProvider(): IdentityProvider {
  const key = newKey(2048);
  const publicKey = createPublicKey(key);
  const jwk = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(String(jwk.n)).digest("hex").slice(0, 16);
  return {
    keys: () => ({ keys: [{ ...jwk, kid, alg: "RS256", use: "sig" }] }),
    mint(issuer, email, recipe = {}) {
      const now = Math.floor((recipe.at ?? new Date()).getTime() / 1000);
      const times = { iat: now, nbf: now - 5, exp: now + (recipe.lifetimeSeconds ?? 600) };
      const usual = {
        iss: issuer,
        aud: AUDIENCE,
        sub: `user-${email}`,
        email,
        email_verified: true,
        ...times,
        jti: randomBytes(8).toString("hex"),
      };
      const head = segment({ alg: "RS256", kid, typ: "JWT", ...recipe.header });
      const signed = `${head}.${segment({ ...usual, ...recipe.claims })}`;
      return `${signed}.${sign("sha256", Buffer.from(signed), recipe.key ?? key).toString("base64url")}`;
    },
    read(token, at) {
      const [head = "", payload = "", signature = ""] = token.split(".");
      if (!verify("sha256", Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, "base64url"))) return "bad signature";
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims;
      const seconds = at.getTime() / 1000;
      if (Number(claims["exp"]) < seconds) return "token is expired";
      return claims["aud"] === AUDIENCE ? claims : `expected audience "${AUDIENCE}"`;
    },
  };
}

function segment(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** RFC 7636 section 4.2. */
export const codeChallenge = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");

/** The client's secret in HTTP Basic, where both parts are form-encoded first: RFC 6749 section 2.3.1. */
export function basicSecret(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic (.*)$/.exec(authorization ?? "") ?? [];
  const [, secret] = Buffer.from(encoded ?? "", "base64")
    .toString()
    .split(":");
  return secret === undefined ? undefined : decodeURIComponent(secret.replaceAll("+", " "));
}
