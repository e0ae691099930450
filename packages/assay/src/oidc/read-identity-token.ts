import type { JsonNode } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import { cleanText } from "../network/server-text.ts";
import { type IdentityFacts, IdentityToken } from "./identity-token.ts";
import { decodeJwt } from "./jwt.ts";
import { certificateIssuer, knownIssuer } from "./known-issuers.ts";

export interface TokenQuestion {
  readonly now: Date;
  /** Whom the token must be for: the client that Fulcio knows, usually `sigstore`. */
  readonly audience: string;
}

/** How far `nbf` and `iat` may be ahead of our clock. `exp` gets none: such a token is refused by its server. */
const TOLERANCE_SECONDS = 60;
/** The last second that a `Date` can name. */
const LAST_SECOND = 8.64e12;
const MAX_NAME_CHARACTERS = 2048;
const MAX_EMAIL_CHARACTERS = 320;
const EMAIL = /^[^\s@]+@[^\s@]+$/u;
/** Control and format characters, and what Unicode has not assigned. */
const UNPRINTABLE = /\p{C}/u;

/**
 * Reads an identity token as far as a client can: for whom, until when, and who it names. Whether
 * its signature holds is for the server to say. Made before any request, so that a token that cannot
 * work fails early and with a reason.
 *
 * @throws TOKEN_INVALID, TOKEN_EXPIRED; neither ever with the token or a part of it
 */
export function readIdentityToken(raw: string, { now, audience }: TokenQuestion): IdentityToken {
  const { claims } = decodeJwt(raw);
  const issuer = name(claims.require("iss"), "iss");
  checkAudience(claims.require("aud"), audience);
  const expires = time(claims.require("exp"));
  checkTimes(claims, expires, now);
  return new IdentityToken(raw, { issuer, expires, expectedIssuer: certificateIssuer(issuer, claims), ...whose(claims, issuer) });
}

/** Says again whether a token that was read before can still be used. Throws TOKEN_EXPIRED. */
export function checkNotExpired({ expires }: Pick<IdentityFacts, "expires">, now: Date): void {
  if (now.getTime() < expires.getTime()) return;
  throw new AssayError("TOKEN_EXPIRED", `the identity token expired at ${second(expires)}; by this machine's clock it is ${second(now)}`, {
    hint: "Get a new token: they live for minutes. If the clock is wrong, set it.",
  });
}

/** RFC 7519, section 4.1.3: one audience, or a list of them. */
function checkAudience(node: JsonNode, audience: string): void {
  const found = node.kind === "array" ? Array.from(node.elements(), (element) => element.string()) : [node.string()];
  if (found.includes(audience)) return;
  const whom = found.map((one) => `"${cleanText(one)}"`).join(", ");
  const message = `the identity token is for ${whom === "" ? "no audience" : cleanText(whom)}, expected "${audience}"`;
  throw new AssayError("TOKEN_INVALID", message, { hint: `Ask the identity provider for a token whose audience is "${audience}".` });
}

function checkTimes(claims: JsonNode, expires: Date, now: Date): void {
  checkNotExpired({ expires }, now);
  for (const claim of ["nbf", "iat"]) {
    const node = claims.optional(claim);
    if (node === undefined) continue;
    const from = time(node);
    if (from.getTime() <= now.getTime() + TOLERANCE_SECONDS * 1000) continue;
    const message = `the identity token is valid from ${second(from)} only; by this machine's clock it is ${second(now)}`;
    throw new AssayError("TOKEN_EXPIRED", message, { hint: "The clock of this machine, or the identity provider's, is wrong." });
  }
}

/** Which claim names the identity: see the principals of Fulcio's issuer types. */
function whose(claims: JsonNode, issuer: string): Omit<IdentityFacts, "issuer" | "expires" | "expectedIssuer"> {
  const known = knownIssuer(issuer);
  const email = known?.kind === "uri" && !known.provesEmail ? undefined : verifiedEmail(claims);
  if (known?.kind === "uri") {
    const expectedIdentity = known.identity(claims);
    const subject = email ?? name(claims.require("sub"), "sub");
    return { subject, kind: "uri", identity: expectedIdentity ?? subject, expectedIdentity };
  }
  if (email !== undefined) return { subject: email, kind: "email", identity: email, expectedIdentity: email };
  if (known?.kind === "email") {
    throw new AssayError("TOKEN_INVALID", `the identity token names no e-mail address, which an identity of ${issuer} is`, {
      hint: 'Ask for the token with the scope "openid email".',
    });
  }
  const subject = name(claims.require("sub"), "sub");
  if (subject.startsWith("spiffe://")) return { subject, kind: "uri", identity: subject, expectedIdentity: subject };
  return { subject, kind: "subject", identity: subject, expectedIdentity: undefined };
}

/** The address that the issuer itself has verified; undefined where the token has none. */
function verifiedEmail(claims: JsonNode): string | undefined {
  const email = claims.optional("email")?.string() ?? "";
  if (email === "") return undefined;
  if (email.length > MAX_EMAIL_CHARACTERS || !EMAIL.test(email) || UNPRINTABLE.test(email)) {
    claims.fail('"email" is not an e-mail address');
  }
  const verified = claims.optional("email_verified");
  // Some providers write the boolean as a string; Fulcio takes both.
  const isVerified = verified?.kind === "string" ? /^[Tt]rue$/.test(verified.string()) : verified?.boolean() === true;
  if (isVerified) return email;
  return claims.fail(
    `the identity provider has not verified the e-mail address ${email}`,
    "TOKEN_INVALID",
    "Verify it there and log in again.",
  );
}

function name(node: JsonNode, claim: string): string {
  const text = node.string();
  if (text === "") node.fail(`"${claim}" is empty`);
  if (text.length > MAX_NAME_CHARACTERS || UNPRINTABLE.test(text)) node.fail(`"${claim}" is not a name that a certificate can carry`);
  return text;
}

/** RFC 7519, section 2: a NumericDate, seconds since 1970, with or without a fraction. */
function time(node: JsonNode): Date {
  const seconds = node.number();
  if (!(seconds >= 0 && seconds <= LAST_SECOND)) node.fail(`"${node.path}" is not a time`);
  return new Date(seconds * 1000);
}

function second(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
