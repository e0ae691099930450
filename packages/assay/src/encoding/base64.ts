import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD = 0x3d;

/** Character codes of the standard alphabet by value. */
const CODES = Uint8Array.from(STANDARD, (character) => character.charCodeAt(0));

// The four characters of a group are looked up in four tables whose values are already shifted to their place in
// the group's 24 bits. The bits above say what was met, so that one check after the loop is enough.
const FOREIGN = 1 << 24;
const OF_STANDARD = 1 << 25;
const OF_URL_SAFE = 1 << 26;
const FIRST = lookup(18);
const SECOND = lookup(12);
const THIRD = lookup(6);
const FOURTH = lookup(0);

function lookup(shift: number): Uint32Array {
  const table = new Uint32Array(256).fill(FOREIGN);
  for (const [value, code] of CODES.entries()) table[code] = (value << shift) | (value >= 62 ? OF_STANDARD : 0);
  table["-".charCodeAt(0)] = (62 << shift) | OF_URL_SAFE;
  table["_".charCodeAt(0)] = (63 << shift) | OF_URL_SAFE;
  return table;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Decodes base64 (RFC 4648, sections 4 and 5): the standard or the URL-safe alphabet, not both in one
 * text, with its padding or without any, as protobuf's JSON mapping has it.
 *
 * Everything else throws `code`: line breaks, blanks, foreign characters, part of a padding, data
 * after the padding, and unused bits that are not zero, so that bytes have one spelling an alphabet.
 *
 * @param text the encoded text, or its ASCII bytes: large payloads are never made a string
 * @param what names the text in the error, for example "dsseEnvelope.payload"
 */
export function decodeBase64(text: string | Uint8Array, code: ErrorCode, what: string): Uint8Array<ArrayBuffer> {
  const input = typeof text === "string" ? encoder.encode(text) : text;
  let end = input.length;
  if (end > 0 && input[end - 1] === PAD) {
    end -= input[end - 2] === PAD ? 2 : 1;
    if (input.length % 4 !== 0) refuse(code, what, "its padding does not complete a group of four characters");
  }
  const rest = end % 4;
  if (rest === 1) {
    refuseForeign(input, end, code, what);
    refuse(code, what, "it is one character short or long");
  }

  const output = new Uint8Array(Math.floor((end * 3) / 4));
  const whole = end - rest;
  let to = 0;
  let met = 0;
  for (let at = 0; at < whole; at += 4) {
    const group =
      (FIRST[input[at] ?? 0] ?? 0) |
      (SECOND[input[at + 1] ?? 0] ?? 0) |
      (THIRD[input[at + 2] ?? 0] ?? 0) |
      (FOURTH[input[at + 3] ?? 0] ?? 0);
    met |= group;
    output[to] = group >> 16;
    output[to + 1] = group >> 8;
    output[to + 2] = group;
    to += 3;
  }
  let unused = 0;
  if (rest > 0) {
    let group = (FIRST[input[whole] ?? 0] ?? 0) | (SECOND[input[whole + 1] ?? 0] ?? 0);
    if (rest === 3) group |= THIRD[input[whole + 2] ?? 0] ?? 0;
    met |= group;
    output[to++] = group >> 16;
    if (rest === 3) output[to++] = group >> 8;
    unused = group & (rest === 3 ? 0xff : 0xffff);
  }
  if ((met & FOREIGN) !== 0) refuseForeign(input, end, code, what);
  if (unused !== 0) refuse(code, what, "the unused bits of its last character are not zero");
  if ((met & OF_STANDARD) !== 0 && (met & OF_URL_SAFE) !== 0) {
    refuse(code, what, "it mixes the standard and the URL-safe alphabet");
  }
  return output;
}

/** Standard base64 with padding, as ASCII bytes. */
export function encodeBase64Bytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  const rest = bytes.length % 3;
  const whole = bytes.length - rest;
  let to = 0;
  for (let at = 0; at < whole; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    output[to] = CODES[group >> 18] ?? 0;
    output[to + 1] = CODES[(group >> 12) & 63] ?? 0;
    output[to + 2] = CODES[(group >> 6) & 63] ?? 0;
    output[to + 3] = CODES[group & 63] ?? 0;
    to += 4;
  }
  if (rest > 0) {
    const group = ((bytes[whole] ?? 0) << 16) | ((bytes[whole + 1] ?? 0) << 8);
    output[to++] = CODES[group >> 18] ?? 0;
    output[to++] = CODES[(group >> 12) & 63] ?? 0;
    output[to++] = rest === 2 ? (CODES[(group >> 6) & 63] ?? 0) : PAD;
    output[to++] = PAD;
  }
  return output;
}

/** Standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return decoder.decode(encodeBase64Bytes(bytes));
}

/** Names the first foreign character before `end`, if there is one. */
function refuseForeign(input: Uint8Array, end: number, code: ErrorCode, what: string): void {
  const at = input.findIndex((character, index) => index < end && FOURTH[character] === FOREIGN);
  if (at < 0) return;
  const byte = input[at] ?? 0;
  if (byte === PAD) refuse(code, what, `data after the padding at character ${at + 1}`);
  if (byte === 0x0a || byte === 0x0d) refuse(code, what, `a line break at character ${at + 1}`);
  if (byte === 0x20 || byte === 0x09) refuse(code, what, `a blank at character ${at + 1}`);
  const name = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`;
  refuse(code, what, `${name} at character ${at + 1} is not of the alphabet`);
}

function refuse(code: ErrorCode, what: string, why: string): never {
  throw new AssayError(code, `${what} is not base64: ${why}`);
}
