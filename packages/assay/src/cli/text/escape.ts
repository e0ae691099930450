/**
 * Everything that is not understood as visible text: what prints is a letter, mark, number, punctuation, symbol
 * or plain space of an assigned code point. So controls, format and tag characters, private use, unassigned code
 * points, surrogates and other blanks are escaped. Of those classes, what shows no glyph is escaped as well:
 * default-ignorable code points (fillers, variation selectors), blanks that Unicode calls a symbol or mark, a mark
 * with no letter or number to sit on, and marks beyond the eighth, which would cover other lines.
 *
 * A function, because these classes take a millisecond to build and most runs never need them.
 */
function unprintable(): RegExp {
  return /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}|[\u2800\u{1d159}\u2d7f\u{1107f}\u{16fe4}]|(?<![\p{L}\p{M}\p{N}])\p{M}|(?<=\p{M}{8})\p{M}/gu;
}

/** Nearly every text is of these alone. */
const PLAIN = /^[ -~…✔✘]*$/;
const NEEDS_QUOTES = /^$|^["\s]|\s$/u;

/** Text of unknown origin (a message, a hint, a subject) made safe for a terminal, on one line. */
export function escapeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unprintable(), escapeCharacter);
}

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

/** Whether a text holds anything that a terminal must not get, or that a reader cannot see. */
export function isUnprintable(text: string): boolean {
  return !PLAIN.test(text) && unprintable().test(text);
}

/** JSON text whose strings print harmlessly: the same value, with the dangerous characters written as `\uXXXX`. */
export function escapeJson(json: string): string {
  return json.replace(unprintable(), (character) => (character === "\n" ? character : utf16Escape(character)));
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  switch (code) {
    case 0x09:
      return "\\t";
    case 0x0a:
      return "\\n";
    case 0x0d:
      return "\\r";
    default:
      if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
      if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
      return `\\u{${code.toString(16)}}`;
  }
}

function utf16Escape(character: string): string {
  let escaped = "";
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}
