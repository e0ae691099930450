import type { Rule } from "./rule.ts";

const folder = "src/evidence/license-text";
const notices = { test: "test/evidence/license-notice.test.ts" };
const texts = { test: "test/evidence/license-text.test.ts" };

/** License texts: what may differ, where text may vary, and what may be there. */
export const rules: readonly Rule[] = [
  {
    ...notices,
    rule: "a word of ordinary language is part of no name",
    file: `${folder}/name-words.ts`,
    text: "!ONE_SCRIPT.test(word) || isOrdinary(word)) return",
    replacement: "!ONE_SCRIPT.test(word)) return",
  },
  {
    ...notices,
    rule: "letters that look like those of another script are in no name",
    file: `${folder}/name-words.ts`,
    text: "!ONE_SCRIPT.test(word) || isOrdinary(word)) return",
    replacement: "isOrdinary(word)) return",
  },
  {
    ...notices,
    rule: "a stem that terms are about is in no name",
    file: `${folder}/name-words.ts`,
    text: "if (word.length > LONGEST_WORD || SPEAKS.test(word)) return",
    replacement: "if (word.length > LONGEST_WORD) return",
  },
  {
    ...notices,
    rule: "a Chinese sentence is no name",
    file: `${folder}/name-words.ts`,
    text: "&& !CHINESE_SENTENCE.test(name)",
    replacement: "",
  },
  {
    ...notices,
    rule: "a name joins with for only behind an institution",
    file: `${folder}/notice.ts`,
    text: 'kind === "place" && ',
    replacement: "false && ",
  },
  {
    ...notices,
    rule: "an address is made of no sentence",
    file: `${folder}/notice.ts`,
    text: "return parts.every((part, index) => isAddressWord(part) || (index > 0 && DOMAIN.test(part))) ? end : undefined;",
    replacement: "return end;",
  },
  {
    ...notices,
    rule: "a notice begins with the sign of one",
    file: `${folder}/notice.ts`,
    text: "return isSign(words, start) ? pieces(words, start, LONGEST_NOTICES) : [];",
    replacement: "return pieces(words, start, LONGEST_NOTICES);",
  },
  {
    ...notices,
    rule: "nothing may be behind a license",
    file: `${folder}/match.ts`,
    text: "isWhole: ends.has(words.letters.length)",
    replacement: "isWhole: ends.size > 0",
  },
  {
    ...notices,
    rule: "text that Markdown strikes out is not followed",
    file: `${folder}/plain-text.ts`,
    text: "(?<![/~])~{1,2}(?=[^\\s~])|(?<=[^\\s~/])~{1,2}(?!~)|<!--",
    replacement: "<!--",
  },
  {
    ...notices,
    rule: "a comment of HTML is not followed",
    file: `${folder}/plain-text.ts`,
    text: "~{1,2}(?!~)|<!--/g",
    replacement: "~{1,2}(?!~)/g",
  },
  {
    ...notices,
    rule: "text in another direction is not followed",
    file: `${folder}/plain-text.ts`,
    text: ".replace(/[\\u202a-\\u202e\\u2066-\\u2069]/g, HIDDEN)",
    replacement: "",
  },
  {
    ...notices,
    rule: "a sign that can say not counts as a word",
    file: `${folder}/words.ts`,
    text: "|&|[^\\s\\p{L}\\p{N}\\p{M}\\p{P}",
    replacement: "|&|[^\\s\\p{L}\\p{N}\\p{M}\\p{S}\\p{P}",
  },
  {
    ...notices,
    rule: "a mark over a letter is part of the word",
    file: `${folder}/words.ts`,
    text: "/[\\p{L}\\p{N}\\p{M}]+|&|",
    replacement: "/[\\p{L}\\p{N}]+|&|",
  },
  {
    ...notices,
    rule: "a title denies nothing",
    file: `${folder}/title.ts`,
    text: 'if (NEGATIONS.has(one) && !pairs.has(`${one} ${words[word + 1] ?? ""}`)) return;',
    replacement: "",
  },
  {
    ...texts,
    rule: "an optional part is there whole or not at all",
    file: `${folder}/match.ts`,
    text: "return new Set([...this.through(part.parts, from), ...from]);",
    replacement: "return new Set([...this.through(part.parts, from), ...from, this.#words.letters.length]);",
  },
  {
    ...texts,
    rule: "a changed text has at least one change to show",
    file: `${folder}/changes.ts`,
    text: "return changes.length > 0 ? changes : [firstDeparture(text, template)];",
    replacement: "return [];",
  },
  {
    ...texts,
    rule: "a text with all words of a license and more is like that license",
    file: `${folder}/nearest.ts`,
    text: "isWhole ? similarity + WHOLE_COUNTS : similarity",
    replacement: "similarity",
  },
  {
    test: "test/openness/license.test.ts",
    rule: "strictly, the tool's name for PDDL-1.0 is open",
    file: "src/openness/license-verdict.ts",
    text: " || licenses.isOpenToTool(written)",
    replacement: "",
  },
];
