/**
 * A license's text as the words that count, by the SPDX matching guidelines (SPDX 3.0, annex B): what
 * two texts may differ in and still be the same license is gone. White space, capitals, punctuation, quotes
 * and dashes (B.3 to B.5), comment signs (B.6), bullets and numbers (B.7), spelling (B.8), the
 * copyright sign and notices (B.9, B.10), http or https (B.13).
 *
 * What comes out is `[a-z0-9]` and letters of other scripts only, so that a template can use `*`, `<` and `>` as signs.
 */
export function licenseWords(text: string): string[] {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    // What nobody sees must not break up a word that forbids.
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-")
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map(withoutLineSigns)
    .filter((line) => !isCopyrightNotice(line))
    .join("\n")
    .replace(
      /<\/?[a-z][a-z0-9]{0,10}(?: {1,4}(?:href|class|id|name|align|style|rel|target)=["']?[^\s<>"']{0,200}["']?){0,4} ?\/?>/g,
      keepPlaceholder,
    )
    .replace(/https?:\/\//g, " ")
    // A word that was broken at a line's end, or is written with and without its dash.
    .replace(/([\p{L}\p{N}])-(?:[ \t]*\n)?[ \t]*(?=[\p{L}\p{N}])/gu, "$1");
  const words: string[] = [];
  for (const [chunk] of plain.matchAll(/\S+/g)) {
    if (BULLET.test(chunk)) continue;
    for (const [word] of chunk.replaceAll(/['’`´]/g, "").matchAll(/[\p{L}\p{N}]+/gu)) words.push(SPELLINGS.get(word) ?? word);
  }
  return withoutReservation(words);
}

/** `1.`, `(a)`, `iv)`, `2.1.`: a number before a clause, wherever the lines were broken. */
const BULLET = /^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.)$/;

/** Comment signs, Markdown's headings and quotes, bullets: at the start of a line. Linear, whatever the line is full of. */
function withoutLineSigns(line: string): string {
  return line
    .trimEnd()
    .replace(/^[ \t]*(?:(?:\/\*+|\*+\/?|\/\/+|#+|;+|--+|>+|[-•·‣▪]|={3,})[ \t]*)+/, "")
    .replace(/(?<!\*)\*+\/$/, "");
}

/** HTML is dropped, with no attribute that could hold a sentence; `<owner>` and its like in a template are not HTML. */
function keepPlaceholder(tag: string): string {
  return /^<\/?(?:a|b|i|p|br|hr|em|h[1-6]|li|ol|ul|div|span|strong|center|code|pre|sup|sub|table|tr|td|th|tbody|u)\b/.test(tag) ? " " : tag;
}

const NOTICE = /^\W*(?:(?:portions )?copyright\b.*(?:\bc\)|©|\b(?:19|20)\d\d\b|[<[{])|\(c\)|©)/;
const LONGEST_NOTICE = 30;
/** Words that grant or forbid: a line that holds one is not a mere notice, whatever it begins with. */
const SAYS_MORE =
  /\b(?:may|must|shall|can|cannot|not|no|only|solely|exclusively|purposes?|use[ds]?|using|(?:non)?commercial\w*|permi\w+|prohibit\w*|forbid\w*|ban|banned|allow\w*|disallow\w*|exclu\w*|except\w*|without|subject|requir\w+|terminat\w+|revo[ck]\w+|royalt\w+|fees?|pay\w*|licen[sc]e[ds]?|provided|unless|condition\w*|restrict\w*|agree\w*|grant\w*)\b/;

/** Whether a word grants or forbids something, so that it is part of no name. */
export function isLegalWord(word: string): boolean {
  return SAYS_MORE.test(word);
}

/** Latin letters and others that look like them in one word, which hides what the word is. */
const MIXED_LETTERS = /[a-z][\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][a-z]/u;

/** A copyright notice says who and when; one that says anything else besides stays, and makes the text another one. */
function isCopyrightNotice(line: string): boolean {
  return NOTICE.test(line) && !SAYS_MORE.test(line) && !MIXED_LETTERS.test(line) && line.split(/\s+/).length <= LONGEST_NOTICE;
}

function withoutReservation(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    if (words[at] === "all" && words[at + 1] === "rights" && words[at + 2] === "reserved") at += 2;
    else kept.push(words[at] ?? "");
  }
  return kept;
}

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
