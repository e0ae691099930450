type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();

/** The decoder of an encoding, for whole texts: it is made once, since making one takes longer than decoding a short text. */
export function decoderFor(encoding: string): Decoder {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) decoders.set(encoding, (decoder = new TextDecoder(encoding)));
  return decoder;
}

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
  if (isPlainAscii(sample)) return { readings: [], isCertain: false };
  for (const isLittle of [true, false]) {
    if (isWriting(utf32(sample, isLittle))) return certain(utf32(bytes, isLittle));
  }
  const readings = (["utf-16le", "utf-16be"] as const)
    .filter((encoding) => isWriting(utf16(sample, encoding)))
    .map((encoding) => utf16(bytes, encoding));
  // ASCII text has no NUL: with some in it, and words in one order, it is that one.
  return { readings, isCertain: readings.length > 0 && sample.includes(0) };
}

/**
 * Whether a wide encoding is out of the question: two bytes of printable ASCII and line ends do not make a character
 * that separates words, and four of them are more than a character has. Only U+0964 is, a tab beside a `d`.
 */
function isPlainAscii(sample: Uint8Array): boolean {
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    if ((byte < 32 && byte !== 10 && byte !== 13) || byte > 126) return false;
  }
  return true;
}

function certain(reading: string): WideReadings {
  return { readings: [reading], isCertain: true };
}

function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): string {
  // A character may be cut off at the end.
  return decoderFor(encoding).decode(bytes.subarray(0, bytes.length & ~1));
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
const isInUse = table([
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0x7e],
  [0xa0, 0x024f],
  [0x0370, 0x052f],
  [0x0590, 0x06ff],
  [0x0900, 0x097f],
  [0x0e00, 0x0e7f],
  [0x1e00, 0x1eff],
  [0x2010, 0x203a],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2190, 0x2193],
  [0x2460, 0x2473],
  [0x3000, 0x30ff],
  [0x4e00, 0x9fa5],
  [0xac00, 0xd7a3],
  [0xff00, 0xffe6],
]);
/** What separates words, lines and sentences. */
const isSeparating = table(
  [0x09, 0x0a, 0x0d, 0x20, 0x3000, 0x3001, 0x3002, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff01, 0xff08, 0xff09, 0x060c, 0x06d4, 0x0964].map(
    (unit) => [unit, unit] as const,
  ),
);
const MIN_IN_USE = 0.95;
const MIN_SEPARATING = 1 / 60;

/** Every text is asked this, so that each character costs one look. */
function isWriting(sample: string): boolean {
  if (sample.length < 4) return false;
  let [inUse, separating] = [0, 0];
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at);
    inUse += isInUse[code] ?? 0;
    separating += isSeparating[code] ?? 0;
  }
  return inUse >= sample.length * MIN_IN_USE && separating >= sample.length * MIN_SEPARATING;
}

/** 1 at each UTF-16 code unit that is in one of the ranges, first and last of each included. */
function table(ranges: readonly (readonly [number, number])[]): Uint8Array {
  const units = new Uint8Array(0x1_00_00);
  for (const [first, last] of ranges) units.fill(1, first, last + 1);
  return units;
}

/** Encodings of two bytes a character, which most other bytes are invalid in, and those of one. */
const OF_TWO_BYTES = ["gb18030", "shift_jis", "euc-jp", "euc-kr", "big5"];
const OF_ONE_BYTE = ["windows-1251", "koi8-r", "windows-1252"];

/**
 * What the bytes say in encodings older than Unicode, in all that make sense: which one is meant, its words tell.
 * `isWithinLatin`: most of the text is ASCII, so that few letters of another script prove nothing. Linear; never throws.
 */
export function legacyReadings(bytes: Uint8Array, isWithinLatin: boolean): readonly string[] {
  const ofTwo = OF_TWO_BYTES.map((encoding) => decoderFor(encoding).decode(bytes)).filter(
    (reading) => isValid(reading) && (isWithinLatin || lettersIn(reading) > MIN_LETTERS_OF_TWO),
  );
  const ofOne = OF_ONE_BYTE.slice(0, isWithinLatin ? 2 : 3)
    .map((encoding) => decoderFor(encoding).decode(bytes))
    .filter((reading) => isWithinLatin || lettersIn(reading) > MIN_LETTERS_OF_ONE);
  return [...ofTwo, ...ofOne];
}

const MIN_LETTERS_OF_TWO = 0.6;
/** Random bytes read as any encoding of one byte have few letters in a row. */
const MIN_LETTERS_OF_ONE = 0.7;
const MAX_INVALID = 0.01;

function isValid(reading: string): boolean {
  let left = Math.floor(Math.max(1, reading.length * MAX_INVALID));
  for (let at = reading.indexOf(INVALID); at !== -1; at = reading.indexOf(INVALID, at + 1)) {
    left -= 1;
    if (left < 0) return false;
  }
  return true;
}

const INVALID = "\uFFFD";

/** The part of a text that is letters: two in a row, or one of a script without blanks. */
function lettersIn(reading: string): number {
  const part = reading.slice(0, SAMPLE);
  return (part.length - part.replace(LETTERS, "").length) / Math.max(1, part.length);
}

const LETTERS = /\p{L}{2,}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
