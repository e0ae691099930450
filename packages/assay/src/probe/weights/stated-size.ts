import { pathWords } from "../place.ts";

/** `Acme-7B`, `Acme 2 World 0.1B`, `acme-base-124m`: up to four words between the name and the size. */
const NAMED = /\b([A-Za-z]{3,30})[\w.]{0,20}(?:[-_ ][\w.]{1,20}){0,4}?[-_ ](\d{1,4}(?:\.\d{1,3})?)([BM])\b/gi;
const MAX_SIZES = 2_000;
const GENERAL = new Set(
  "the and for model models language large small vision open source card readme code training with from new".split(" "),
);

/**
 * The fewest parameters that a card speaks of in a name of its own model: one that begins with a word of the card's
 * title. Sizes of others' models and of data sets (`LAION-5B`) say nothing of this one. Undefined where it names no size.
 */
export function smallestStatedSize(card: string): number | undefined {
  const title = /^#[ \t]+(.{1,200})/m.exec(card)?.[1] ?? /<h1[^<>]{0,100}>(.{1,200}?)<\/h1>/i.exec(card)?.[1] ?? "";
  const own = new Set(pathWords(title).filter((word) => word.length >= 3 && !GENERAL.has(word)));
  let smallest: number | undefined;
  let count = 0;
  for (const [, name = "", figure, unit = ""] of card.matchAll(NAMED)) {
    if ((count += 1) > MAX_SIZES) break;
    if (!own.has(name.toLowerCase())) continue;
    const size = Number(figure) * (unit.toLowerCase() === "b" ? 1e9 : 1e6);
    if (size > 0 && (smallest === undefined || size < smallest)) smallest = size;
  }
  return smallest;
}
