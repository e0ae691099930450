import { licenseTexts } from "../license-text/texts.ts";
import { isLegalWord, licenseWords } from "../license-text/words.ts";

/** What the catalogue says of licenses. */
export interface LicenseKnowledge {
  /** Whether a license of this identifier is open. */
  isOpen(id: string): boolean;
  /** Whether a name, as a text writes it over itself, is that of a known license that is not open. */
  isClosedName(name: string): boolean;
}

/** Longer names than this are not taken for the name in a template's place. */
const LONGEST_NAME = 16;
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

  has(sentence: string): boolean {
    const words = licenseWords(sentence);
    if (words.length < MIN_PIECE) return false;
    const joined = words.join(" ");
    const known = this.#known.get(joined);
    if (known !== undefined) return known;
    const found =
      this.#open().some((text) => text.whole.includes(` ${joined} `)) || this.#open().some((text) => holdsWithName(text, words));
    this.#known.set(joined, found);
    return found;
  }

  #open(): readonly OpenText[] {
    this.#texts ??= licenseTexts()
      .filter(({ ids }) => ids.some((id) => this.#knowledge.isOpen(id)))
      .map((packed) => {
        const { head, body, tail } = packed.unpack();
        const pieces = [head, body, tail].map((part) => part.join(" ").replaceAll("< ", "").replaceAll(" >", ""));
        const whole = ` ${pieces.filter((piece) => piece !== "").join(" ")} `;
        return { whole, parts: whole.includes(" * ") ? whole.split(" * ").map((part) => ` ${part} `) : [] };
      });
    return this.#texts;
  }
}

interface OpenText {
  /** Its words with a blank between them and around. */
  readonly whole: string;
  /** What is between the places for names; empty where there are none. */
  readonly parts: readonly string[];
}

/** Whether the words are the end of one part, a name, and the beginning of the next. */
function holdsWithName({ parts }: OpenText, words: readonly string[]): boolean {
  for (let place = 0; place + 1 < parts.length; place++) {
    const left = parts[place] ?? "";
    const right = parts[place + 1] ?? "";
    for (let before = words.length - 1; before >= 0; before--) {
      if (before > 0 && !left.trimEnd().endsWith(` ${words.slice(0, before).join(" ")}`)) continue;
      for (let after = before + 1; after <= Math.min(words.length, before + LONGEST_NAME); after++) {
        if (isLegalWord(words[after - 1] ?? "")) break;
        const rest = words.slice(after);
        if (before + rest.length < MIN_PIECE) continue;
        if (rest.length === 0 ? before > 0 : right.trimStart().startsWith(`${rest.join(" ")} `)) return true;
      }
    }
  }
  return false;
}
