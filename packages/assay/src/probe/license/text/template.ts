/** A license as SPDX describes it: what must be there, what may be, and where a text may vary. */
export interface LicenseTemplate {
  /** Identifiers whose text this is: GPL-2.0-only and GPL-2.0-or-later have the same one. */
  readonly ids: readonly string[];
  readonly name: string;
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  /** Words that must be there; `letters` are the same without blanks. */
  | { readonly kind: "text"; readonly words: readonly string[]; readonly letters: string }
  /** What SPDX marks optional: all of it or nothing. */
  | { readonly kind: "optional"; readonly parts: readonly TemplatePart[] }
  /** Exactly one of these. */
  | { readonly kind: "choice"; readonly choices: readonly (readonly TemplatePart[])[] }
  /** Where SPDX allows any text: a name, or copyright notices, or the license's own placeholder. */
  | { readonly kind: "name"; readonly placeholder: string }
  | { readonly kind: "notices" }
  /** The number of a clause, written without the sign that makes it one. */
  | { readonly kind: "number" };

/**
 * Reads a template as the data file has it, words and signs with one blank between them: `(` and `)` around an
 * optional part, `{`, `|` and `}` around and between choices, `*` for a name with its placeholder in `<` and `>`
 * behind it, `@` for notices, `#` for a number. No word of a license is any of these.
 */
export function readTemplate(packed: string): readonly TemplatePart[] {
  return readParts(packed === "" ? [] : packed.split(" "), 0).parts;
}

function readParts(signs: readonly string[], from: number): { parts: TemplatePart[]; next: number } {
  const parts: TemplatePart[] = [];
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) parts.push({ kind: "text", words, letters: words.join("") });
    words = [];
  };
  let at = from;
  for (; at < signs.length; at++) {
    const sign = signs[at] ?? "";
    if (sign === ")" || sign === "|" || sign === "}") break;
    if (!SIGNS.has(sign)) {
      words.push(sign);
      continue;
    }
    flush();
    if (sign === "@") parts.push({ kind: "notices" });
    else if (sign === "#") parts.push({ kind: "number" });
    else if (sign === "(") {
      const inner = readParts(signs, at + 1);
      parts.push({ kind: "optional", parts: inner.parts });
      at = inner.next;
    } else if (sign === "{") {
      const choices: TemplatePart[][] = [];
      while (signs[at] !== "}" && at < signs.length) {
        const inner = readParts(signs, at + 1);
        choices.push(inner.parts);
        at = inner.next;
      }
      parts.push({ kind: "choice", choices });
    } else if (sign === "*") {
      let placeholder = "";
      if (signs[at + 1] === "<") {
        for (at += 2; signs[at] !== ">" && at < signs.length; at++) placeholder += signs[at];
      }
      parts.push({ kind: "name", placeholder });
    }
  }
  flush();
  return { parts, next: at };
}

const SIGNS: ReadonlySet<string> = new Set(["(", ")", "{", "|", "}", "*", "<", ">", "@", "#"]);

/** Words of a template with `*` for names and notices; of choices one, by default the first, of optional parts all or none. */
export function wordsOf(parts: readonly TemplatePart[], withOptional: boolean, choice = 0): string[] {
  return parts.flatMap((part): readonly string[] => {
    switch (part.kind) {
      case "text":
        return part.words;
      case "optional":
        return withOptional ? wordsOf(part.parts, true, choice) : [];
      case "choice":
        return wordsOf(part.choices[choice] ?? part.choices.at(-1) ?? [], withOptional, choice);
      case "name":
      case "notices":
        return [ANY_NAME];
      case "number":
        return [];
    }
  });
}

export const ANY_NAME = "*";
