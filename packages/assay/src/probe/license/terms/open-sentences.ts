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
  #texts: readonly OpenText[] | undefined;
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
    const found = this.#open().some(({ whole }) => whole.includes(` ${joined} `)) || this.#open().some((open) => holdsWithName(open, text));
    this.#known.set(joined, found);
    return found;
  }

  #open(): readonly OpenText[] {
    this.#texts ??= licenseTexts()
      .filter(({ ids }) => ids.some((id) => this.#knowledge.isOpen(id)))
      .flatMap(openTexts);
    return this.#texts;
  }
}

const written = new WeakMap<PackedTemplate, readonly OpenText[]>();

/** Every wording of a shipped text, put together once for all folders: there are hundreds. */
function openTexts(packed: PackedTemplate): readonly OpenText[] {
  const known = written.get(packed);
  if (known !== undefined) return known;
  const texts = wordings(packed.unpack().parts).map((words) => {
    const whole = ` ${words.join(" ")} `;
    return { whole, parts: words.includes(ANY_NAME) ? whole.split(` ${ANY_NAME} `).map((part) => ` ${part} `) : [] };
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

/** Whether the words are the end of one part, a name, and the beginning of the next. */
function holdsWithName({ parts }: OpenText, text: LicenseWords): boolean {
  const { words } = text;
  for (let place = 0; place + 1 < parts.length; place++) {
    const left = parts[place] ?? "";
    const right = parts[place + 1] ?? "";
    for (let before = words.length - 1; before >= 0; before--) {
      if (before > 0 && !left.trimEnd().endsWith(` ${words.slice(0, before).join(" ")}`)) continue;
      for (const after of nameEnds(text, before)) {
        const rest = words.slice(after);
        if (before + rest.length < MIN_PIECE) continue;
        if (rest.length === 0 ? before > 0 : right.trimStart().startsWith(`${rest.join(" ")} `)) return true;
      }
    }
  }
  return false;
}
