import { matchLicense } from "./match.ts";
import { nameWord } from "./name-words.ts";
import { possibleLicenses } from "./probes.ts";
import type { LicenseTemplate } from "./template.ts";
import type { PackedTemplate } from "./texts.ts";
import type { LicenseWords } from "./words.ts";

/** A license that a text begins with, and the word behind it. */
export interface Beginning {
  readonly template: LicenseTemplate;
  readonly end: number;
}

/** A shorter license is within many texts. */
const MIN_BEGINNING = 60;

/** The longest license that the text begins with, whole; undefined where it begins with none. */
export function beginning(words: LicenseWords, texts: readonly PackedTemplate[]): Beginning | undefined {
  let longest: Beginning | undefined;
  for (const packed of possibleLicenses(words.letters, texts)) {
    const template = packed.unpack();
    const { end } = matchLicense(words, template);
    if (end >= MIN_BEGINNING && end > (longest?.end ?? 0)) longest = { template, end };
  }
  return longest;
}

/** A file lists so many parts of others at most, under headings of so many words. */
const MAX_PARTS = 20;
const MAX_HEADING = 16;
/** More words than the longest license has. */
const MAX_LICENSE = 8_000;

/**
 * The licenses of others' parts that a file has behind its own: each whole, under a heading that names the part and says
 * nothing else, or the same license again with another notice. Undefined where anything else is there. What a heading can say, `HEADING` and the rules for
 * names decide, so that no sentence fits in; none speaks of a model, its weights or its data. A second disclaimer, word for
 * word that of a usual license, adds nothing: then the list is empty.
 */
export function appendedLicenses(
  words: LicenseWords,
  { template: own, end: from }: Beginning,
  texts: readonly PackedTemplate[],
): string[] | undefined {
  const found: string[] = [];
  const candidates = possibleLicenses(words.letters.slice(words.starts[from] ?? 0), texts);
  const disclaimers = disclaimersOf(texts);
  if (disclaimers.some((template) => matchLicense(rest(words, from), template).isWhole)) return [];
  let heading = 0;
  for (let at = from; at < words.words.length;) {
    const part = beginning(rest(words, at), candidates);
    // Another license right behind it, under no heading but its own title, may be for the same thing.
    if (part !== undefined && heading === 0 && part.template !== own) return undefined;
    if (part === undefined) {
      heading++;
      if (heading > MAX_HEADING || !isHeading(words, at)) return undefined;
      at++;
      continue;
    }
    found.push(part.template.ids[0] ?? part.template.name);
    if (found.length > MAX_PARTS) return undefined;
    heading = 0;
    at += part.end;
  }
  return heading > 0 || found.length === 0 ? undefined : found;
}

function isHeading({ words, written }: LicenseWords, at: number): boolean {
  const word = words[at] ?? "";
  if (SUBJECTS.has(word)) return false;
  return HEADING.has(word) || ["known", "proper", "lower", "joint", "place"].includes(nameWord(word, written[at] ?? ""));
}

/** A license under such a heading is for more than a part of the program. */
const SUBJECTS: ReadonlySet<string> = new Set(
  "model models weight weights checkpoint checkpoints parameter parameters data dataset datasets".split(" "),
);

/** Verbs of a sentence that grants or denies are not among them, nor what a license is for but software. */
const HEADING: ReadonlySet<string> = new Set(
  (
    "license licenses notice notices copyright third party parties software package packages library libraries component components " +
    "subcomponent subcomponents module modules file files part parts portion portions code source bundled included contains includes from this project " +
    "repository following below used by with dependencies dependency acknowledgment acknowledgments additional other open"
  ).split(" "),
);

/** The last paragraphs of the licenses whose disclaimers are copied most, by the words that they begin with. */
const DISCLAIMERS = [
  { id: "BSD-2-Clause", begins: "this software", goesOn: "isprovidedby" },
  { id: "MIT", begins: "the software is", goesOn: "providedasis" },
] as const;

function disclaimersOf(texts: readonly PackedTemplate[]): LicenseTemplate[] {
  return DISCLAIMERS.flatMap(({ id, begins, goesOn }) => {
    const template = texts.find(({ ids }) => ids.includes(id))?.unpack();
    const from = template?.parts.findIndex((part) => part.kind === "text" && part.letters.startsWith(goesOn)) ?? -1;
    if (template === undefined || from === -1) return [];
    const first = { kind: "text", words: begins.split(" "), letters: begins.replaceAll(" ", "") } as const;
    return [{ ids: [], name: "", parts: [first, ...template.parts.slice(from)] }];
  });
}

/** The next words of a text, enough for a license. */
function rest({ words, written, gaps, letters, starts }: LicenseWords, from: number): LicenseWords {
  const start = starts[from] ?? 0;
  const end = Math.min(words.length, from + MAX_LICENSE);
  return {
    words: words.slice(from, end),
    written: written.slice(from, end),
    gaps: gaps.slice(from, end),
    letters: letters.slice(start, starts[end]),
    starts: starts.slice(from, end + 1).map((place) => place - start),
  };
}
