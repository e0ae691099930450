import type { TextChange } from "../../../openness/folder/identified-text.ts";
import { matchLicense } from "./match.ts";
import { nameEnds, noticesEnds } from "./notice.ts";
import { ANY_NAME, wordsOf, type LicenseTemplate, type TemplatePart } from "./template.ts";
import { titleEnds } from "./title.ts";
import type { LicenseWords } from "./words.ts";

const MAX_CHANGES = 3;
const MAX_WORDS_SHOWN = 14;
/** How far the two may drift apart before the rest is no longer compared word by word. */
const WINDOW = 400;
/** Words in a row that must agree before the two count as together again. */
const ANCHOR = 4;
/** Words that a notice or a sentence in its place can have. */
const MAX_NAME_WORDS = 60;

/** A word of the license; what SPDX marks optional may be missing and is then no change. */
interface Expected {
  readonly word: string;
  readonly isOptional: boolean;
}

/**
 * The first places where the words are not the license's, for a person who asks what was changed. Never empty for a
 * text that is not the license. Bounded work.
 */
export function describeChanges(text: LicenseWords, template: LicenseTemplate): TextChange[] {
  const changes = aligned(text, template);
  return changes.length > 0 ? changes : [firstDeparture(text, template)];
}

function aligned(text: LicenseWords, template: LicenseTemplate): TextChange[] {
  const { words } = text;
  const expected = expectedWords(template.parts, false, text.letters);
  const changes: TextChange[] = [];
  let own = 0;
  let theirs = 0;
  const start = resume(words, 0, expected, 0);
  const beginning = headLength(text, template, start[0]);
  if (start[0] > beginning) changes.push({ missing: "", added: shown(words.slice(beginning, start[0])) });
  [own, theirs] = start;
  const skippedHead = mandatory(expected.slice(0, theirs));
  if (skippedHead.length > 0) changes.push({ missing: shown(skippedHead), added: "" });
  while (changes.length < MAX_CHANGES && (theirs < expected.length || own < words.length)) {
    const wanted = expected[theirs];
    if (wanted?.word === ANY_NAME) {
      const before = own;
      [own, theirs] = behindName(words, own, expected, theirs + 1);
      const foreign = notOfName(text, before, own);
      if (foreign.length > 0) changes.push({ missing: "", added: shown(foreign) });
    } else if (own < words.length && wanted !== undefined && words[own] === wanted.word) {
      own++;
      theirs++;
    } else {
      const [nextOwn, nextTheirs] = resume(words, own, expected, theirs);
      const missing = mandatory(expected.slice(theirs, nextTheirs));
      const added = words.slice(own, nextOwn);
      if (missing.length + added.length > 0) changes.push({ missing: shown(missing), added: shown(added) });
      own = nextOwn;
      theirs = nextTheirs;
    }
  }
  return changes;
}

/** Where no way through the template continues: for changes that the alignment does not show, such as a sentence in a name. */
function firstDeparture(text: LicenseWords, template: LicenseTemplate): TextChange {
  const { furthest } = matchLicense(text, template);
  const added = text.words.slice(furthest);
  if (added.length > 0) return { missing: "", added: shown(added) };
  return { missing: shown(wordsOf(template.parts, false).slice(-MAX_WORDS_SHOWN)), added: "" };
}

function expectedWords(parts: readonly TemplatePart[], isOptional: boolean, letters: string): Expected[] {
  return parts.flatMap((part): Expected[] => {
    switch (part.kind) {
      case "text":
        return part.words.map((word) => ({ word, isOptional }));
      case "optional":
        return expectedWords(part.parts, true, letters);
      case "choice":
        return expectedWords(takenChoice(part.choices, letters), isOptional, letters);
      case "name":
      case "notices":
        return [{ word: ANY_NAME, isOptional: true }];
      case "number":
        return [];
    }
  });
}

/** The longest of the choices whose words are in the text, the first where none is. */
function takenChoice(choices: readonly (readonly TemplatePart[])[], letters: string): readonly TemplatePart[] {
  const there = choices.filter((choice) => choice.every((part) => part.kind !== "text" || letters.includes(part.letters)));
  return there.toSorted((a, b) => wordsOf(b, false).length - wordsOf(a, false).length)[0] ?? choices[0] ?? [];
}

function mandatory(expected: readonly Expected[]): string[] {
  return expected.filter(({ isOptional, word }) => !isOptional && word !== ANY_NAME).map(({ word }) => word);
}

/** Words of titles and notices that the text may begin with. */
function headLength(text: LicenseWords, template: LicenseTemplate, most: number): number {
  let length = 0;
  const found = new Set([0]);
  for (const word of found) {
    for (const end of [...titleEnds(text, word, template), ...noticesEnds(text, word)]) {
      found.add(end);
      if (end <= most) length = Math.max(length, end);
    }
    if (found.size > WINDOW) break;
  }
  return length;
}

/** A name of some words: the text continues where the next words of the license are. */
function behindName(words: readonly string[], own: number, expected: readonly Expected[], theirs: number): readonly [number, number] {
  for (let length = 0; length <= MAX_NAME_WORDS; length++) if (agrees(words, own + length, expected, theirs)) return [own + length, theirs];
  return [own, theirs];
}

/** What is neither name nor notice of the words from one place to another. */
function notOfName(text: LicenseWords, from: number, to: number): readonly string[] {
  const ends = [from, ...noticesEnds(text, from), ...nameEnds(text, from)].filter((end) => end <= to);
  return text.words.slice(Math.max(...ends), to);
}

/** The nearest places, in text and license, from which both continue alike; their ends without such places. */
function resume(words: readonly string[], own: number, expected: readonly Expected[], theirs: number): readonly [number, number] {
  for (let distance = 0; distance <= WINDOW; distance++) {
    for (let skipped = 0; skipped <= distance; skipped++) {
      if (agrees(words, own + distance - skipped, expected, theirs + skipped)) return [own + distance - skipped, theirs + skipped];
    }
  }
  return [words.length, expected.length];
}

function agrees(words: readonly string[], own: number, expected: readonly Expected[], theirs: number): boolean {
  if (own >= words.length || theirs >= expected.length) return false;
  for (let step = 0; step < ANCHOR; step++) {
    const wanted = expected[theirs + step]?.word;
    if (wanted === undefined || wanted === ANY_NAME) return step > 0;
    if (words[own + step] !== wanted) return false;
  }
  return true;
}

function shown(words: readonly string[]): string {
  return words.length <= MAX_WORDS_SHOWN ? words.join(" ") : `${words.slice(0, MAX_WORDS_SHOWN).join(" ")} …`;
}
