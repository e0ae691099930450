import type { LicenseTemplate } from "./template.ts";
import type { LicenseWords } from "./words.ts";

/** A title, and what else is above a license: its name, version and date, an address. */
const MAX_TITLE = 40;

/** Where a title of the license that begins at this word can end: behind any of its words. */
export function* titleEnds({ words, gaps }: LicenseWords, from: number, template: LicenseTemplate): Generator<number> {
  const { own, pairs } = nameOf(template);
  let isNamed = false;
  // A title does not begin within an address: its end would lead to other terms.
  if (/[./@]$/.test(gaps[from] ?? "")) return;
  for (let word = from; word < Math.min(words.length, from + MAX_TITLE); word++) {
    const one = words[word] ?? "";
    if (NEGATIONS.has(one) && !pairs.has(`${one} ${words[word + 1] ?? ""}`)) return;
    if (!own.has(one) && !TITLE_WORDS.has(one) && !/^(?:\d{1,2}|(?:19|20)\d\d)$/.test(one)) return;
    // "Terms" and a number alone name nothing; behind an address they would lead to other terms.
    isNamed ||= own.has(one) || /^licen[cs]es?$|^spdx$|^odc$/.test(one);
    if (isNamed) yield word + 1;
  }
}

/** The words that the license is called by. */
export function ownWords(template: LicenseTemplate): ReadonlySet<string> {
  return nameOf(template).own;
}

interface OwnName {
  readonly own: ReadonlySet<string>;
  /** Words of it that follow each other. */
  readonly pairs: ReadonlySet<string>;
}

const names = new WeakMap<LicenseTemplate, OwnName>();

function nameOf(template: LicenseTemplate): OwnName {
  let known = names.get(template);
  if (known === undefined) {
    const written = [...template.ids, template.name].map((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
    const pairs = written.flatMap((parts) => parts.map((part, index) => `${part} ${parts[index + 1] ?? ""}`));
    names.set(template, (known = { own: new Set(written.flat()), pairs: new Set(pairs) }));
  }
  return known;
}

/** "No" is part of a title only as the name has it: "No Attribution", and never "No License". */
const NEGATIONS: ReadonlySet<string> = new Set(["no", "non", "not", "without"]);

const TITLE_WORDS: ReadonlySet<string> = new Set(
  (
    "license licenses licence licences the a of version ver v public general terms and conditions agreement legal code text full spdx identifier odc this is " +
    "january february march april may june july august september october november december " +
    "www org com apache opensource creativecommons mozilla gnu html txt php"
  ).split(" "),
);
