/** A few words, each of a length that words have: so a pattern stays linear. */
export const GAP = (most: number): string => `(?: [^ ]{1,40}){0,${most}}`;

/**
 * One expression for whether any of these is in a text of `latinWords`. All of them begin with the blank before a word:
 * written once before all, the expression is tried at blanks only, and takes an eighth of the time of one after another.
 *
 * Throws TypeError for a source that names letters which such a text does not have.
 */
export function anyOf(sources: readonly string[]): RegExp {
  for (const source of sources) {
    if (!source.startsWith(" ") || /[^\0-\xfe]|\\p/.test(source)) throw new TypeError(`not for Latin words: ${source}`);
  }
  const expression = new RegExp(` (?:${sources.map((source) => source.slice(1)).join("|")})`, "u");
  // V8 makes machine code at once where the first text is long. Otherwise it makes bytecode before, which takes some
  // hundredths of a second for an expression of this size.
  expression.test("x".repeat(LONG));
  return expression;
}

const LONG = 1_000;
