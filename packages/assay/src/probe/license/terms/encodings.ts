/** Ways of reading bytes whose encoding is not declared. */
export interface WideReadings {
  readonly readings: readonly string[];
  /** No other encoding can be meant: a byte order mark says so, or the NULs of wide letters. */
  readonly isCertain: boolean;
}

const SAMPLE = 4096;

/**
 * What the bytes say in UTF-16 and UTF-32. Without a byte order mark both orders are tried, and one counts where nearly
 * all of its characters are of scripts in use and some separate words or sentences. Linear; never throws.
 */
export function wideReadings(bytes: Uint8Array): WideReadings {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0) return certain(utf32(bytes.subarray(4), true));
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return certain(utf32(bytes.subarray(4), false));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return certain(utf16(bytes, "utf-16le"));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return certain(utf16(bytes, "utf-16be"));
  const sample = bytes.subarray(0, SAMPLE);
  for (const isLittle of [true, false]) {
    if (isWriting(utf32(sample, isLittle))) return certain(utf32(bytes, isLittle));
  }
  const readings = (["utf-16le", "utf-16be"] as const)
    .filter((encoding) => isWriting(utf16(sample, encoding)))
    .map((encoding) => utf16(bytes, encoding));
  // ASCII text has no NUL: with some in it, and words in one order, it is that one.
  return { readings, isCertain: readings.length > 0 && sample.includes(0) };
}

function certain(reading: string): WideReadings {
  return { readings: [reading], isCertain: true };
}

function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): string {
  // A character may be cut off at the end.
  return new TextDecoder(encoding).decode(bytes.subarray(0, bytes.length & ~1));
}

/** Empty where the bytes are not UTF-32: a character has no more than 21 bits. */
function utf32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, isLittle);
    if (code > 0x10_ff_ff) return "";
    pieces.push(code >= 0xd8_00 && code <= 0xdf_ff ? "\uFFFD" : String.fromCodePoint(code));
  }
  return pieces.join("");
}

/** Characters of scripts in use: bytes of another kind, read in pairs, are of all others, too. */
const IN_USE =
  /[\t\n\r\u0020-\u007e\u00a0-\u024f\u0370-\u052f\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u203a\u20ac\u2122\u2190-\u2193\u2460-\u2473\u3000-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\uff00-\uffe6]/g;
/** What separates words, lines and sentences. */
const SEPARATING = /[\t\n\r \u3000-\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff08\uff09\u060c\u06d4\u0964]/g;
const MIN_IN_USE = 0.95;
const MIN_SEPARATING = 1 / 60;

function isWriting(sample: string): boolean {
  if (sample.length < 4) return false;
  const inUse = sample.match(IN_USE)?.length ?? 0;
  return inUse >= sample.length * MIN_IN_USE && (sample.match(SEPARATING)?.length ?? 0) >= sample.length * MIN_SEPARATING;
}

/** Encodings of two bytes a character, which most other bytes are invalid in, and those of one. */
const OF_TWO_BYTES = ["gb18030", "shift_jis", "euc-jp", "euc-kr", "big5"];
const OF_ONE_BYTE = ["windows-1251", "koi8-r", "windows-1252"];

/**
 * What the bytes say in encodings older than Unicode, in all that make sense: which one is meant, its words tell.
 * `isWithinLatin`: most of the text is ASCII, so that few letters of another script prove nothing. Linear; never throws.
 */
export function legacyReadings(bytes: Uint8Array, isWithinLatin: boolean): readonly string[] {
  const ofTwo = OF_TWO_BYTES.map((encoding) => new TextDecoder(encoding).decode(bytes)).filter(
    (reading) => isValid(reading) && (isWithinLatin || lettersIn(reading) > MIN_LETTERS_OF_TWO),
  );
  const ofOne = OF_ONE_BYTE.slice(0, isWithinLatin ? 2 : 3)
    .map((encoding) => new TextDecoder(encoding).decode(bytes))
    .filter((reading) => isWithinLatin || lettersIn(reading) > MIN_LETTERS_OF_ONE);
  return [...ofTwo, ...ofOne];
}

const MIN_LETTERS_OF_TWO = 0.6;
/** Random bytes read as any encoding of one byte have few letters in a row. */
const MIN_LETTERS_OF_ONE = 0.7;
const MAX_INVALID = 0.01;

function isValid(reading: string): boolean {
  return (reading.match(/\uFFFD/g)?.length ?? 0) <= Math.max(1, reading.length * MAX_INVALID);
}

/** The part of a text that is letters: two in a row, or one of a script without blanks. */
function lettersIn(reading: string): number {
  const part = reading.slice(0, SAMPLE);
  const runs = part.match(/\p{L}{2,}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu) ?? [];
  return runs.reduce((sum, { length }) => sum + length, 0) / Math.max(1, part.length);
}
