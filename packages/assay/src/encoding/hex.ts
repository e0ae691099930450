const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lowercase hexadecimal, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte];
  return text;
}

/** The value of one lowercase hexadecimal digit given as a character code, or -1. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return -1;
}

/**
 * Writes the bytes that `text` spells in lowercase hexadecimal into `target` at `offset`.
 * Upper case, odd lengths and anything else give false, and then `target` is not to be used.
 */
export function decodeHexInto(text: string, target: Uint8Array, offset: number): boolean {
  if (text.length % 2 !== 0 || offset + text.length / 2 > target.length) return false;
  for (let at = 0; at < text.length; at += 2) {
    const high = digitOf(text.charCodeAt(at));
    const low = digitOf(text.charCodeAt(at + 1));
    if (high < 0 || low < 0) return false;
    target[offset++] = high * 16 + low;
  }
  return true;
}

/** The bytes that lowercase hexadecimal `text` spells, or undefined where it is anything else. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor(text.length / 2));
  return decodeHexInto(text, bytes, 0) ? bytes : undefined;
}

/** Whether `text` is lowercase hexadecimal of exactly `bytes` bytes. */
export function isLowercaseHex(text: string, bytes: number): boolean {
  if (text.length !== bytes * 2) return false;
  for (let at = 0; at < text.length; at++) {
    if (digitOf(text.charCodeAt(at)) < 0) return false;
  }
  return true;
}
