import { nameEnds } from "../text/notice.ts";
import type { PackedTemplate } from "../text/texts.ts";
import { GAP_WORDS, gapsOf, type NameGap } from "../text/wordings.ts";
import { wordingsIn } from "./open-wordings.ts";
import type { LicenseWords } from "../text/words.ts";

/** A shorter piece beside a name is in many texts, and proves nothing. */
export const MIN_PIECE = 3;

/** The words next to a place for a name. */
interface GapEnd {
  readonly packed: PackedTemplate;
  readonly left: string;
  readonly right: string;
}

/** The places for names of licenses, by the word before and the word behind: most sentences have neither. */
export class Gaps {
  readonly #byLast: ReadonlyMap<string, readonly GapEnd[]>;
  readonly #byFirst: ReadonlyMap<string, readonly GapEnd[]>;

  constructor(texts: readonly PackedTemplate[]) {
    const ends = texts.flatMap((packed) => packed.gaps.map(([left, right]): GapEnd => ({ packed, left: ` ${left}`, right: `${right} ` })));
    this.#byLast = Map.groupBy(ends, ({ left }) => left.slice(left.lastIndexOf(" ") + 1));
    this.#byFirst = Map.groupBy(ends, ({ right }) => right.slice(0, right.indexOf(" ")));
  }

  /** Whether the words are the end of what is before a place for a name, a name, and the beginning of what is behind it. */
  fit(text: LicenseWords): boolean {
    return this.#candidates(text.words).some((packed) => wordingsIn(packed).some((wording) => holdsWithName(gapsOf(wording), text)));
  }

  /** The licenses with a place whose next words fit. */
  #candidates(words: readonly string[]): PackedTemplate[] {
    const found = new Set<PackedTemplate>();
    for (let before = 1; before < words.length; before++) {
      const ends = this.#byLast.get(words[before - 1] ?? "");
      if (ends === undefined) continue;
      const beginning = ` ${words.slice(Math.max(0, before - GAP_WORDS), before).join(" ")}`;
      for (const { packed, left } of ends) if (left.endsWith(beginning)) found.add(packed);
    }
    for (let after = 1; after + MIN_PIECE <= words.length; after++) {
      const ends = this.#byFirst.get(words[after] ?? "");
      if (ends === undefined) continue;
      const rest = `${words.slice(after, after + GAP_WORDS).join(" ")} `;
      for (const { packed, right } of ends) if (right.startsWith(rest)) found.add(packed);
    }
    return [...found];
  }
}

function holdsWithName(gaps: readonly NameGap[], text: LicenseWords): boolean {
  const { words } = text;
  for (let before = words.length - 1; before > 0; before--) {
    const beginning = ` ${words.slice(0, before).join(" ")}`;
    const fitting = gaps.filter(({ left }) => left.endsWith(beginning));
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
    if (gaps.some(({ right }) => right.startsWith(rest))) return true;
  }
  return false;
}
