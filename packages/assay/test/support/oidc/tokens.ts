import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** The moment of the tests that have no server. */
export const NOW = new Date("2026-11-23T12:00:00Z");
export const SECONDS = NOW.getTime() / 1000;

export type Claims = Record<string, unknown>;

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

export const tokenKey = keys.privateKey;
export const tokenPublicKey = keys.publicKey;

export const part = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export interface Make {
  readonly header?: Claims;
  readonly key?: KeyObject;
}

/** A token with these claims as they are, signed with RS256. */
export function makeJwt(claims: unknown, { header = {}, key = tokenKey }: Make = {}): string {
  const signed = `${part({ alg: "RS256", kid: "one", ...header })}.${part(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

/** What a token for Alice claims at `NOW`. */
export const ALICE: Claims = {
  iss: "https://id.example.com",
  sub: "alice-at-the-provider",
  aud: "sigstore",
  iat: SECONDS - 10,
  exp: SECONDS + 300,
  email: "alice@example.com",
  email_verified: true,
};

/** Alice's token with other claims; `undefined` leaves one out. */
export const tokenWith = (claims: Claims, make?: Make): string => makeJwt({ ...ALICE, ...claims }, make);
