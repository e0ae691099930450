import type { JsonRefusal } from "./json-tape.ts";
import { isUtf8 } from "./utf8.ts";

/**
 * Checks the JSON string whose first byte after the quote is at `start`: RFC 8259, section 7, and no
 * surrogate without its other half. Returns the offset of the closing quote, negative where the
 * string has escapes or characters past ASCII.
 *
 * @param view over the same bytes, to look at four at once: payloads are strings of many megabytes
 */
export function scanString(bytes: Uint8Array, view: DataView, start: number, refuse: JsonRefusal): number {
  const lastWord = bytes.length - 4;
  let at = start;
  let escaped = false;
  let foreign = false;
  for (;;) {
    while (at <= lastWord) {
      const word = view.getInt32(at);
      // Sets a byte's top bit if it is under 0x20, a quote, a backslash or past ASCII, and only then.
      const marks = (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101) | word;
      if ((marks & 0x80808080) !== 0) break;
      at += 4;
    }
    const byte = bytes[at];
    if (byte === 0x22) break;
    if (byte === undefined) return refuse("JSON_SYNTAX", start - 1, "a string is not closed: the text was cut off");
    if (byte === 0x5c) {
      at = skipEscape(bytes, at, refuse);
      escaped = true;
    } else {
      if (byte < 0x20) refuse("JSON_SYNTAX", at, "a control character in a string");
      if (byte >= 0x80) foreign = true;
      at++;
    }
  }
  if (foreign && !isUtf8(bytes, start, at)) refuse("JSON_ENCODING", start - 1, "a string is not UTF-8");
  return escaped || foreign ? -at : at;
}

/** Checks the escape at `at`, both halves of a surrogate pair at once; returns the offset after it. */
function skipEscape(bytes: Uint8Array, at: number, refuse: JsonRefusal): number {
  const kind = bytes[at + 1] ?? 0;
  if (kind !== 0x75) {
    if (kind !== 0 && '"\\/bfnrt'.includes(String.fromCharCode(kind))) return at + 2;
    refuse("JSON_SYNTAX", at, "an escape that does not exist");
  }
  const unit = codeUnit(bytes, at, refuse);
  if (unit < 0xd800 || unit > 0xdfff) return at + 6;
  const followed = unit <= 0xdbff && bytes[at + 6] === 0x5c && bytes[at + 7] === 0x75;
  const other = followed ? codeUnit(bytes, at + 6, refuse) : 0;
  if (other < 0xdc00 || other > 0xdfff) refuse("JSON_ENCODING", at, "a surrogate without its other half");
  return at + 12;
}

/** The code unit that the `\uXXXX` at `at` spells. */
function codeUnit(bytes: Uint8Array, at: number, refuse: JsonRefusal): number {
  let unit = 0;
  for (let index = at + 2; index < at + 6; index++) {
    const byte = bytes[index] ?? 0;
    const lower = byte | 0x20;
    if (byte >= 0x30 && byte <= 0x39) unit = unit * 16 + byte - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) unit = unit * 16 + lower - 0x57;
    else refuse("JSON_SYNTAX", at, "an escape without its four hexadecimal digits");
  }
  return unit;
}
