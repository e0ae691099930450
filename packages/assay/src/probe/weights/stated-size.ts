import { pathWords } from "../place.ts";

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
  if (own.size === 0) return undefined;
  let smallest: number | undefined;
  let count = 0;
  for (const [, figure, unit = ""] of card.matchAll(namesWithSize([...own]))) {
    if ((count += 1) > MAX_SIZES) break;
    const size = Number(figure) * (unit.toLowerCase() === "b" ? 1e9 : 1e6);
    if (size > 0 && (smallest === undefined || size < smallest)) smallest = size;
  }
  return smallest;
}

/** `Acme-7B`, `Acme 2 World 0.1B`, `acme-base-124m`: what is between name and size is part of the name, not of a sentence. */
function namesWithSize(own: readonly string[]): RegExp {
  const spelled = own.flatMap((word) => [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`]);
  const between = "(?:[-_][\\w.]{1,20}|[ ](?:[A-Z]|\\d)[\\w.]{0,20}){0,3}?";
  return new RegExp(`\\b(?:${spelled.join("|")})[\\w.]{0,20}${between}[-_ ](\\d{1,4}(?:\\.\\d{1,3})?)([BMbm])\\b`, "g");
}
