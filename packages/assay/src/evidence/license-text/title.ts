import type { LicenseTemplate } from "./template.ts";
import type { LicenseWords } from "./words.ts";

/** A title, and what else stands over a license: its name, version and date, an address. */
const LONGEST_TITLE = 40;

/** Where a title of the license that begins at this word can end: behind any of its words. */
export function* titleEnds({ words }: LicenseWords, from: number, { ids, name }: Pick<LicenseTemplate, "ids" | "name">): Generator<number> {
  const own = nameWords(ids, name);
  for (let word = from; word < Math.min(words.length, from + LONGEST_TITLE); word++) {
    const one = words[word] ?? "";
    if (!own.has(one) && !TITLE_WORDS.has(one) && !/^(?:\d{1,2}|(?:19|20)\d\d)$/.test(one)) return;
    yield word + 1;
  }
}

function nameWords(ids: readonly string[], name: string): ReadonlySet<string> {
  return new Set([...ids, name].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
}

const TITLE_WORDS: ReadonlySet<string> = new Set(
  (
    "license licenses licence licences the a of version ver v public general terms and conditions agreement legal code text full spdx identifier odc this is " +
    "january february march april may june july august september october november december " +
    "www org com apache opensource creativecommons mozilla gnu html txt"
  ).split(" "),
);
