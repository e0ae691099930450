import { encodeUtf8Into } from "./utf8.ts";

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const NO_DIGIT = 255;
/** Values of lowercase hexadecimal digits by character code. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = "0123456789abcdef".indexOf(String.fromCharCode(code));
  return value < 0 ? NO_DIGIT : value;
});

/** Lowercase hexadecimal, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

/** Room for the text of any digest, three bytes a character. */
const scratch = new Uint8Array(1024);

/**
 * Writes the bytes that `text` spells in lowercase hexadecimal, at most 340 digits, to `target` at
 * `offset`. False, and then `target` is not to be used, for upper case and anything else, and where it
 * is not exactly `length` bytes.
 */
export function decodeHexInto(text: string, length: number, target: Uint8Array, offset: number): boolean {
  if (text.length !== 2 * length) return false;
  // A text cut from a larger one is slow to look into character by character.
  encodeUtf8Into(text, scratch);
  let all = 0;
  for (let from = 0; from < text.length; from += 2) {
    // The first character past ASCII has a byte at its own place, which is not a digit.
    const high = DIGITS[scratch[from] ?? 0] ?? NO_DIGIT;
    const low = DIGITS[scratch[from + 1] ?? 0] ?? NO_DIGIT;
    all |= high | low;
    target[offset++] = (high << 4) | low;
  }
  return all < 16;
}
