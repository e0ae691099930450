import type { LicenseKnowledge } from "../license/terms/open-sentences.ts";

/** A license that a sentence names. */
export interface NamedInText {
  /** SPDX's identifier, else the words of the sentence. */
  readonly name: string;
  readonly isOpen: boolean;
  /** Where it begins in the sentence. */
  readonly at: number;
}

const MAX_WORDS = 9;
const WORD = /[A-Za-z0-9](?:[A-Za-z0-9.+_-]*[A-Za-z0-9+])?/g;
/** Between the words of one name. */
const GAP = /^[\s,("'“”*_`-]{1,4}$/;
/** The name ends with such a word, or one follows: many names of licenses are also those of models and people. */
const LICENSE_WORD = /(?:^|\s)(?:licen[sc]e|agreement|terms|terms of use)$/i;
const FOLLOWED =
  /^[\s)"'”’»》*_`-]{0,4}(?:\w{1,12} ){0,1}(?:licen[sc]e|licensed|agreement|terms of use|open-?source licen[sc]e|许可|協議|协议|授权|ライセンス|라이선스|лиценз)/i;
/** Families whose names are used alone. */
const FAMILY =
  /^(?:Modified|MIT|Apache|BSD|[23]-Clause|CC|Creative Commons|[AL]?GPL|GNU|MPL|Mozilla|ODC|Open Data Commons|OpenMDW|CDLA|ISC|Unlicense|EPL|EUPL|(?:BigScience|BigCode|CreativeML)?[ -]?Open ?RAIL)/;

/** Before a name: it is not that license. */
const CHANGED =
  /\b(?:modified|changed|customi[sz]ed|adapted|amended|variant of|version of|derived from|similar to|based on|-like)[\s"'“(]{1,3}(?:the |an? )?$/i;

/** The licenses that a sentence names, longest names first, each word in one name only. */
export function licensesNamedIn(sentence: string, { find }: Pick<LicenseKnowledge, "find">): NamedInText[] {
  const words = [...sentence.matchAll(WORD)].map((match) => ({ at: match.index, end: match.index + match[0].length, word: match[0] }));
  const found: NamedInText[] = [];
  let start = 0;
  while (start < words.length) {
    const named = nameFrom(sentence, words, start, find);
    if (named === undefined) {
      start += 1;
      continue;
    }
    found.push(named.license);
    start = named.next;
  }
  return found;
}

interface Word {
  readonly at: number;
  readonly end: number;
  readonly word: string;
}

function nameFrom(
  sentence: string,
  words: readonly Word[],
  start: number,
  find: LicenseKnowledge["find"],
): { readonly license: NamedInText; readonly next: number } | undefined {
  const first = words[start];
  if (first === undefined || !/^(?:[A-Z0-9]|cc[ -]?by|mit$|apache)/.test(first.word)) return undefined;
  let last = start;
  while (last + 1 < words.length && last + 1 < start + MAX_WORDS && GAP.test(sentence.slice(words[last]?.end, words[last + 1]?.at)))
    last += 1;
  for (; last >= start; last--) {
    const end = words[last]?.end ?? first.end;
    const written = sentence.slice(first.at, end).replace(/[*_`"'“”]/g, "");
    const known = find(
      written
        .replace(/\bNon-?Commercial\b/gi, "Non Commercial")
        .replace(/\bShare-?Alike\b/gi, "Share Alike")
        .replace(/\bNo-?Deriv(?:ative)?s?\b/gi, "No Derivatives"),
    );
    if (known === undefined) continue;
    // A longer name that does not count is not the shorter one in it: a modified license is another.
    const isChanged = CHANGED.test(sentence.slice(Math.max(0, first.at - 30), first.at));
    const endsSo = LICENSE_WORD.test(written);
    if (isChanged) return undefined;
    if (!endsSo && !FAMILY.test(written) && !FOLLOWED.test(sentence.slice(end))) continue;
    const name = known.id.startsWith("LicenseRef-") ? written : known.id;
    return { license: { name, isOpen: known.isOpen, at: first.at }, next: last + 1 };
  }
  return undefined;
}
