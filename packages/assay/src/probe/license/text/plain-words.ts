/** Letters of other scripts that look like Latin ones, for words that mix both to hide what they say. */
const LOOKALIKES: ReadonlyMap<number, number> = new Map(
  [..."аaеeоoрpсcуyхxіiјjѕsԁdһhոnνvοoαaρpτtκkιi".matchAll(/(.)(.)/gu)].map(([, other = "", latin = ""]) => [
    other.charCodeAt(0),
    latin.charCodeAt(0),
  ]),
);

/** Words in lower case with one blank between them and around all; the notices that files of source code begin with are gone. */
export function plainWords(text: string): string {
  return FILE_NOTICES.reduce((rest, notice) => rest.replaceAll(notice, " "), wordsOf(text));
}

/**
 * The words for expressions that name Latin letters only: every other letter is one that no such expression names, so
 * that the answer is the same, and V8 needs the expression for characters of one byte only. Words with characters of two
 * units stay as they are.
 */
export function latinWords(words: string): string {
  if (words === narrowed.words) return narrowed.latin;
  const latin = /[^\0-\xff]/.test(words) && !/[\ud800-\udfff]/.test(words) ? words.replace(/[^\0-\xff]/g, OTHER_LETTER) : words;
  narrowed = { words, latin };
  return latin;
}

const OTHER_LETTER = "\u00ff";
/** The same words are asked for by one search after another. */
let narrowed = { words: "", latin: "" };

/** What the Apache Software Foundation, GNU and Mozilla recommend for the head of a file: it names terms that are elsewhere. */
const FILE_NOTICES: readonly string[] = [
  " you may not use this file except in compliance with the license ",
  " unless required by applicable law or agreed to in writing software distributed under the license is distributed on an as is basis without warranties or conditions of any kind either express or implied see the license for the specific language governing permissions and limitations under the license ",
  " see the license for the specific language governing permissions and limitations under the license ",
  " is subject to the terms of the mozilla public license v 2 0 if a copy of the mpl was not distributed with this file you can obtain one at ",
  " all rights reserved ",
];

/** What a character is to words. */
const UNKNOWN = 0;
const LETTER = 1;
const NUMBER = 2;
/** Between words. */
const BETWEEN = 3;
/** Marks within a word that say nothing: apostrophes, emphasis, invisible characters. */
const DROPPED = 4;
/** Between letters it says nothing either. */
const HYPHEN = 5;

const BLANK = 0x20;
/** Letters of so many characters in a row are compared for mixed scripts, then the next ones: no word is longer. */
const MAX_WORD = 40;

/** The kinds of characters of one UTF-16 unit that were seen so far. A surrogate stays unknown: its pair decides. */
const kinds = new Uint8Array(0x1_00_00);
const kindsOfPairs = new Map<number, number>();

function kindOf(point: number): number {
  const known = point > 0xff_ff ? kindsOfPairs.get(point) : kinds[point];
  if (known !== undefined && known !== UNKNOWN) return known;
  const character = String.fromCodePoint(point);
  const kind = /['’`´*_~]|\p{Default_Ignorable_Code_Point}/u.test(character)
    ? DROPPED
    : /\p{L}/u.test(character)
      ? LETTER
      : /\p{N}/u.test(character)
        ? NUMBER
        : character === "-"
          ? HYPHEN
          : BETWEEN;
  if (point > 0xff_ff) kindsOfPairs.set(point, kind);
  else if (point < 0xd8_00 || point > 0xdf_ff) kinds[point] = kind;
  return kind;
}

/** One pass over the characters: every text of a model comes through here, and a pass for each rule takes ten times as long. */
function wordsOf(text: string): string {
  return /[^\0-\x7f]/.test(text) ? wordsOfAny(text.normalize("NFKC").toLowerCase()) : wordsOfAscii(text);
}

/** What an ASCII character becomes: the small letter or digit itself, or one of the kinds. */
const ASCII: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const kind = kindOf(code);
  return kind === LETTER ? code | 0x20 : kind === NUMBER ? code : kind;
});

/** The same for text in ASCII, nearly all there is: normalizing changes nothing, and scripts are not mixed. */
function wordsOfAscii(text: string): string {
  const bytes = new Uint8Array(roomFor(text.length + 3));
  bytes[0] = BLANK;
  let length = 1;
  let isBetween = false;
  let isBehindLetter = false;
  for (let at = 0; at < text.length; at++) {
    const byte = ASCII[text.charCodeAt(at)] ?? BETWEEN;
    if (byte > HYPHEN) {
      bytes[length++] = byte;
      isBetween = false;
      isBehindLetter = byte >= 0x61;
    } else if (byte !== DROPPED) {
      const isWithin = byte === HYPHEN && isBehindLetter && isBeforeLetter(text, at + 1);
      isBehindLetter = false;
      if (isWithin || isBetween) continue;
      bytes[length++] = BLANK;
      isBetween = true;
    }
  }
  bytes[length++] = BLANK;
  return Buffer.from(bytes.buffer, 0, length).toString("latin1");
}

/** The words of any text, which is normalized and in lower case. */
function wordsOfAny(plain: string): string {
  const units = new Uint16Array(roomFor((plain.length + 3) * 2));
  units[0] = BLANK;
  let length = 1;
  let all = 0;
  let isBetween = false;
  let isBehindLetter = false;
  let begin = length;
  let count = 0;
  let hasLatin = false;
  let hasOther = false;
  for (let at = 0; at < plain.length; at++) {
    const unit = plain.charCodeAt(at);
    let low = 0;
    let kind = kinds[unit] ?? UNKNOWN;
    if (kind === UNKNOWN) {
      const point = plain.codePointAt(at) ?? unit;
      kind = kindOf(point);
      if (point > 0xff_ff) low = plain.charCodeAt((at += 1));
    }
    if (kind === DROPPED) continue;
    if (kind === HYPHEN) kind = isBehindLetter && isBeforeLetter(plain, at + 1) ? DROPPED : BETWEEN;
    isBehindLetter = kind === LETTER;
    if (kind === DROPPED) continue;
    if (kind === BETWEEN) {
      if (hasLatin && hasOther) unmask(units, begin, length);
      if (!isBetween) units[length++] = BLANK;
      isBetween = true;
      begin = length;
      count = 0;
      hasLatin = false;
      hasOther = false;
      continue;
    }
    isBetween = false;
    if (unit >= 0x80) hasOther = true;
    else if (kind === LETTER) hasLatin = true;
    all |= unit;
    units[length++] = unit;
    if (low !== 0) units[length++] = low;
    count += 1;
    if (count === MAX_WORD) {
      if (hasLatin && hasOther) unmask(units, begin, length);
      begin = length;
      count = 0;
      hasLatin = false;
      hasOther = false;
    }
  }
  if (hasLatin && hasOther) unmask(units, begin, length);
  units[length++] = BLANK;
  return stringOf(units.subarray(0, length), all);
}

/** Replaces letters that look like Latin ones. */
function unmask(units: Uint16Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const latin = LOOKALIKES.get(units[at] ?? 0);
    if (latin !== undefined) units[at] = latin;
  }
}

function isBeforeLetter(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const point = text.codePointAt(at) ?? 0;
    const kind = kindOf(point);
    if (kind !== DROPPED) return kind === LETTER;
    if (point > 0xff_ff) at += 1;
  }
  return false;
}

/** Kept for the next text, and as large as the largest so far. */
let room = new ArrayBuffer(64 * 1024);

function roomFor(bytes: number): ArrayBuffer {
  if (bytes > room.byteLength) room = new ArrayBuffer(bytes + (bytes & 1));
  return room;
}

/** `all` has every bit that is set in a unit: text of one byte for each character is searched twice as fast. */
function stringOf(units: Uint16Array, all: number): string {
  if (all > 0xff) return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString("utf16le");
  return Buffer.from(units).toString("latin1");
}
