import { plainLicenseText } from "./plain-text.ts";

/**
 * A license's text as the words that count, by the SPDX matching guidelines (SPDX 3.0, annex B): what two texts may
 * differ in and still be the same license is gone. White space, capitals, punctuation, quotes and dashes (B.3 to B.5),
 * comment signs (B.6), bullets and numbers of clauses (B.7), spelling (B.8), the copyright sign (B.9), http or https
 * (B.13). The same function reads the templates and the texts.
 *
 * Texts are compared by `letters`, the words without anything between them: so a dash, a hyphen at a line's end and a
 * line break within Chinese make no difference. Names are looked for by words, and their form is kept beside them.
 */
export interface LicenseWords {
  /** Lower case. Letters, digits and signs that mean something. */
  readonly words: readonly string[];
  /** As they were written. */
  readonly written: readonly string[];
  /** What is between a word and the one before it: white space and punctuation, dropped numbers of clauses. */
  readonly gaps: readonly string[];
  readonly letters: string;
  /** Where each word begins in `letters`; one more at the end, for its length. */
  readonly starts: readonly number[];
}

const MAX_GAP = 40;

/** `text` may be anything; linear in its length. */
export function licenseWords(text: string): LicenseWords {
  const plain = plainLicenseText(text).replace(/https?:\/\//gi, " ");
  const words: string[] = [];
  const written: string[] = [];
  const gaps: string[] = [];
  const starts: number[] = [];
  let length = 0;
  let end = 0;
  for (const { 0: chunk, index } of plain.matchAll(/\S+/g)) {
    if (isNumber(chunk) && !isSpacedAbbreviation(plain, index)) continue;
    for (const { 0: word, index: within } of chunk.replace(NUMBER_WITHIN, blanks).matchAll(WORD)) {
      const lower = word === "&" ? "and" : word.toLowerCase();
      const spelled = SPELLINGS.get(lower) ?? lower;
      words.push(spelled);
      written.push(word);
      gaps.push(plain.slice(end, index + within).slice(-MAX_GAP));
      starts.push(length);
      length += spelled.length;
      end = index + within + word.length;
    }
  }
  starts.push(length);
  return { words, written, gaps, starts, letters: words.join("") };
}

/**
 * Letters, digits and their marks; and any sign but those of writing and layout, for an emoji or a mathematical sign
 * can say "not".
 */
const WORD = /[\p{L}\p{N}\p{M}]+|&|[^\s\p{L}\p{N}\p{M}\p{P}\p{Cc}<>=+|^~$`´¨¯¸©®™°•·−˗◦▪▫■□●○►▶‣\u2500-\u259f]/gu;

/** `1.`, `(a)`, `iv)`, `2.1.`, `**3.**`: the number of a clause, wherever the lines were broken. */
function isNumber(chunk: string): boolean {
  return chunk.length <= MAX_NUMBER && NUMBER.test(chunk.replace(/^[*_`>#|-]+|[*_`|:-]+$/g, ""));
}

/** `N. C.` is two letters of an abbreviation, which can limit; `J. R. Tolkien` begins with initials, and clauses have one letter each. */
function isSpacedAbbreviation(plain: string, index: number): boolean {
  const around = plain.slice(Math.max(0, index - MAX_ABBREVIATION), index + MAX_ABBREVIATION);
  const at = index - Math.max(0, index - MAX_ABBREVIATION);
  for (const { 0: letters, index: from } of around.matchAll(SPACED_LETTERS)) {
    if (from <= at && at < from + letters.length) return !BEGINS_WITH_A_NAME.test(around.slice(from + letters.length));
  }
  return false;
}

const MAX_ABBREVIATION = 40;
const SPACED_LETTERS = /(?<![^\s,(])\p{L}\.(?:[ \t]+\p{L}\.)+(?![^\s,);])/gu;
const BEGINS_WITH_A_NAME = /^[ \t]+\p{Lu}\p{Ll}/u;

/** `(a)`, also behind another: in `2(a)(4)` a line may break before it or not. */
const NUMBER_WITHIN = /\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)/gi;

function blanks(number: string): string {
  return " ".repeat(number.length);
}

const MAX_NUMBER = 16;
const NUMBER = /^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.)$/i;

/** SPDX's list of spellings that are the same word, as far as licenses use them. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["licence", "license"],
  ["licences", "licenses"],
  ["licenced", "licensed"],
  ["sublicence", "sublicense"],
  ["acknowledgement", "acknowledgment"],
  ["analogue", "analog"],
  ["analyse", "analyze"],
  ["artefact", "artifact"],
  ["authorisation", "authorization"],
  ["authorised", "authorized"],
  ["behaviour", "behavior"],
  ["cancelled", "canceled"],
  ["catalogue", "catalog"],
  ["centre", "center"],
  ["customise", "customize"],
  ["defence", "defense"],
  ["favour", "favor"],
  ["favourite", "favorite"],
  ["fulfil", "fulfill"],
  ["fulfilment", "fulfillment"],
  ["initialise", "initialize"],
  ["judgement", "judgment"],
  ["labelling", "labeling"],
  ["labour", "labor"],
  ["merchantibility", "merchantability"],
  ["modelling", "modeling"],
  ["offence", "offense"],
  ["optimise", "optimize"],
  ["organisation", "organization"],
  ["organise", "organize"],
  ["owner", "holder"],
  ["owners", "holders"],
  ["practise", "practice"],
  ["programme", "program"],
  ["realise", "realize"],
  ["recognise", "recognize"],
  ["signalling", "signaling"],
  ["utilisation", "utilization"],
  ["whilst", "while"],
  ["wilful", "willful"],
]);
