import { nameEnds } from "../text/notice.ts";
import { ANY_NAME, wordsOf, type TemplatePart } from "../text/template.ts";
import { licenseTexts, type PackedTemplate } from "../text/texts.ts";
import { licenseWords, type LicenseWords } from "../text/words.ts";

/** What the catalog says of licenses. */
export interface LicenseKnowledge {
  /** Whether a license of this identifier is open. */
  isOpen(id: string): boolean;
  /** Whether a name, as a text writes it over itself, is that of a known license that is not open. */
  isClosedName(name: string): boolean;
  /** The license that a name, as people write it, is the name of; undefined for an unknown one. */
  find(name: string): { readonly id: string; readonly isOpen: boolean } | undefined;
}

/** A shorter piece beside a name is in many texts, and proves nothing. */
const MIN_PIECE = 3;

/**
 * Tells sentences of open licenses from others: a README with MIT's text in it, or code under BSD's notice, holds
 * no terms but those. A sentence counts only whole, word for word; where the license has a place for a name, a name.
 */
export class OpenSentences {
  readonly #knowledge: LicenseKnowledge;
  #texts: OpenTexts | undefined;
  readonly #known = new Map<string, boolean>();

  constructor(knowledge: LicenseKnowledge) {
    this.#knowledge = knowledge;
  }

  /** Whether a text that calls itself so is by its name one that is not open. */
  isClosedName(title: string): boolean {
    return this.#knowledge.isClosedName(title);
  }

  /** Whether a text that calls itself so is by its name an open license. */
  isOpenName(title: string): boolean {
    return this.#knowledge.isOpen(title);
  }

  has(sentence: string): boolean {
    const text = licenseWords(sentence);
    const { words } = text;
    if (words.length < MIN_PIECE) return false;
    const joined = words.join(" ");
    const known = this.#known.get(joined);
    if (known !== undefined) return known;
    const open = this.#open();
    const found = open.wholes.some((whole) => whole.includes(` ${joined} `)) || holdsWithName(open.gaps, text);
    this.#known.set(joined, found);
    return found;
  }

  #open(): OpenTexts {
    if (this.#texts !== undefined) return this.#texts;
    const texts = licenseTexts()
      .filter(({ ids }) => ids.some((id) => this.#knowledge.isOpen(id)))
      .flatMap(openTexts);
    const gaps = new Gaps();
    for (const { parts } of texts) gaps.add(parts);
    return (this.#texts = { wholes: texts.map(({ whole }) => whole), gaps });
  }
}

const written = new WeakMap<PackedTemplate, readonly OpenText[]>();

/** Every wording of a shipped text, put together once for all folders: there are hundreds. */
function openTexts(packed: PackedTemplate): readonly OpenText[] {
  const known = written.get(packed);
  if (known !== undefined) return known;
  const texts = wordings(packed.unpack().parts).map((words) => {
    const whole = ` ${words.join(" ")} `;
    return { whole, parts: words.includes(ANY_NAME) ? whole.split(` ${ANY_NAME} `) : [] };
  });
  written.set(packed, texts);
  return texts;
}

interface OpenText {
  /** Its words with a blank between them and around. */
  readonly whole: string;
  /** What is between the places for names; empty without such places. */
  readonly parts: readonly string[];
}

interface OpenTexts {
  /** The words of each wording. */
  readonly wholes: readonly string[];
  readonly gaps: Gaps;
}

/** What is on both sides of a place for a name. */
interface Gap {
  readonly left: string;
  readonly right: string;
}

/** The places for names of all open licenses, by the word before and the word behind: most sentences have neither. */
class Gaps {
  readonly #byLast = new Map<string, Gap[]>();
  readonly #byFirst = new Map<string, Gap[]>();
  readonly #known = new Set<string>();

  add(parts: readonly string[]): void {
    for (let place = 0; place + 1 < parts.length; place++) {
      const gap = { left: ` ${(parts[place] ?? "").trim()}`, right: `${(parts[place + 1] ?? "").trim()} ` };
      const key = `${gap.left}\n${gap.right}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      push(this.#byLast, gap.left.slice(gap.left.lastIndexOf(" ") + 1), gap);
      push(this.#byFirst, gap.right.slice(0, gap.right.indexOf(" ")), gap);
    }
  }

  /** Those with this word before the name. */
  after(word: string): readonly Gap[] {
    return this.#byLast.get(word) ?? [];
  }

  /** Those with this word behind the name. */
  before(word: string): readonly Gap[] {
    return this.#byFirst.get(word) ?? [];
  }
}

function push(map: Map<string, Gap[]>, word: string, gap: Gap): void {
  const known = map.get(word);
  if (known === undefined) map.set(word, [gap]);
  else known.push(gap);
}

/** A template has so many wordings at most; the rest of what it lets vary is not taken for a sentence of it. */
const MAX_WORDINGS = 16;

/** A template with the first of all its choices, then with the second, and so on; what is optional is there. */
function wordings(parts: readonly TemplatePart[]): string[][] {
  const found = new Map<string, string[]>();
  for (let index = 0; index < MAX_WORDINGS; index++) {
    const words = wordsOf(parts, true, index);
    const size = found.size;
    found.set(words.join(" "), words);
    if (found.size === size) break;
  }
  return [...found.values()];
}

/** Whether the words are the end of what is before a place for a name, a name, and the beginning of what is behind it. */
function holdsWithName(gaps: Gaps, text: LicenseWords): boolean {
  const { words } = text;
  for (let before = words.length - 1; before > 0; before--) {
    const beginning = ` ${words.slice(0, before).join(" ")}`;
    const fitting = gaps.after(words[before - 1] ?? "").filter(({ left }) => left.endsWith(beginning));
    if (fitting.length === 0) continue;
    for (const after of nameEnds(text, before)) {
      if (before + words.length - after < MIN_PIECE) continue;
      const rest = words.slice(after).join(" ");
      if (rest === "" || fitting.some(({ right }) => right.startsWith(`${rest} `))) return true;
    }
  }
  for (const after of nameEnds(text, 0)) {
    if (words.length - after < MIN_PIECE) continue;
    const rest = `${words.slice(after).join(" ")} `;
    if (gaps.before(words[after] ?? "").some(({ right }) => right.startsWith(rest))) return true;
  }
  return false;
}
