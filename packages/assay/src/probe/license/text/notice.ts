import { isAddressWord, isHarmless, isInstitution, isKnownAbbreviation, isRole, nameWord, saysNoTerms } from "./name-words.ts";
import type { LicenseWords } from "./words.ts";

/**
 * Where one or more copyright notices that begin at a word can end: behind every piece of them that is whole. Empty
 * where no notice begins there.
 *
 * A notice is a sign (`Copyright`, `(c)`, `©`), then years, names, addresses and reservations of all rights, in any
 * order and number, and nothing else; a text that continues in other words continues behind the notice. What a name is,
 * says `name-words.ts`. Linear: a notice has at most some hundred words.
 */
export function noticesEnds(words: LicenseWords, from: number): readonly number[] {
  const known = remembered(words).notices;
  let ends = known.get(from);
  if (ends === undefined) known.set(from, (ends = noticeFrom(words, from)));
  return ends;
}

/** Where a name that begins at a word can end: the pieces of a notice without its sign, at most some of them. */
export function nameEnds(words: LicenseWords, from: number): readonly number[] {
  const known = remembered(words).names;
  let ends = known.get(from);
  if (ends === undefined) known.set(from, (ends = pieces(words, from, MAX_NAME_WORDS)));
  return ends;
}

const MAX_NOTICES = 300;
const MAX_NAME_WORDS = 24;

interface Remembered {
  readonly notices: Map<number, readonly number[]>;
  readonly names: Map<number, readonly number[]>;
}

const memory = new WeakMap<LicenseWords, Remembered>();

function remembered(words: LicenseWords): Remembered {
  let known = memory.get(words);
  if (known === undefined) memory.set(words, (known = { notices: new Map(), names: new Map() }));
  return known;
}

function noticeFrom(words: LicenseWords, from: number): readonly number[] {
  const start = behindLead(words, from);
  // A reservation of all rights is left alone where the line with the name was taken out.
  if (isReservation(words, start)) return [start + RESERVATION.length];
  return isSign(words, start) ? pieces(words, start, MAX_NOTICES) : [];
}

/** "Portions", "Some portions of this software are": whatever part the notice is for. */
function behindLead({ words }: LicenseWords, from: number): number {
  let at = from;
  if (words[at] === "some") at++;
  if (words[at] !== "portions" && words[at] !== "parts") return from;
  at++;
  if (words[at] === "of" && words[at + 1] === "this" && /^(?:software|code|file|work)$/.test(words[at + 2] ?? "")) at += 3;
  return words[at] === "are" || words[at] === "is" ? at + 1 : at;
}

function isSign({ words, gaps }: LicenseWords, at: number): boolean {
  return /^(?:copyrights?|copr)$/.test(words[at] ?? "") || /©|\(c\)/i.test(gaps[at] ?? "");
}

function isReservation({ words }: LicenseWords, at: number): boolean {
  return RESERVATION.every((word, index) => words[at + index] === word);
}

const RESERVATION = ["all", "rights", "reserved"];

/** Words of names without a comma, year or the like between them. */
const MAX_RUN = 9;
/** Those of them that are on no list. */
const MAX_PROPER = 5;
const MAX_LOWER = 1;

/** Follows pieces of notices as far as they go; all places behind a whole piece. */
function pieces(text: LicenseWords, from: number, longest: number): readonly number[] {
  const ends: number[] = [];
  const last = Math.min(text.words.length, from + longest);
  let run = { words: 0, proper: 0, lower: 0 };
  let at = from;
  let isNamed = false;
  while (at < last) {
    if (/[,;:()<>[\]{}/&|"“”]|\.\s/.test(text.gaps[at] ?? "")) run = { words: 0, proper: 0, lower: 0 };
    const behind = behindFixed(text, at) ?? behindReference(text, at) ?? behindAddress(text, at);
    if (behind !== undefined) {
      run = { words: 0, proper: 0, lower: 0 };
      at = behind;
      ends.push(at);
      continue;
    }
    const word = text.words[at] ?? "";
    if (/^(?:copyrights?|copr|by|portions)$/.test(word)) {
      run = { words: 0, proper: 0, lower: 0 };
      at++;
      continue;
    }
    if ((word === "its" || word === "their" || word === "all" || word === "other") && isRole(text.words[at + 1] ?? "")) {
      at += 2;
      ends.push(at);
      continue;
    }
    if (word === "else" && /^some(?:body|one)$/.test(text.words[at - 1] ?? "")) {
      ends.push(++at);
      continue;
    }
    if (run.words === 0 && isGivenName(text, at)) {
      run = { words: 2, proper: 1, lower: 0 };
      at += 2;
      ends.push(at);
      continue;
    }
    const compound = behindProject(text, at);
    if (compound !== undefined) {
      run = { words: 2, proper: 1, lower: 0 };
      at = compound;
      continue;
    }
    const form = isNamed ? behindForm(text, at) : undefined;
    if (form !== undefined) {
      at = form;
      ends.push(at);
      continue;
    }
    if (isAbbreviation(text, at, isNamed)) break;
    const kind = nameWord(word, text.written[at] ?? "");
    isNamed ||= kind === "proper" || kind === "lower" || (kind === "known" && /\p{L}{2}/u.test(word));
    if (kind === "other" || (kind === "place" && !isInstitution(text.words[at - 1] ?? "") && !isBehindInstitution(text, from, at))) break;
    run.words++;
    if (kind === "proper") run.proper++;
    // "scikit-learn" is one name.
    if (kind === "lower" && (run.lower === 0 || text.gaps[at] !== "-")) run.lower++;
    if (run.words > MAX_RUN || run.proper + run.lower > MAX_PROPER || run.lower > MAX_LOWER) break;
    at++;
    if (kind !== "joint" && kind !== "place") ends.push(at);
  }
  return ends;
}

/**
 * Whether letters are short for words that are not said: "n.c." and "NFCU" behind a name can mean any clause.
 * Initials before a family name and the forms of companies are not such letters, nor an acronym that is the first name.
 */
function isAbbreviation(text: LicenseWords, at: number, isNamed: boolean): boolean {
  const { words, written, gaps } = text;
  if (!isNamed) return false;
  const one = written[at] ?? "";
  if (/^\p{Lu}{2,5}$/u.test(one) && nameWord(words[at] ?? "", one) === "proper") {
    const isBeforeName =
      /^\s*$/.test(gaps[at + 1] ?? "") && /^(?:proper|known|joint)$/.test(nameWord(words[at + 1] ?? "", written[at + 1] ?? ""));
    const isAlone = /[,;:()/|.]/.test(gaps[at] ?? "") && !isBeforeName;
    // "TS'O" is one name.
    return isAlone || (!/[AEIOUY]/.test(one) && !/^['’]$/.test(gaps[at + 1] ?? ""));
  }
  if (!/^\p{L}$/u.test(one) || /['’&-]/.test(gaps[at] ?? "")) return false;
  // Initials are capitals: "n.c." before a name is an abbreviation.
  if (/^\p{Ll}$/u.test(one) && (gaps[at + 1] ?? ".").startsWith(".")) return true;
  const end = lettersEnd(text, at);
  const next = written[end] ?? "";
  return (
    !/^[.\s&'’-]*$/.test(gaps[end] ?? ",") || !["proper", "known", "joint"].includes(nameWord(words[end] ?? "", next)) || /^\d/.test(next)
  );
}

/** The end of letters that follow each other with points or blanks between them. */
function lettersEnd({ words, written, gaps }: LicenseWords, at: number): number {
  let end = at + 1;
  while (end < words.length && /^\p{L}$/u.test(written[end] ?? "") && /^[.\s]*$/.test(gaps[end] ?? "")) end++;
  return end;
}

/** "S.A.", "B.V.", "U.S.A.": forms of companies and places. Undefined for other letters. */
function behindForm(text: LicenseWords, at: number): number | undefined {
  if (!/^\p{L}$/u.test(text.written[at] ?? "")) return undefined;
  const end = lettersEnd(text, at);
  return end > at + 1 && isKnownAbbreviation(text.words.slice(at, end).join("")) ? end : undefined;
}

const PROJECT_GROUP = /^(?:authors|contributors|developers|maintainers|project|team)$/;

/**
 * "The Update Framework Authors": one ordinary word in the name of a project, which is between
 * "the" and a group of people, says nothing. Two could.
 */
function behindProject({ words, written, gaps }: LicenseWords, at: number): number | undefined {
  // "The IDEA-CCNL Authors": an ordinary word with a hyphen to a name, in capitals as that is.
  const isCompound = gaps[at + 2] === "-" && [1, 2].every((place) => /^\p{Lu}{2,}$/u.test(written[at + place] ?? ""));
  if (isCompound && words[at] === "the" && PROJECT_GROUP.test(words[at + 3] ?? "") && saysNoTerms(words[at + 1] ?? "")) {
    return nameWord(words[at + 2] ?? "", written[at + 2] ?? "") === "proper" ? at + 3 : undefined;
  }
  if (words[at] !== "the" || !isHarmless(words[at + 1] ?? "") || !/^\p{Lu}\p{Ll}+$/u.test(written[at + 1] ?? "")) return undefined;
  const second = words[at + 2] ?? "";
  if (PROJECT_GROUP.test(second)) return at + 2;
  const isName = nameWord(second, written[at + 2] ?? "") === "known";
  return isName && PROJECT_GROUP.test(words[at + 3] ?? "") ? at + 3 : undefined;
}

const GIVEN_NAMES = /^(?:will|grant|may|don|he|can|an)$/;

/** "Will McGugan": what would be part of a sentence is a given name before a family name, where a name begins. */
function isGivenName({ words, written }: LicenseWords, at: number): boolean {
  const family = written[at + 1] ?? "";
  if (!GIVEN_NAMES.test(words[at] ?? "") || !/^\p{Lu}/u.test(written[at] ?? "")) return false;
  return /^\p{Lu}\p{Ll}/u.test(family) && nameWord(words[at + 1] ?? "", family) === "proper";
}

/** "University of Illinois at", "Center for Research on". */
function isBehindInstitution({ words }: LicenseWords, from: number, at: number): boolean {
  for (let of = at - 1; of > from && of >= at - 3; of--) if (words[of] === "of") return isInstitution(words[of - 1] ?? "");
  return false;
}

/** Years, dates, a reservation of all rights: what is fixed in a notice. Undefined where none begins. */
function behindFixed({ words, gaps }: LicenseWords, at: number): number | undefined {
  const word = words[at] ?? "";
  const next = words[at + 1] ?? "";
  if (word === "all" && next === "rights" && words[at + 2] === "reserved") return at + 3;
  if (word === "alle" && next === "rechte" && words[at + 2] === "vorbehalten") return at + 3;
  if (word === "tous" && next === "droits" && /^r[ée]serv[ée]s$/.test(words[at + 2] ?? "")) return at + 3;
  if (/^(?:19|20)\d\d$/.test(word)) {
    return next === "to" && /^(?:(?:19|20)\d\d|present|now|today)$/.test(words[at + 2] ?? "") ? at + 3 : at + 1;
  }
  const isBehindYear = /^(?:19|20)\d\d$/.test(words[at - 1] ?? "");
  if (isBehindYear && /^\s*(?:\p{Pd}+|to)?\s*$/u.test(gaps[at] ?? "") && /^(?:\d\d|present|now|today|current)$/.test(word)) return at + 1;
  if (MONTH.test(word) && (/^\d{1,4}$/.test(next) || /^\d{1,2}$/.test(words[at - 1] ?? ""))) return at + 1;
  if (/^\d{1,2}(?:st|nd|rd|th)?$/.test(word) && (MONTH.test(next) || MONTH.test(words[at - 1] ?? ""))) return at + 1;
  return undefined;
}

/** "See the AUTHORS file", "see CONTRIBUTORS.md for a full list", "as shown by the AUTHORS file". */
function behindReference({ words }: LicenseWords, at: number): number | undefined {
  const isShown = words[at] === "as" && words[at + 1] === "shown" && words[at + 2] === "by";
  if (words[at] !== "see" && !isShown) return undefined;
  let end = isShown ? at + 3 : at + 1;
  if (words[end] === "the") end++;
  if (!/^(?:authors|contributors|credits|maintainers)$/.test(words[end] ?? "")) return undefined;
  end++;
  if (/^(?:txt|md|rst)$/.test(words[end] ?? "")) end++;
  return words[end] === "file" ? end + 1 : end;
}

const MONTH =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;

const MAX_ADDRESS = 10;
const DOMAIN = /^(?:com|org|net|edu|gov|mil|int|io|ai|dev|app|info|name|me|co|[a-z]{2})$/;

/** An address of mail or web, of words that make no sentence. Undefined where none begins. */
function behindAddress({ words, gaps }: LicenseWords, at: number): number | undefined {
  let end = at + 1;
  while (end < at + MAX_ADDRESS && end < words.length && /^[.@/:_~+-]{1,3}$/.test(gaps[end] ?? "")) end++;
  const parts = words.slice(at, end);
  const joints = gaps.slice(at + 1, end);
  if (!joints.some((gap) => gap === "@") && !(joints[0] === "." && parts.slice(1).some((part) => DOMAIN.test(part)))) return undefined;
  return parts.every((part, index) => isAddressWord(part) || (index > 0 && DOMAIN.test(part))) ? end : undefined;
}
