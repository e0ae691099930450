import { describeChanges, type TextChange } from "./changes.ts";
import { namedByTitle } from "./titles.ts";
import { fixedWords, isLicense, type LicenseTemplate } from "./template.ts";
import { licenseTexts, type PackedTemplate } from "./texts.ts";
import { licenseWords } from "./words.ts";

/** What a license file holds. Only `exact` is a license that the file grants. */
export type IdentifiedText =
  /** A license of the list, whole, and nothing else. */
  | { readonly kind: "exact"; readonly ids: readonly string[]; readonly name: string }
  /** Like one, and not it: a clause was changed, added or left out. */
  | {
      readonly kind: "near";
      readonly ids: readonly string[];
      readonly name: string;
      /** Percent of word pairs that both have, at most 99. */
      readonly similarity: number;
      /** The first places where the two differ. */
      readonly changes: readonly TextChange[];
    }
  /** It calls itself by the name of a known license that SPDX has no text of. None of these is open. */
  | { readonly kind: "named"; readonly id: string; readonly name: string }
  | { readonly kind: "unknown"; readonly words: number };

/** Below this, a text is another license, not a changed one: one more sentence in the shortest licenses leaves 90. */
const NEAR_PERCENT = 80;
const CANDIDATES = 6;
/** Words by which a template is looked for before it is compared in full. */
const PROBE_WORDS = 5;

/**
 * Says which license a text is, by the SPDX matching guidelines. A text with anything added, changed
 * or left out that counts is not the license, however small the change.
 *
 * `text` may be anything; the caller bounds its size. Reads the package's own license texts. Throws INTERNAL without them.
 */
export function identifyLicense(text: string): IdentifiedText {
  const words = licenseWords(text);
  const joined = ` ${words.join(" ")} `;
  const texts = licenseTexts();
  const exact = texts.filter((packed) => mayBe(packed, joined)).filter((packed) => isLicense(words, packed.unpack()));
  const [first] = exact;
  if (first !== undefined) return { kind: "exact", ids: [...new Set(exact.flatMap(({ ids }) => ids))], name: first.name };
  const named = namedByTitle(joined);
  if (named !== undefined) return { kind: "named", ...named };
  return nearest(words, texts) ?? { kind: "unknown", words: words.length };
}

function mayBe({ body }: PackedTemplate, joined: string): boolean {
  const fixed = body.split(" ", 60);
  const run = longestRun(fixed).slice(0, PROBE_WORDS);
  return joined.includes(` ${run.join(" ")} `);
}

/** The first words in a row that hold no name. */
function longestRun(words: readonly string[]): string[] {
  let best: string[] = [];
  let run: string[] = [];
  for (const word of [...words, "*"]) {
    if (word !== "*") run.push(word);
    else {
      if (run.length > best.length) best = run;
      run = [];
    }
  }
  return best;
}

function nearest(words: readonly string[], texts: readonly PackedTemplate[]): IdentifiedText | undefined {
  const vocabulary = new Set(words);
  const candidates = texts
    .map((packed) => ({ packed, shared: sharedWords(vocabulary, packed.vocabulary()) }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, CANDIDATES);
  let best: { template: LicenseTemplate; similarity: number } | undefined;
  for (const { packed } of candidates) {
    const template = packed.unpack();
    const similarity = pairSimilarity(words, template);
    if (best === undefined || similarity > best.similarity) best = { template, similarity };
  }
  if (best === undefined || best.similarity < NEAR_PERCENT) return undefined;
  const { ids, name } = best.template;
  return { kind: "near", ids, name, similarity: Math.min(99, Math.floor(best.similarity)), changes: describeChanges(words, best.template) };
}

/** How much two vocabularies have in common, from 0 to 1. */
function sharedWords(vocabulary: ReadonlySet<string>, own: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of own) if (vocabulary.has(word)) shared++;
  return (2 * shared) / (own.size + vocabulary.size);
}

/** Dice's coefficient on pairs of neighboring words, in percent; what may come before or behind a license does not count. */
function pairSimilarity(words: readonly string[], template: LicenseTemplate): number {
  const wanted = pairs(fixedWords(template));
  const around = pairs([...template.head, ...template.tail]);
  let total = 0;
  for (const count of wanted.values()) total += count;
  let shared = 0;
  let foreign = 0;
  for (const [pair, count] of pairs(words)) {
    const common = Math.min(count, wanted.get(pair) ?? 0);
    shared += common;
    foreign += Math.max(0, count - common - (around.get(pair) ?? 0));
  }
  return total + shared + foreign === 0 ? 0 : (200 * shared) / (total + shared + foreign);
}

function pairs(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 1; at < words.length; at++) {
    const pair = `${words[at - 1]} ${words[at]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
