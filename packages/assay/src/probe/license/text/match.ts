import { leadEnds } from "./lead.ts";
import { noticesEnds, nameEnds } from "./notice.ts";
import type { LicenseTemplate, TemplatePart } from "./template.ts";
import { titleEnds } from "./title.ts";
import type { LicenseWords } from "./words.ts";

/** How far a text agrees with a template. */
export interface Match {
  /** It is the license, whole and with nothing else. */
  readonly isWhole: boolean;
  /** The word behind the longest beginning that is the license whole; 0 where none is. */
  readonly end: number;
  /** The first word that nothing of the template takes. */
  readonly furthest: number;
  /** Comparisons made; bounded by the length of the text and of the template, whatever they hold. */
  readonly steps: number;
}

/**
 * Whether the words are this license. Before its first words there may be its title and copyright notices, in any
 * order; behind its last words nothing. Follows all ways through the template at once: no way is tried twice.
 */
export function matchLicense(words: LicenseWords, template: LicenseTemplate): Match {
  const walk = new Walk(words);
  const ends = walk.through(template.parts, walk.beginnings(template));
  return { isWhole: ends.has(words.letters.length), end: walk.lastWord(ends), furthest: walk.furthestWord(), steps: walk.steps };
}

/** A hostile text could begin everywhere; a real one begins within its head. */
const MAX_POSITIONS = 2_000;

class Walk {
  readonly #words: LicenseWords;
  /** From a place in the letters to the word that begins there. */
  readonly #wordAt: ReadonlyMap<number, number>;
  #furthest = 0;
  steps = 0;

  constructor(words: LicenseWords) {
    this.#words = words;
    this.#wordAt = wordAtOf(words);
  }

  /** Where the license may begin: at the first word, or behind titles and notices. */
  beginnings(template: LicenseTemplate): Set<number> {
    const found = new Set<number>([0]);
    for (const word of found) {
      for (const end of titleEnds(this.#words, word, template)) found.add(end);
      for (const end of leadEnds(this.#words, word, template)) found.add(end);
      for (const end of noticesEnds(this.#words, word)) found.add(end);
      this.steps++;
      if (found.size > MAX_POSITIONS) break;
    }
    return new Set([...found].map((word) => this.#words.starts[word] ?? 0));
  }

  through(parts: readonly TemplatePart[], from: ReadonlySet<number>): Set<number> {
    let at = new Set(from);
    for (const part of parts) {
      at = this.#behind(part, at);
      if (at.size === 0 || at.size > MAX_POSITIONS) return new Set();
    }
    return at;
  }

  #behind(part: TemplatePart, from: ReadonlySet<number>): Set<number> {
    this.steps += from.size;
    switch (part.kind) {
      case "text":
        return this.#behindText(part.letters, from);
      case "optional":
        return new Set([...this.through(part.parts, from), ...from]);
      case "choice":
        return new Set(part.choices.flatMap((choice) => [...this.through(choice, from)]));
      case "name":
        return this.#behindWords(from, (word) => nameEnds(this.#words, word), part.placeholder);
      case "notices":
        return new Set([...from, ...this.#behindWords(from, (word) => noticesEnds(this.#words, word), "")]);
      case "number":
        return new Set([...from, ...this.#behindWords(from, (word) => numberEnds(this.#words, word), "")]);
    }
  }

  #behindText(letters: string, from: ReadonlySet<number>): Set<number> {
    const next = new Set<number>();
    for (const position of from) {
      if (this.#words.letters.startsWith(letters, position)) {
        next.add(position + letters.length);
        this.#reach(position + letters.length);
      } else this.#reach(position + commonLength(this.#words.letters, position, letters));
    }
    return next;
  }

  #behindWords(from: ReadonlySet<number>, endsOf: (word: number) => Iterable<number>, placeholder: string): Set<number> {
    const next = new Set<number>();
    for (const position of from) {
      const isPlaceholder = this.#words.letters.startsWith(placeholder, position);
      // A placeholder of blanks only may be left as it is; any other is a name of its own.
      if (isPlaceholder) next.add(position + placeholder.length);
      const word = this.#wordAt.get(position);
      if (word === undefined) continue;
      for (const end of endsOf(word)) {
        this.steps++;
        next.add(this.#words.starts[end] ?? position);
      }
    }
    for (const position of next) this.#reach(position);
    return next;
  }

  #reach(position: number): void {
    if (position > this.#furthest) this.#furthest = position;
  }

  /** The last of these places that a word begins at, or the end of the text. */
  lastWord(places: ReadonlySet<number>): number {
    const { length } = this.#words.letters;
    return Math.max(0, ...[...places].map((place) => (place === length ? this.#words.words.length : (this.#wordAt.get(place) ?? 0))));
  }

  furthestWord(): number {
    const { starts, words } = this.#words;
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= this.#furthest) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Words of a text by where they begin, made once for each text. */
const wordsByPlace = new WeakMap<LicenseWords, ReadonlyMap<number, number>>();

function wordAtOf(words: LicenseWords): ReadonlyMap<number, number> {
  let known = wordsByPlace.get(words);
  if (known === undefined) wordsByPlace.set(words, (known = new Map(words.starts.map((start, word) => [start, word]))));
  return known;
}

/** `1`, `2 1`, `b`, `iv`: numbers of clauses without point or parenthesis, of up to three parts. */
function* numberEnds({ words }: LicenseWords, from: number): Generator<number> {
  for (let word = from; word < from + 3 && /^(?:\d{1,2}|[a-z]|[ivx]{2,4})$/.test(words[word] ?? ""); word++) yield word + 1;
}

function commonLength(letters: string, from: number, other: string): number {
  let length = 0;
  while (length < other.length && letters.charCodeAt(from + length) === other.charCodeAt(length)) length++;
  return length;
}
