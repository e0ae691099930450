import { AssayError, type AssayErrorOptions } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";

const encoder = new TextEncoder();
// `ignoreBOM` keeps U+FEFF as a character: a mark at the start must be seen and refused, not swallowed.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 of `text`. A lone surrogate would become U+FFFD: callers that take foreign text check `isWellFormed()`. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Writes the UTF-8 of `text` to the start of `target`, which has room for it; returns how many bytes that were. */
export function encodeUtf8Into(text: string, target: Uint8Array): number {
  return encoder.encodeInto(text, target).written;
}

/**
 * The text that `bytes` spell in UTF-8 (RFC 3629). Overlong forms, surrogates and truncated
 * sequences throw `code`; a byte order mark is an ordinary character of the result.
 */
export function decodeUtf8(bytes: Uint8Array, code: ErrorCode, what: string, options?: AssayErrorOptions): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new AssayError(code, `${what} is not valid UTF-8`, { cause, ...options });
  }
}

/** Whether `bytes` from `start` up to `end` are well-formed UTF-8: Unicode standard, table 3-7. */
export function isUtf8(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  let at = start;
  while (at < end) {
    const lead = bytes[at++] ?? 0;
    if (lead < 0x80) continue;
    let continuations: number;
    // The range of the second byte shuts out overlong forms, surrogates and code points past U+10FFFF.
    let low = 0x80;
    let high = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
      continuations = 1;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      continuations = 2;
      if (lead === 0xe0) low = 0xa0;
      if (lead === 0xed) high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      continuations = 3;
      if (lead === 0xf0) low = 0x90;
      if (lead === 0xf4) high = 0x8f;
    } else {
      return false;
    }
    if (at + continuations > end) return false;
    for (; continuations > 0; continuations--) {
      const byte = bytes[at++] ?? 0;
      if (byte < low || byte > high) return false;
      low = 0x80;
      high = 0xbf;
    }
  }
  return true;
}
