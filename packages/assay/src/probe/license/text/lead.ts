import { isScope, nameWord } from "./name-words.ts";
import type { LicenseTemplate } from "./template.ts";
import { ownWords } from "./title.ts";
import type { LicenseWords } from "./words.ts";

/**
 * Where a line over a license that names a product can end: "Granite is released under the MIT license", "This project
 * is licensed under the terms of the MIT License", "Granite MIT License". Only the name of this license may be in it, and
 * no part of the product: "the code is released under" leaves the rest open.
 */
export function* leadEnds(text: LicenseWords, from: number, template: LicenseTemplate): Generator<number> {
  if (text.words[from] === "for") yield* softwareEnds(text, from + 1);
  yield* greetingEnds(text, from);
  for (const named of [from, ...productEnds(text, from)]) {
    const license = behindVerb(text, named, named > from) ?? (named > from && !/[:;]/.test(text.gaps[named] ?? "") ? named : undefined);
    if (license !== undefined) yield* licenseEnds(text, license, template);
  }
}

const MAX_PRODUCT = 3;

const GREETING = "is pleased to support the open source community by making".split(" ");

/** What a maker is pleased to do, in words that say no more: "… by making Granite available". */
function* greetingEnds(text: LicenseWords, from: number): Generator<number> {
  for (const maker of productEnds(text, from)) {
    if (!GREETING.every((word, index) => text.words[maker + index] === word)) continue;
    for (const end of productEnds(text, maker + GREETING.length)) if (text.words[end] === "available") yield end + 1;
  }
}

/** "For Granite software", under the title of a BSD license. */
function* softwareEnds(text: LicenseWords, from: number): Generator<number> {
  for (const end of productEnds(text, from)) if (text.words[end] === "software") yield end + 1;
}

/** "This project", or a name of a few words, one of which is on no list. */
function* productEnds({ words, written, gaps }: LicenseWords, from: number): Generator<number> {
  if (words[from] === "this" && WHOLE.test(words[from + 1] ?? "")) {
    yield from + 2;
    return;
  }
  let hasName = false;
  for (let at = from; at < Math.min(words.length, from + MAX_PRODUCT); at++) {
    const word = words[at] ?? "";
    if (at > from && !/^(?:[\s-]*|\.)$/.test(gaps[at] ?? "")) return;
    const kind = nameWord(word, written[at] ?? "");
    if (isScope(word) || (kind !== "known" && kind !== "proper" && kind !== "lower")) return;
    hasName ||= kind !== "known";
    if (hasName) yield at + 1;
  }
}

const WHOLE = /^(?:project|repository|package|software|library|program|work|model|module)$/;

/** "is released under the terms of the"; undefined where the words are others. */
function behindVerb({ words }: LicenseWords, from: number, isNamed: boolean): number | undefined {
  let at = from;
  if (isNamed) {
    if (words[at] !== "is" && words[at] !== "are") return undefined;
    at++;
    if (words[at] === "made" && words[at + 1] === "available") at++;
  }
  if (!/^(?:released|licensed|distributed|available|provided|published)$/.test(words[at] ?? "")) return undefined;
  at++;
  if (words[at] !== "under") return undefined;
  at++;
  if (words[at] === "the" && words[at + 1] === "terms" && words[at + 2] === "of") at += 3;
  return at;
}

const MAX_NAME_WORDS = 8;

/** The name of the license; "as follows" may be behind it. */
function* licenseEnds({ words }: LicenseWords, from: number, template: LicenseTemplate): Generator<number> {
  const own = ownWords(template);
  let isNamed = false;
  for (let at = from; at < Math.min(words.length, from + MAX_NAME_WORDS); at++) {
    const word = words[at] ?? "";
    const isOwn = own.has(word) && !FILLING.test(word);
    if (!isOwn && !FILLING.test(word)) return;
    isNamed ||= isOwn && /\p{L}/u.test(word);
    if (!isNamed) continue;
    yield at + 1;
    if (words[at + 1] === "as" && words[at + 2] === "follows") yield at + 3;
    if (EXCEPT_PARTS.every((part, index) => words[at + 1 + index] === part)) yield at + 1 + EXCEPT_PARTS.length;
  }
}

/** Parts of others that the file lists: where it does, they are behind the license, and are looked at there. */
const EXCEPT_PARTS = "except for the third party components listed below".split(" ");
const FILLING = /^(?:the|license|version|v|of|terms|public|general|\d{1,2})$/;
