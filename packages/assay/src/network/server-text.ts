import type { HttpAnswer } from "./http.ts";

const MAX_CHARACTERS = 200;
/** Larger answers are not a reason that somebody wrote down. */
const MAX_BYTES = 64 * 1024;
/** The members under which servers say what was wrong, the clearest first. */
const MEMBERS = ["error_description", "message", "detail", "error", "errors"] as const;

const LOOKS_LIKE_JWT = /\beyJ[\w-]{4,}(?:\.[\w-]*)*/gu;
const LOOKS_ENCODED = /[\w+/=-]{40,}/gu;
/** What a token, a code or a key is written with; shorter pieces of one say nothing. */
const WORD = /[\w+/=.~-]{6,}/gu;
/** A piece of this length is found within other text too, such as `code=…`. */
const PIECE = 8;

/**
 * A server's own words about an error, fit for a message: one line of at most 200 characters, without
 * control and formatting characters, and without anything that could be a secret that came back: what
 * looks like a JWT or long base64, and every part of `secrets`, is "…". Empty where it gave no reason.
 */
export function serverText(answer: HttpAnswer, secrets: readonly string[] = []): string {
  const text = new TextDecoder().decode(answer.body.subarray(0, MAX_BYTES)).trim();
  // A page for a browser, by something that stands before the service.
  if (text.startsWith("<")) return "";
  return cleanText(reason(text), secrets);
}

/** As `serverText`, for text from elsewhere. */
export function cleanText(text: string, secrets: readonly string[] = []): string {
  const clean = withoutSecrets(text.replace(LOOKS_LIKE_JWT, "…").replace(LOOKS_ENCODED, "…"), secrets)
    .replace(/[\p{C}\p{Z}\s]+/gu, " ")
    .trim();
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS - 1).trimEnd()}…` : clean;
}

/** The text with "…" for every one of `secrets`, for every word in it that is a part of one, and for longer parts. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const kept = secrets.filter((secret) => secret.length > 0);
  const exact = kept.reduce((result, secret) => result.replaceAll(secret, "…"), text);
  const worded = exact.replace(WORD, (word) => (kept.some((secret) => secret.includes(word)) ? "…" : word));
  return withoutPieces(worded, kept);
}

function withoutPieces(text: string, secrets: readonly string[]): string {
  const pieces = new Set<string>();
  for (const secret of secrets) for (let at = 0; at + PIECE <= secret.length; at++) pieces.add(secret.slice(at, at + PIECE));
  let result = "";
  let hiddenUpTo = -1;
  for (let at = 0; at < text.length; at++) {
    if (pieces.has(text.slice(at, at + PIECE))) {
      if (at > hiddenUpTo) result += "…";
      hiddenUpTo = at + PIECE;
    } else if (at >= hiddenUpTo) result += text[at];
  }
  return result;
}

/** The reason in a JSON answer, however the service wraps it; else the text as it is. */
function reason(text: string): string {
  try {
    return find(JSON.parse(text)) ?? "";
  } catch {
    return text;
  }
}

function find(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || depth > 2) return undefined;
  if (Array.isArray(value)) return find(value[0], depth + 1);
  const members = new Map<string, unknown>(Object.entries(value));
  for (const name of MEMBERS) {
    const found = find(members.get(name), depth + 1);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}
