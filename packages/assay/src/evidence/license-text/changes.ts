import { ANY_NAME, LONGEST_NAME, titleLength, type LicenseTemplate } from "./template.ts";

/** One place where a text departs from a license; either side may be empty. */
export interface TextChange {
  /** Words of the license that the text lacks. */
  readonly missing: string;
  /** Words of the text that the license lacks. */
  readonly added: string;
}

const MOST_CHANGES = 3;
const MOST_WORDS_SHOWN = 14;
/** How far the two may drift apart before the rest is no longer compared word by word. */
const WINDOW = 400;
/** Words in a row that must agree before the two count as together again. */
const ANCHOR = 4;

/** The first places where the words are not the license's: for a person who asks what was changed. Bounded work. */
export function describeChanges(words: readonly string[], template: LicenseTemplate): TextChange[] {
  const changes: TextChange[] = [];
  const pattern = [...template.body, ...template.tail];
  let [own, theirs] = beginning(words, template);
  const title = titleLength(words, template);
  if (own > title) changes.push({ missing: "", added: shown(words.slice(title, own)) });
  while (changes.length < MOST_CHANGES && (theirs < template.body.length || own < words.length)) {
    if (pattern[theirs] === ANY_NAME) {
      [own, theirs] = behindName(words, own, pattern, theirs + 1);
    } else if (own < words.length && words[own] === pattern[theirs]) {
      own++;
      theirs++;
    } else {
      const [nextOwn, nextTheirs] = resume(words, own, pattern, theirs);
      const missing = pattern.slice(theirs, Math.min(nextTheirs, template.body.length));
      const added = words.slice(own, nextOwn);
      if (missing.length + added.length > 0) changes.push({ missing: shown(missing), added: shown(added) });
      own = nextOwn;
      theirs = nextTheirs;
    }
  }
  return changes;
}

/** Where the text and the license first run together, behind a title and what a publisher says before the license. */
function beginning(words: readonly string[], { head, body }: LicenseTemplate): readonly [number, number] {
  const start = [...head, ...body];
  const [own, theirs] = resume(words, 0, start, 0);
  if (theirs >= head.length) return theirs === head.length ? [own, 0] : [0, 0];
  const [behindHead] = resume(words, own, body, 0);
  return [behindHead, 0];
}

/** A name of another length than the template's `*`: the text goes on where the next words of the license are. */
function behindName(words: readonly string[], own: number, body: readonly string[], theirs: number): readonly [number, number] {
  for (let length = 1; length <= LONGEST_NAME; length++) if (agrees(words, own + length, body, theirs)) return [own + length, theirs];
  return [Math.min(own + 1, words.length), theirs];
}

/** The nearest places, in text and license, from which both go on alike; their ends where there are none. */
function resume(words: readonly string[], own: number, body: readonly string[], theirs: number): readonly [number, number] {
  for (let distance = 0; distance <= WINDOW; distance++) {
    for (let skipped = 0; skipped <= distance; skipped++) {
      if (agrees(words, own + distance - skipped, body, theirs + skipped)) return [own + distance - skipped, theirs + skipped];
    }
  }
  return [words.length, body.length];
}

function agrees(words: readonly string[], own: number, body: readonly string[], theirs: number): boolean {
  if (own >= words.length || theirs >= body.length) return false;
  for (let step = 0; step < ANCHOR; step++) {
    if (theirs + step >= body.length) return step > 0;
    if (body[theirs + step] === ANY_NAME) return step > 0;
    if (words[own + step] !== body[theirs + step]) return false;
  }
  return true;
}

function shown(words: readonly string[]): string {
  return words.length <= MOST_WORDS_SHOWN ? words.join(" ") : `${words.slice(0, MOST_WORDS_SHOWN).join(" ")} …`;
}
