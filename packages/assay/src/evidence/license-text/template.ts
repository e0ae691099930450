import { isLegalWord } from "./words.ts";

/** A license to compare with: what must be there, and what may be (SPDX matching guidelines, B.2, B.11, B.12). */
export interface LicenseTemplate {
  /** Identifiers whose text this is: GPL-2.0-only and GPL-2.0-or-later have the same one. */
  readonly ids: readonly string[];
  readonly name: string;
  /** Words that may come before it. */
  readonly head: readonly string[];
  /** Words that must be there. `*` stands for a name, of 1 to 16 words, none of which grants or forbids. */
  readonly body: readonly string[];
  /** Words that may come behind it, such as how to apply the license. */
  readonly tail: readonly string[];
}

export const ANY_NAME = "*";
export const LONGEST_NAME = 16;
/** A title, and what else stands over a license: its name, version and date, an address. */
const LONGEST_TITLE = 40;

/** Whether the words are this license, whole and with nothing else. Linear in both, whatever the words. */
export function isLicense(words: readonly string[], template: LicenseTemplate): boolean {
  const { head, body, tail } = template;
  const starts = new Set<number>();
  for (let start = titleLength(words, template); start >= 0; start--) starts.add(start);
  for (const end of ends(words, starts, head)) starts.add(end);
  for (const end of ends(words, starts, body)) if (isStartOf(words, end, tail)) return true;
  return false;
}

/** What may come behind a license is no part of it, so that any piece of its beginning will do. */
function isStartOf(words: readonly string[], from: number, tail: readonly string[]): boolean {
  let at = new Set([from]);
  for (let length = 0; length <= tail.length; length++) {
    if (at.has(words.length)) return true;
    at = ends(words, at, tail.slice(length, length + 1));
    if (at.size === 0) return false;
  }
  return at.has(words.length);
}

/** Where in the words the pattern can end, from any of the starts. */
function ends(words: readonly string[], starts: ReadonlySet<number>, pattern: readonly string[]): Set<number> {
  let at = new Set(starts);
  for (const wanted of pattern) {
    const next = new Set<number>();
    for (const position of at) {
      if (wanted === ANY_NAME) {
        for (let end = position; end < Math.min(position + LONGEST_NAME, words.length); end++) {
          if (isLegalWord(words[end] ?? "")) break;
          next.add(end + 1);
        }
      } else if (words[position] === wanted) next.add(position + 1);
    }
    if (next.size === 0) return next;
    at = next;
  }
  return at;
}

/** How many words at the beginning can be a title: a license begins anywhere up to there, for some begin with their name. */
export function titleLength(words: readonly string[], { ids, name }: Pick<LicenseTemplate, "ids" | "name">): number {
  const own = new Set([...ids, name].flatMap((text) => licenseNameWords(text)));
  let length = 0;
  while (length < Math.min(words.length, LONGEST_TITLE)) {
    const word = words[length] ?? "";
    if (!own.has(word) && !TITLE_WORDS.has(word) && !/^(?:\d{1,2}|(?:19|20)\d\d)$/.test(word)) break;
    length++;
  }
  return length;
}

/** Both `3-clause` and `3clause`, for dashes go in the text. */
function licenseNameWords(name: string): string[] {
  const lower = name.toLowerCase();
  return [...lower.split(/[^\p{L}\p{N}]+/u), ...lower.replaceAll("-", "").split(/[^\p{L}\p{N}]+/u)];
}

const TITLE_WORDS: ReadonlySet<string> = new Set(
  (
    "license licenses the a of version v public general terms and conditions agreement legal code text full " +
    "january february march april may june july august september october november december " +
    "www org apache opensource creativecommons mozilla gnu spdx html txt license20"
  ).split(" "),
);

/** Words of a template that a text must hold, for comparing; names left out. */
export function fixedWords({ body }: LicenseTemplate): string[] {
  return body.filter((word) => word !== ANY_NAME);
}
