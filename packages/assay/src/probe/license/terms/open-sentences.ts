import { licenseTexts, type PackedTemplate } from "../text/texts.ts";
import { licenseWords } from "../text/words.ts";
import { Gaps, MIN_PIECE } from "./gaps.ts";
import { wordingsIn } from "./open-wordings.ts";
import { Vocabulary } from "./vocabulary.ts";

/** What the catalog says of licenses. */
export interface LicenseKnowledge {
  /** Whether a license of this identifier is open. */
  isOpen(id: string): boolean;
  /** Whether a name, as a text writes it over itself, is that of a known license that is not open. */
  isClosedName(name: string): boolean;
  /** The license that a name, as people write it, is the name of; undefined for an unknown one. */
  find(name: string): { readonly id: string; readonly isOpen: boolean } | undefined;
}

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
    const { vocabulary, gaps } = this.#open();
    const isWithin = (packed: PackedTemplate): boolean => wordingsIn(packed).some(({ whole }) => whole.includes(` ${joined} `));
    const found = vocabulary.textsWith(words).some(isWithin) || gaps.fit(text);
    this.#known.set(joined, found);
    return found;
  }

  #open(): OpenTexts {
    if (this.#texts !== undefined) return this.#texts;
    const texts = licenseTexts().filter(({ ids }) => ids.some((id) => this.#knowledge.isOpen(id)));
    return (this.#texts = { vocabulary: new Vocabulary(texts), gaps: new Gaps(texts) });
  }
}

interface OpenTexts {
  readonly vocabulary: Vocabulary;
  readonly gaps: Gaps;
}
