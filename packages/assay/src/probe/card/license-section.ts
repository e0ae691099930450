import { NAMED_LICENSES } from "../license/text/titles.ts";
import { sentencesOf } from "../license/terms/prose.ts";
import type { LicenseSubject } from "../../openness/folder/findings.ts";
import type { CardSection } from "./sections.ts";

/** A sentence of a card's section on licenses that names one, or restricts a use. */
export interface LicenseSentence {
  readonly name: string;
  readonly about: LicenseSubject | undefined;
}

/** For a restriction that names no license. */
const RESTRICTED = "LicenseRef-restricted";
const MAX_SENTENCES = 40;

/**
 * What a card's sections on licenses say against openness: sentences that name a license of Creative Commons with
 * restrictions, the license of a model maker, or a limit on uses. What else they say, the fields above the card do.
 */
export function licenseSentences(sections: readonly CardSection[]): LicenseSentence[] {
  const sentences = sections.flatMap(({ text }) => (text === "" ? [] : sentencesOf(text))).slice(0, MAX_SENTENCES);
  return sentences.flatMap((sentence) => {
    const name = closedNameIn(sentence);
    return name === undefined ? [] : [{ name, about: subjectOf(sentence) }];
  });
}

const CREATIVE_COMMONS = /\bCC[- ]?BY((?:[- ](?:NC|SA|ND)){1,2})(?:[- ]?(\d\.\d))?/i;
const LIMITS =
  /\bnon-?commercial\b|\b(?:research|academic|evaluation) (?:use|purposes?) only\b|\bonly for (?:research|academic|non-?commercial|evaluation)\b|\bcommercial (?:use|usage|purposes?)\b[^.]{0,40}\b(?:not|requires?|needs?|prohibited|forbidden|application)\b|\bnot\b[^.]{0,40}\bcommercial(?:ly)?\b|不得用于商业|仅供(?:学术)?研究|禁止商用/i;
/** Sentences that deny a limit, or speak of another model. */
const DENIES = /\b(?:no|without|free of) (?:restrictions?|limits?|limitations?)\b|\bunlike\b|\bcompared (?:to|with)\b/i;

function closedNameIn(sentence: string): string | undefined {
  if (DENIES.test(sentence)) return undefined;
  const [, terms = "", version] = CREATIVE_COMMONS.exec(sentence) ?? [];
  if (/NC|ND/i.test(terms)) return `CC-BY${terms.toUpperCase().replaceAll(" ", "-")}-${version ?? "4.0"}`;
  const lower = sentence.toLowerCase();
  const maker = NAMED_LICENSES.find(({ name }) => lower.includes(name.toLowerCase()));
  return maker?.id ?? (LIMITS.test(sentence) ? RESTRICTED : undefined);
}

function subjectOf(sentence: string): LicenseSubject | undefined {
  const subjects: LicenseSubject[] = [
    ...(/\b(?:model )?(?:card|documentation)\b/i.test(sentence) ? ["card" as const] : []),
    ...(/\b(?:weights?|checkpoints?|parameters|models?)\b(?! card)|模型|权重/i.test(sentence) ? ["parameters" as const] : []),
    ...(/\b(?:source )?code\b|代码/i.test(sentence) ? ["code" as const] : []),
    ...(/\b(?:data|data ?sets?)\b|数据/i.test(sentence) ? ["data" as const] : []),
  ];
  return subjects.length === 1 ? subjects[0] : undefined;
}
