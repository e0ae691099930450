import { limitsUse, mayLimitUse } from "../text/limits.ts";
import { plainWords } from "../text/plain-words.ts";
import { soundsLikeTerms } from "../text/terms.ts";
import type { OpenSentences } from "./open-sentences.ts";
import { plainProse, sentencesOf } from "./prose.ts";

/** How sure a text must be about terms: the less its name says of them, the surer. */
export type Doubt =
  /** Its name says terms: one sentence is enough. */
  | "named"
  /** Its name may say terms. */
  | "perhaps"
  /** A document: a few sentences close together, or half of a short note. */
  | "document"
  /** Source code: a notice of a few sentences. */
  | "code"
  /** Records: sentences meet by chance. */
  | "records";

/** Sentences in a row among which so many must speak of terms. */
const WINDOW = 12;
const MIN_IN_WINDOW: Readonly<Record<Doubt, number>> = { named: 1, perhaps: 2, document: 3, code: 3, records: 3 };
/** In many records, sentences of everyday life meet that sound like terms. */
const MANY_RECORDS = 60;
const MIN_IN_MANY_RECORDS = 5;
/** A note of so few sentences is terms where half of them are. */
const SHORT_NOTE = 8;

/** What a text holds besides sentences of open licenses. */
export interface TermsFound {
  /** The sentences that grant or restrict something, each once. */
  readonly sentences: readonly string[];
  readonly subject: TermsSubject;
  /** Its first line is the name of terms, and of no open license: it is the terms, not a notice of some. */
  readonly isTitled: boolean;
}

type TermsSubject = "model" | "other";

/**
 * The terms in a text; undefined where it holds none, or none but those of open licenses. `doubt` says how much
 * it takes. The time is linear in the text, which the caller bounds.
 */
export function termsIn(text: string, doubt: Doubt, open: OpenSentences): TermsFound | undefined {
  const prose = plainProse(holdsOneRecordPerLine(text) ? text.replaceAll("\n", "\n\n") : text);
  const title = titleOf(prose);
  if (title !== undefined && TITLE.test(title) && open.isClosedName(title)) return { sentences: [title], subject: "model", isTitled: true };
  if (!BINDS.test(prose)) {
    const words = plainWords(prose);
    if (!soundsLikeTerms(prose, words) && !mayLimitUse(prose, words)) return undefined;
  }
  // Numbers of clauses and single letters are not sentences, and take no room among them.
  const sentences = sentencesOf(prose).filter((sentence) => /\p{L}\p{M}?\p{L}/u.test(sentence));
  const spoken: { readonly at: number; readonly sentence: string; readonly isLimit: boolean }[] = [];
  const seen = new Set<string>();
  for (const [at, sentence] of sentences.entries()) {
    const isName = sentence.length <= MAX_TITLE && TITLE.test(sentence) && open.isClosedName(sentence);
    const words = plainWords(sentence);
    const isLimit = limitsUse(sentence, words);
    if (LAW_ONLY.test(sentence)) continue;
    if (!isName && !isLimit && !BINDS.test(sentence) && !soundsLikeTerms(sentence, words)) continue;
    const key = sentence.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    spoken.push({ at, sentence, isLimit });
  }
  const isDocument = doubt === "document" || doubt === "perhaps";
  const isTitle = title !== undefined && TITLE.test(title);
  const isTitled = doubt === "document" && isTitle;
  const isMany = doubt === "records" && sentences.length > MANY_RECORDS;
  const least = isTitled ? MIN_IN_WINDOW.named : isMany ? MIN_IN_MANY_RECORDS : MIN_IN_WINDOW[doubt];
  const isShortNote = (count: number): boolean => isDocument && sentences.length <= SHORT_NOTE && count * 2 >= sentences.length;
  const placesOf = (isOpen: (sentence: string) => boolean): Place[] =>
    spoken.map(({ at, sentence, isLimit }) => {
      const known = isOpen(sentence);
      return { at, isOpen: known, counts: isLimit && !known && isDocument ? LIMIT_COUNTS : 1 };
    });
  // Too few even if no open license has any of them: most texts end here, and need no comparison with all licenses.
  if (
    !isShortNote(spoken.length) &&
    !isDense(
      placesOf(() => false),
      least,
    )
  )
    return undefined;
  const places = placesOf((sentence) => open.has(sentence));
  const found = spoken.filter((_, index) => places[index]?.isOpen === false).map(({ sentence }) => sentence);
  if (found.length === 0) return undefined;
  return isShortNote(found.length) || isDense(places, least)
    ? { sentences: found, subject: subjectOf(prose), isTitled: isTitle && !open.isOpenName(title) }
    : undefined;
}

/** A sentence that speaks of terms, and whether an open license has it. */
interface Place {
  readonly at: number;
  readonly isOpen: boolean;
  /** For how many sentences it counts. */
  readonly counts: number;
}

/** A sentence that limits what something may be used for is a term in a document, whatever is around it. */
const LIMIT_COUNTS = 3;

/**
 * Whether so many sentences of terms are close together, one of them of no open license: an open license with a
 * sentence added is not open, and neither is an agreement that has most of its sentences from one.
 */
function isDense(places: readonly Place[], least: number): boolean {
  return places.some((place, index) => {
    const row = places.slice(index, index + WINDOW).filter(({ at }) => at - place.at < WINDOW);
    return row.reduce((sum, { counts }) => sum + counts, 0) >= least && row.some(({ isOpen }) => !isOpen);
  });
}

/** JSON lines, and tables with three columns or more. */
function holdsOneRecordPerLine(text: string): boolean {
  const [first = "", second = ""] = text.split("\n", 2);
  return (isObject(first) && isObject(second)) || (columns(first) > 2 && columns(first) === columns(second));
}

function isObject(line: string): boolean {
  return line.startsWith("{") && line.trimEnd().endsWith("}");
}

function columns(line: string): number {
  return line.split(/[,;\t]/, 20).length;
}

/** Someone is bound to do or leave something with a work. */
const BINDS =
  /\byou (?:hereby |also |must |may )?(?:agree|undertake|warrant|represent) (?:that|to|not|you will not|you shall not)\b|\bwe require (?:that )?you\b|\b(?:you|licensees?|users?|recipients?) (?:will not|may not|must not|shall not|shall only|may only) (?:\w{1,20} ){0,2}(?:us|cop|modif|distribut|redistribut|shar|sell|train|deploy|reproduc|publish|host|commerciali)\w{0,8}\b|\b(?:this|the) (?:agreement|licen[sc]e) (?:names?|grants?|permits?|allows?|forbids?|ends|terminates)\b|\b(?:is|are) (?:not|only|never) (?:allowed|permitted|licensed)\b/i;

/** The law binds without a license: to obey it is not a term. */
const LAW_ONLY =
  /^(?:by (?:using|downloading|accessing) [^,.;]{1,80}, )?(?:you|users|licensees?) (?:agree to|must|shall|will) comply with (?:all )?applicable laws?(?: and regulations)?\W{0,2}$/i;

/** A title that is nothing but the name of terms. */
const TITLE =
  /^(?:terms\b|conditions\b|community licen[sc]e|acceptable use).{0,80}$|(?:licen[sc]e|agreement|terms|terms of (?:use|service)|terms and conditions|eula|use policy)\W{0,3}$/i;
const MAX_TITLE = 100;

/** The first line with words, without marks of a heading. */
function titleOf(prose: string): string | undefined {
  const line = /^[^\p{L}\p{N}]{0,200}([^\n]{3,200})/u
    .exec(prose.slice(0, 1_000))?.[1]
    ?.replace(/[\s#*_=~"'`>]+$/, "")
    .trim();
  return line === undefined || line.length > MAX_TITLE ? undefined : line;
}

const MODEL =
  /\b(?:models?|weights|checkpoints?|parameters|llms?|generative|neural|inference)\b|模型|权重|權重|モデル|모델|модел|\bmod[eè]l[eo]s?\b|\bmodell[eion]*\b/giu;
const OTHER = /\b(?:software|programs?|source code|library|fonts?|data(?:set|base)?s?|corpus|images?|documentation)\b/giu;

/** Whether a text is about a model at all; terms for a library or a data set hardly mention one. */
function subjectOf(prose: string): TermsSubject {
  const model = prose.match(MODEL)?.length ?? 0;
  const other = prose.match(OTHER)?.length ?? 0;
  return (model >= 3 && model * 3 >= other) || (model > 0 && other <= 1) ? "model" : "other";
}
