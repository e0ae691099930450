import type { HttpAnswer } from "./http.ts";
import { isPlainWord } from "./plain-words.ts";

const MAX_CHARACTERS = 200;
/** Larger answers are not a reason that a person wrote. */
const MAX_BYTES = 64 * 1024;
/** The members under which servers say what was wrong, the clearest first. */
const MEMBERS = ["error_description", "message", "detail", "error", "errors"] as const;
/** More numbers than an explanation needs could spell something. */
const MAX_NUMBERS = 4;
/** Words of one name, such as `redirect_uri` or `email-verified`. */
const MAX_PARTS = 6;

const BEFORE = /^["'`([{<*]{0,2}/u;
const AFTER = /["'`)\]}>.,;:!?*]{0,3}$/u;
const JOINT = /[_\-/.:=]/u;
const NUMBER = /^[+-]?\d{1,5}(?:\.\d{1,3})?%?$/u;
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)?$/u;

/** What the caller of a server knows that its text may repeat. */
export interface TextNames {
  /** Public names (an identity, a host): shown letter by letter. */
  readonly known?: readonly string[] | undefined;
  /** What was sent in confidence. */
  readonly secrets?: readonly string[] | undefined;
}

/**
 * A server's own words about an error, fit for a message: one line of at most 200 characters. Empty where it
 * gave no reason, and where nothing of it can be shown.
 *
 */
export function serverText(answer: HttpAnswer, names: TextNames = {}): string {
  const text = new TextDecoder().decode(answer.body.subarray(0, MAX_BYTES)).trim();
  // A page for a browser, by something in front of the service.
  if (text.startsWith("<")) return "";
  return plainServerText(reason(text), names);
}

/**
 * What of a server's text may be shown: words of the language of errors, a few numbers, and what is in `known`,
 * letter by letter. All else is "…". A server can send back what it got (a token, a code, a proof) in pieces and
 * in any encoding; what is shown is decided by what it is, never by what it is not.
 */
export function plainServerText(text: string, { known = [], secrets = [] }: TextNames = {}): string {
  const secretWords = new Set(secrets.flatMap(wordsOf));
  let numbers = 0;
  let isAnyShown = false;
  const shown: string[] = [];
  for (const written of text.slice(0, MAX_BYTES).split(/\s+/u)) {
    if (written === "") continue;
    const word = shownWord(written);
    if (word !== undefined) isAnyShown = true;
    if (word !== undefined || shown.at(-1) !== "…") shown.push(word ?? "…");
  }
  if (!isAnyShown) return "";
  const line = shown.join(" ");
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1).trimEnd()}…` : line;

  function shownWord(written: string): string | undefined {
    if (known.includes(written)) return written;
    const before = BEFORE.exec(written)?.[0] ?? "";
    const rest = written.slice(before.length);
    const after = AFTER.exec(rest)?.[0] ?? "";
    const core = rest.slice(0, rest.length - after.length);
    if (known.includes(core)) return written;
    if (isPlainName(core)) return wordsOf(core).some((one) => secretWords.has(one)) ? undefined : written;
    if (NUMBER.test(core) || DATE.test(core)) return ++numbers <= MAX_NUMBERS ? written : undefined;
    return undefined;
  }
}

/** A passphrase may be made of plain words itself: these are then not shown. */
function wordsOf(text: string): string[] {
  return text.split(/[^A-Za-z0-9]+/u).flatMap((word) => (isPlainWord(word) ? [word.toLowerCase()] : []));
}

function isPlainName(core: string): boolean {
  if (isPlainWord(core)) return true;
  const parts = core.split(JOINT);
  return parts.length <= MAX_PARTS && parts.every(isPlainWord);
}

/**
 * Text of this machine's own programs and devices (a plug-in, a token's label) as one line of at most 200
 * characters, without control and formatting characters, and without what looks like a token or a key.
 */
export function cleanText(text: string): string {
  const clean = text
    .replace(LOOKS_LIKE_JWT, "…")
    .replace(LOOKS_ENCODED, "…")
    .replace(/[\p{C}\p{Z}\s]+/gu, " ")
    .trim();
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS - 1).trimEnd()}…` : clean;
}

const LOOKS_LIKE_JWT = /\beyJ[\w-]{4,}(?:\.[\w-]*)*/gu;
const LOOKS_ENCODED = /[\w+/=-]{40,}/gu;

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
