import { ANY_NAME, wordsOf, type LicenseTemplate } from "./template.ts";
import type { PackedTemplate } from "./texts.ts";

/** The license that a text comes nearest to. */
export interface NearestLicense {
  readonly template: LicenseTemplate;
  /** Percent of word pairs that both have, at most 99. */
  readonly similarity: number;
}

/** Below this, a text is another license, not a changed one: one more sentence in the shortest licenses leaves 90. */
const NEAR_PERCENT = 80;
/** A text that holds all of a license and as much again is still that license, and more. */
const NEAR_PERCENT_WHOLE = 50;
const CANDIDATES = 8;
/** Pairs of a template that may be missing where its names and notices are. */
const WHOLE = 0.99;
/** So much less may a license have in common whose words are all there, and still be the nearest. */
const WHOLE_COUNTS = 8;

/**
 * The license that has most word pairs in common with the text; before it one that has nearly as many, and all of its
 * words in the text: MIT and a paragraph is like MIT, not like the longer license that MIT and a sentence make.
 * One that the text begins with, whole (`begun`), is before all others, however much is behind it. Undefined where none
 * comes near. Linear in the text.
 */
export function nearestLicense(
  words: readonly string[],
  texts: readonly PackedTemplate[],
  begun?: LicenseTemplate,
): NearestLicense | undefined {
  const own = pairs(words);
  if (begun !== undefined) {
    const { common, total, foreign } = compare(own, begun);
    return { template: begun, similarity: Math.min(99, Math.floor((200 * common) / Math.max(1, total + common + foreign))) };
  }
  let best: (NearestLicense & { readonly rank: number }) | undefined;
  for (const packed of candidates(own, texts)) {
    const template = packed.unpack();
    const { common, total, foreign } = compare(own, template);
    const isWhole = total > 0 && common / total >= WHOLE;
    const similarity = total + common + foreign === 0 ? 0 : (200 * common) / (total + common + foreign);
    if (similarity < (isWhole ? NEAR_PERCENT_WHOLE : NEAR_PERCENT)) continue;
    const rank = isWhole ? similarity + WHOLE_COUNTS : similarity;
    if (best === undefined || rank > best.rank) best = { template, similarity: Math.min(99, Math.floor(similarity)), rank };
  }
  return best;
}

/** Those of whose sampled pairs the text has most, counted for themselves and by the size of both. */
function candidates(own: ReadonlyMap<string, number>, texts: readonly PackedTemplate[]): PackedTemplate[] {
  const hashes = new Set([...own.keys()].map(pairHash));
  const scored = texts.map((packed) => {
    const shared = packed.sample.filter((hash) => hashes.has(hash)).length / Math.max(1, packed.sample.length);
    return { packed, shared, both: (2 * shared * packed.size) / (packed.size + own.size) };
  });
  const near = scored.filter(({ shared }) => shared >= MIN_SHARED);
  const byBoth = near.toSorted((a, b) => b.both - a.both).slice(0, CANDIDATES);
  const byShared = near.toSorted((a, b) => b.shared - a.shared || b.packed.size - a.packed.size).slice(0, CANDIDATES);
  return [...new Set([...byBoth, ...byShared].map(({ packed }) => packed))];
}

const SAMPLE = 24;
/** A license with a smaller part of its pairs in the text is half as much as not there. */
const MIN_SHARED = 0.2;

/** What the data file keeps of a license, to find it among all without reading it: its pairs with the least hashes, and how many it has. */
export function sampleOf(words: readonly string[]): { sample: number[]; size: number } {
  const own = pairs(words);
  return { sample: [...new Set([...own.keys()].map(pairHash))].sort((a, b) => a - b).slice(0, SAMPLE), size: own.size };
}

/** FNV-1a of the letters; every collision costs no more than a comparison. */
function pairHash(pair: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < pair.length; at++) hash = Math.imul(hash ^ pair.charCodeAt(at), 0x01_00_01_93);
  return hash >>> 0;
}

/** Dice's coefficient on pairs of neighboring words; what SPDX marks optional counts neither way. */
function compare(own: ReadonlyMap<string, number>, template: LicenseTemplate): { common: number; total: number; foreign: number } {
  const wanted = pairs(wordsOf(template.parts, false));
  const all = pairs(wordsOf(template.parts, true));
  let total = 0;
  for (const count of wanted.values()) total += count;
  let common = 0;
  let foreign = 0;
  for (const [pair, count] of own) {
    const shared = Math.min(count, wanted.get(pair) ?? 0);
    common += shared;
    foreign += Math.max(0, count - Math.max(shared, all.get(pair) ?? 0));
  }
  return { common, total, foreign };
}

/** Pairs of neighboring words, and how often each is there; a name is in no pair. */
function pairs(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 1; at < words.length; at++) {
    if (words[at] === ANY_NAME || words[at - 1] === ANY_NAME) continue;
    const pair = `${words[at - 1]} ${words[at]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
