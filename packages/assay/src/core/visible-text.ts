/**
 * Everything that is not understood as visible text: what prints is a letter, mark, number, punctuation, symbol
 * or plain space of an assigned code point. So controls, format and tag characters, private use, unassigned code
 * points, surrogates and other blanks are escaped. Of those classes, what shows no glyph is escaped as well:
 * default-ignorable code points (fillers, variation selectors), blanks that Unicode calls a symbol or mark, a mark
 * with no letter or number to sit on, and marks beyond the eighth, which would cover other lines.
 *
 * A function, because these classes take a millisecond to build and most runs never need them.
 */
export function unprintable(): RegExp {
  return /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}|[\u2800\u{1d159}\u2d7f\u{1107f}\u{16fe4}]|(?<![\p{L}\p{M}\p{N}])\p{M}|(?<=\p{M}{8})\p{M}/gu;
}

/** Nearly every text is of these alone. */
const PLAIN = /^[ -~…✔✘]*$/;

/** Text of unknown origin, on one line, with whatever a reader would not see written as `\u202e`. */
export function visibleText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unprintable(), escapeCharacter);
}

/** Whether a text holds anything that a reader cannot see. */
export function isUnprintable(text: string): boolean {
  return !PLAIN.test(text) && unprintable().test(text);
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
