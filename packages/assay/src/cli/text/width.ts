import { eastAsianWidth } from "get-east-asian-width";

/** Nearly every text: letters below U+0300, and the signs of reports, one column each. */
const NARROW = /^[\x20-\x7e\xa0-\u02ff–…✔✘]*$/;
/** Vowels and final consonants of Hangul, which join the syllable before them. */
const JOINING_JAMO = /^[\u1160-\u11ff\ud7b0-\ud7ff]$/;

// Made when first needed, for they cost some ten milliseconds: most output is narrow.
let segmenter: Intl.Segmenter | undefined;
let emoji: RegExp | undefined;
let mark: RegExp | undefined;

/** How many columns of a terminal a text takes that holds nothing unprintable (escape it first): Unicode Annexes 11 and 29. */
export function textWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** What a reader takes for one character each: a letter with its marks, a flag of two indicators. */
export function graphemes(text: string): string[] {
  if (NARROW.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Shortens a text to `width` columns, keeping both ends: a file's name tells most at its end. */
export function elideMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 1) return "…".slice(0, Math.max(0, width));
  const characters = graphemes(text);
  const tailColumns = Math.ceil((width - 1) / 2);
  const tail = takeColumns(characters.toReversed(), tailColumns).toReversed();
  const head = takeColumns(characters, width - 1 - tailColumns);
  return `${head.join("")}…${tail.join("")}`;
}

function takeColumns(characters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += graphemeWidth(character);
    if (used > columns) break;
    taken.push(character);
  }
  return taken;
}

function graphemeWidth(grapheme: string): number {
  emoji ??= /^\p{RGI_Emoji}$/v;
  if (emoji.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  mark ??= /^\p{M}$/u;
  if (mark.test(character) || JOINING_JAMO.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
