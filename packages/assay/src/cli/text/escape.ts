import { isUnprintable, unprintable, visibleText } from "../../core/visible-text.ts";

export { isUnprintable };

const NEEDS_QUOTES = /^$|^["\s]|\s$/u;

/** Text of unknown origin (a message, a hint, a subject) made safe for a terminal, on one line. */
export const escapeText = visibleText;

/** The same of text that has lines, which stay. */
export function escapeLines(text: string): string {
  return text.split("\n").map(escapeText).join("\n");
}

/**
 * A name from a model, bundle or certificate, made safe for a terminal. A plain name stays as it is;
 * one that holds something unprintable is put in double quotes, with its own quotes and backslashes
 * escaped, so that two different names never print the same.
 */
export function escapeName(name: string): string {
  if (!isUnprintable(name) && !NEEDS_QUOTES.test(name)) return name;
  return `"${escapeText(name.replace(/["\\]/g, "\\$&"))}"`;
}

/** JSON text whose strings print harmlessly: the same value, with the dangerous characters written as `\uXXXX`. */
export function escapeJson(json: string): string {
  return json.replace(unprintable(), (character) => (character === "\n" ? character : utf16Escape(character)));
}

function utf16Escape(character: string): string {
  let escaped = "";
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}
