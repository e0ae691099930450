import { matchLicense } from "./match.ts";
import { nameWord, saysNoTerms } from "./name-words.ts";
import { possibleLicenses } from "./probes.ts";
import type { LicenseTemplate, TemplatePart } from "./template.ts";
import type { PackedTemplate } from "./texts.ts";
import type { LicenseWords } from "./words.ts";

/** A license that a text begins with, and the word behind it. */
export interface Beginning {
  readonly template: LicenseTemplate;
  readonly end: number;
}

/** A shorter license is within many texts. */
const MIN_BEGINNING = 60;

/** The longest license that the text begins with, whole, or the longest of `others`; undefined where it begins with none. */
export function beginning(
  words: LicenseWords,
  texts: readonly PackedTemplate[],
  others: readonly LicenseTemplate[] = [],
): Beginning | undefined {
  let longest: Beginning | undefined;
  for (const template of [...possibleLicenses(words.letters, texts).map((packed) => packed.unpack()), ...others]) {
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
 * The licenses of others' parts that a file has behind its own: each whole, without its disclaimer or by Apache's notice,
 * under a heading that names the part and says nothing else, or the same license again with another notice. Undefined
 * where anything else is there. What a heading can say, `HEADING`, the rules for names and one sentence decide, so that no
 * other sentence fits in; none speaks of a model, its weights or its data. A second disclaimer, word for word that of a
 * usual license, adds nothing: then the list is empty.
 */
export function appendedLicenses(
  words: LicenseWords,
  { template: own, end: from }: Beginning,
  texts: readonly PackedTemplate[],
): string[] | undefined {
  const found: string[] = [];
  const candidates = possibleLicenses(words.letters.slice(words.starts[from] ?? 0), texts);
  const disclaimers = disclaimersOf(texts);
  const shortened = shortenedLicenses(texts);
  if (disclaimers.some((template) => matchLicense(rest(words, from), template).isWhole)) return [];
  let heading = 0;
  for (let at = from; at < words.words.length;) {
    const part = beginning(rest(words, at), candidates, shortened);
    // Another license right behind it, under no heading but its own title, may be for the same thing.
    if (part !== undefined && heading === 0 && part.template.ids[0] !== own.ids[0]) return undefined;
    const introduced = part === undefined && heading === 0 ? introductionEnd(words, at) : undefined;
    if (introduced !== undefined) {
      heading = 1;
      at = introduced;
      continue;
    }
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

function isHeading(text: LicenseWords, at: number): boolean {
  const word = text.words[at] ?? "";
  if (SUBJECTS.has(word)) return false;
  return HEADING.has(word) || NAME_WORDS.has(nameWord(word, text.written[at] ?? "")) || endsName(text, at);
}

const NAME_WORDS: ReadonlySet<string> = new Set(["known", "proper", "lower", "joint", "place"]);

/** "License for Flash Attention": behind the name of a part, one ordinary word is of that name. */
function endsName({ words, written, gaps }: LicenseWords, at: number): boolean {
  if (words[at - 3] !== "license" || words[at - 2] !== "for" || !/^[\s-]*$/.test(gaps[at] ?? "")) return false;
  const isNamed = nameWord(words[at - 1] ?? "", written[at - 1] ?? "") === "proper";
  return isNamed && /^\p{Lu}\p{L}+$/u.test(written[at] ?? "") && saysNoTerms(words[at] ?? "");
}

const MAX_PROJECT = 4;

/**
 * The end of the one sentence that may be over licenses of others' parts, which projects copy from each other: "Some of
 * Acme's code is derived from others projects, which is subject to the following copyright notice". Undefined where
 * another sentence is there.
 */
function introductionEnd({ words, written }: LicenseWords, from: number): number | undefined {
  if (words[from] !== "some" || words[from + 1] !== "of") return undefined;
  let at = from + 2;
  while (words[at] !== "code" && at < from + 2 + MAX_PROJECT && NAME_WORDS.has(nameWord(words[at] ?? "", written[at] ?? ""))) at++;
  const sentence = INTRODUCTION.exec(`${words.slice(at, at + MAX_INTRODUCTION).join(" ")} `)?.[0];
  return at === from + 2 || sentence === undefined ? undefined : at + sentence.trim().split(" ").length;
}

const MAX_INTRODUCTION = 14;
const INTRODUCTION =
  /^code is derived from others? projects which (?:is|are) subject to the following (?:copyright notices?|licenses?|copyright notices? and licenses?) /;

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
  { id: "BSD-3-Clause", begins: "this software", goesOn: "isprovided" },
  { id: "MIT", begins: "the software is", goesOn: "providedasis" },
] as const;

function disclaimersOf(texts: readonly PackedTemplate[]): LicenseTemplate[] {
  return DISCLAIMERS.flatMap(({ id, begins, goesOn }) => {
    const { template, at } = placeOf(id, goesOn, texts);
    if (template === undefined) return [];
    return [{ ids: [], name: "", parts: [textPart(begins.split(" ")), ...template.parts.slice(at)] }];
  });
}

/**
 * What is written of a license for a part: all but the disclaimer, which takes nothing from what the license grants, or of
 * Apache-2.0 the notice that leads to it.
 */
function shortenedLicenses(texts: readonly PackedTemplate[]): LicenseTemplate[] {
  const granting = DISCLAIMERS.flatMap(({ id, goesOn }): LicenseTemplate[] => {
    const { template, at } = placeOf(id, goesOn, texts);
    if (template === undefined) return [];
    // "This software" and "The software is" begin the disclaimer: a word, and a part that may vary.
    const { [at - 2]: before } = template.parts;
    const kept = before?.kind === "text" ? textPart(before.words.slice(0, -1)) : undefined;
    return kept === undefined ? [] : [{ ...template, parts: [...template.parts.slice(0, at - 2), kept] }];
  });
  const apache = texts.find(({ ids }) => ids.includes("Apache-2.0"))?.unpack();
  const notice = apache === undefined ? undefined : apacheNotice(apache.parts);
  return apache === undefined || notice === undefined ? granting : [...granting, { ...apache, parts: [notice] }];
}

function apacheNotice(parts: readonly TemplatePart[]): TemplatePart | undefined {
  for (const part of parts) {
    if (part.kind === "text" && part.letters.startsWith("licensedundertheapachelicense")) return part;
    const within = part.kind === "optional" ? apacheNotice(part.parts) : undefined;
    if (within !== undefined) return within;
  }
  return undefined;
}

/** Where the part of a license is that begins so. */
function placeOf(
  id: string,
  goesOn: string,
  texts: readonly PackedTemplate[],
): { readonly template: LicenseTemplate | undefined; readonly at: number } {
  const template = texts.find(({ ids }) => ids.includes(id))?.unpack();
  const at = template?.parts.findIndex((part) => part.kind === "text" && part.letters.startsWith(goesOn)) ?? -1;
  return { template: at === -1 ? undefined : template, at };
}

function textPart(words: readonly string[]): TemplatePart {
  return { kind: "text", words, letters: words.join("") };
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
