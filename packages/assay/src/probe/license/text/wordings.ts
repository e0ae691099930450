import { ANY_NAME, wordsOf, type TemplatePart } from "./template.ts";

/** A way to write a license: one of each of its choices, and all that is optional. */
export interface Wording {
  /** Its words with a blank between them and around. */
  readonly whole: string;
  /** What is between the places for names; empty without such places. */
  readonly parts: readonly string[];
}

/** A template has so many wordings at most; the rest of what it lets vary is not taken for a sentence of it. */
const MAX_WORDINGS = 16;

/** A template with the first of all its choices, then with the second, and so on. */
export function wordingsOf(parts: readonly TemplatePart[]): Wording[] {
  const found = new Set<string>();
  for (let index = 0; index < MAX_WORDINGS; index++) {
    const size = found.size;
    found.add(` ${wordsOf(parts, true, index).join(" ")} `);
    if (found.size === size) break;
  }
  return [...found].map((whole) => ({ whole, parts: whole.includes(` ${ANY_NAME} `) ? whole.split(` ${ANY_NAME} `) : [] }));
}

/** What is on both sides of a place for a name. */
export interface NameGap {
  /** Words with a blank before each. */
  readonly left: string;
  /** Words with a blank behind each. */
  readonly right: string;
}

/** The places for names in a wording. */
export function gapsOf({ parts }: Wording): NameGap[] {
  return parts.slice(1).map((part, place) => ({ left: ` ${(parts[place] ?? "").trim()}`, right: `${part.trim()} ` }));
}

/** Of a gap, what the data file keeps to find it without reading its license: so many words of both sides. */
export const GAP_WORDS = 8;

/** The words next to each place for a name, each pair once. */
export function gapEndsOf(parts: readonly TemplatePart[]): [left: string, right: string][] {
  const ends = wordingsOf(parts)
    .flatMap(gapsOf)
    .map(({ left, right }): [string, string] => [
      left.trim().split(" ").slice(-GAP_WORDS).join(" "),
      right.trim().split(" ").slice(0, GAP_WORDS).join(" "),
    ]);
  return [...new Map(ends.map((end) => [end.join("\n"), end])).values()];
}
