import type { LicenseSubject } from "../../openness/folder/findings.ts";
import type { LicenseKnowledge } from "../license/terms/open-sentences.ts";
import { sentencesOf } from "../license/terms/prose.ts";
import { NAMED_LICENSES } from "../license/text/titles.ts";
import { licensesNamedIn } from "./license-names.ts";
import { licenseOfLink } from "./license-link.ts";
import type { ModelWords } from "./model-words.ts";
import type { CardSection } from "./sections.ts";

/** A sentence of a card that says under which license something is, or that restricts a use. */
export interface LicenseSentence {
  readonly name: string;
  /** What it is said of; undefined for everything. */
  readonly about: LicenseSubject | undefined;
  readonly sentence: string;
  /** Line of the card. */
  readonly line: number;
}

/** For a restriction that names no license. */
const RESTRICTED = "LicenseRef-restricted";
const MAX_SENTENCES = 200;
const MAX_QUOTE = 300;
const ON_LICENSES = /licen[sc]|terms of use|许可|許可|協議|协议|授权|ライセンス|라이선스|лиценз|lizenz|licencia|licenza/i;
/** Most sentences have none of these words, and are not read further. */
const HINT =
  /licen[sc]|terms of use|agreement|许可|許可|協議|协议|授权|ライセンス|라이선스|лиценз|lizenz|\bCC[- ]?BY|\bCC0\b|creative commons|\bMIT\b|\bApache\b|commercial|商用|商业|研究/i;
const STATES =
  /\b(?:licen[sc]ed|releas(?:ed|e|ing)|distributed|open-?sourced|published|available|provided|shared|offered|governed|covered|subject|usable)\b[^.]{0,80}?\b(?:under|by|with|via|to)\b|\bunder (?:an?|the)\b[^.]{0,60}\blicen[sc]e\b|\b(?:is|are) [\w. -]{2,30}[- ]licen[sc]ed\b|^\W{0,6}(?:model |code |weights? |data )?licen[sc]es?\W{0,8}[:：]|(?:依照|遵循|遵守|采用|基于|使用|根据|依据|按照|適用)[^。]{0,40}(?:许可|协议|授权|licen[sc]e)|ライセンス(?:の(?:もと|下)|で(?:公開|提供|配布)|に(?:基づ|従)|が適用|されて)|の下でライセンス|라이선스(?:로|에 따라|하에)|под лицензи|распространя/i;
/** The makers speak of what they publish here. */
const SELF =
  /\b(?:this|our|we|all|these|its?|both|the) (?:[\w.]+[ -]){0,4}(?:models?|weights?|check-?points?|code|codebase|repo(?:sitory)?|project|software|package|library|tool(?:kit|box)?|data(?: ?set)?s?|work|release|parameters|series|family|files?|materials?|notebooks?|code and)\b|\b(?:they|it) (?:is|are)\b|\bwe (?:release|open|publish|provide|licen[sc]e)|本(?:仓库|项目|模型|代码|库|作|プロジェクト|リポジトリ|ソフトウェア|モデル)|この(?:プロジェクト|リポジトリ|モデル|ソフトウェア|コード)|该(?:模型|项目)|данн(?:ый|ые|ая)|^\W{0,6}(?:model |code |weights? |data )?licen[sc]es?\W{0,8}[:：]/i;
/** Speaks of another model, or of what others made. */
const OF_OTHERS =
  /\bunlike\b|\bcompared (?:to|with)\b|\bthird[- ]part|\boriginal(?:ly)?\b|\b(?:was|were) made available\b|\binherit|\bdependenc|\bif you\b|\bmay be governed\b|\bderivative of\b|\bexcept in compliance\b|\byou may (?:not |also )?(?:use|obtain)\b|\bgenerated contents?\b|\bportions\b|\bsome (?:files|parts)\b/i;

/**
 * What a card says on licenses. In a section on licenses each sentence counts that names one; elsewhere one that says
 * that something of the makers' own is under it. A sentence on code says nothing of weights: what it is about is its
 * own words.
 */
export function licenseStatements(sections: readonly CardSection[], model: ModelWords, knowledge: LicenseKnowledge): LicenseSentence[] {
  const found: LicenseSentence[] = [];
  let left = MAX_SENTENCES;
  for (const section of sections) {
    if (!HINT.test(section.text)) continue;
    const isOnLicenses = ON_LICENSES.test(section.path);
    const ofHeading = isOnLicenses ? onlySubject(section.heading.replace(ON_LICENSES, " ")) : undefined;
    let before: LicenseSubject | undefined;
    for (const sentence of sentencesOf(section.text)) {
      if (left === 0) return found;
      const own = onlySubject(withoutAddresses(sentence));
      // "It" is what the sentence before is about, and what names nothing is about what the heading names.
      const meant = CONTINUES.test(sentence) ? (before ?? ofHeading) : ofHeading;
      before = own ?? (CONTINUES.test(sentence) ? before : undefined);
      if (!isOnLicenses && !HINT.test(sentence)) continue;
      left -= 1;
      for (const one of statementsIn(sentence, isOnLicenses, model, knowledge)) {
        found.push({ ...one, about: one.about ?? meant, sentence: quoted(sentence), line: lineOf(section, sentence) });
      }
    }
  }
  return found;
}

const CONTINUES = /^\W{0,6}(?:it|they|these|this)\b(?! (?:repo|project|code|software|work|library|package))/i;

type Statement = Pick<LicenseSentence, "name" | "about">;

function statementsIn(sentence: string, isOnLicenses: boolean, model: ModelWords, knowledge: LicenseKnowledge): Statement[] {
  const plain = withoutAddresses(sentence);
  const counts = isOnLicenses || (STATES.test(plain) && (SELF.test(plain) || model.areIn(plain)));
  if (!counts) return [];
  const statements: Statement[] = [];
  let before = "";
  for (const part of clausesOf(plain)) {
    const named = licensesNamedIn(part, knowledge);
    const unversioned = named.length === 0 ? restrictedCreativeCommons(part) : undefined;
    const names = unversioned === undefined ? named : [{ name: unversioned, isOpen: false }];
    const clause = `${before} ${part}`;
    // What names no license is the beginning of what follows.
    before = names.length === 0 ? clause : "";
    const isOthers = OF_OTHERS.test(clause);
    for (const { name, isOpen } of isOthers && !isOnLicenses ? [] : names) {
      if (isOpen && (isOthers || !mayState(clause, isOnLicenses))) continue;
      for (const about of subjectsOf(clause)) statements.push({ name, about });
    }
  }
  if (statements.length === 0 && STATES.test(plain)) {
    for (const [, url = ""] of sentence.matchAll(/\[[^\][]{0,80}licen[sc]e[^\][]{0,40}\]\((https?:\/\/[^\s)]{1,300})\)/gi)) {
      const name = licenseOfLink(url);
      if (name !== undefined) for (const about of subjectsOf(plain)) statements.push({ name, about });
    }
  }
  if (isOnLicenses) statements.push(...closedBesides(plain, statements));
  return statements;
}

/** A name alone is a statement in a section on licenses; otherwise the clause must say that something is under it. */
function mayState(clause: string, isOnLicenses: boolean): boolean {
  return isOnLicenses ? !/\b(?:for more|see also|compatible|differs?|choose)\b/i.test(clause) : true;
}

const CREATIVE_COMMONS = /\bCC[- ]?BY((?:[- ](?:NC|SA|ND)){1,2})(?:[- ]?(\d\.\d))?/i;
const LIMITS =
  /\bnon-?commercial\b|\b(?:research|academic|evaluation) (?:use|purposes?) only\b|\bonly for (?:research|academic|non-?commercial|evaluation)\b|\bcommercial (?:use|usage|purposes?)\b[^.]{0,40}\b(?:not|requires?|needs?|prohibited|forbidden|application)\b|\bnot\b[^.]{0,40}\bcommercial(?:ly)?\b|不得用于商业|仅供(?:学术)?研究|禁止商用/i;
/** A license of Creative Commons with restrictions, the version of which need not be said. */
function restrictedCreativeCommons(text: string): string | undefined {
  const [, terms = "", version] = CREATIVE_COMMONS.exec(text) ?? [];
  return /NC|ND/i.test(terms) ? `CC-BY${terms.toUpperCase().replaceAll(" ", "-")}-${version ?? "4.0"}` : undefined;
}

/** What is for commerce as well is not limited by that. */
const ANY_USE = /\bfor (?:both )?(?:non-?commercial (?:and|or|as well as) commercial|commercial (?:and|or|as well as) non-?commercial)\b/gi;

/** Sentences that deny a limit, or speak of another model. */
const DENIES = /\b(?:no|without|free of) (?:restrictions?|limits?|limitations?)\b|\bunlike\b|\bcompared (?:to|with)\b/i;

/** What a section on licenses says against openness, where no full name says it. */
function closedBesides(sentence: string, known: readonly Statement[]): Statement[] {
  if (DENIES.test(sentence) || known.some(({ name }) => /\bNC\b|\bND\b|RAIL/.test(name))) return [];
  const lower = sentence.toLowerCase();
  const name =
    restrictedCreativeCommons(sentence) ??
    NAMED_LICENSES.find((maker) => lower.includes(maker.name.toLowerCase()))?.id ??
    (LIMITS.test(sentence.replace(ANY_USE, " ")) ? RESTRICTED : undefined);
  if (name === undefined || known.some((one) => one.name.toLowerCase() === name.toLowerCase())) return [];
  if (name !== RESTRICTED && known.length > 0) return [];
  return [{ name, about: onlySubject(sentence) }];
}

/** Parts of a sentence that speak of different things: `the code is under MIT, the weights under Llama 3`. */
function clausesOf(sentence: string): string[] {
  return sentence
    .split(/[;；，]|,(?! ?(?:version|v\d))|\b(?:while|whereas|but)\b|\band (?=(?:the|all|our|its) [^.,]{1,60}\b(?:is|are|under)\b)/i)
    .filter((clause) => clause.trim() !== "");
}

function subjectsOf(clause: string): readonly (LicenseSubject | undefined)[] {
  const subjects = subjectsIn(clause);
  return subjects.length === 0 ? [undefined] : subjects;
}

/** As the sentences on restrictions are read: what is said of several things is said of everything. */
function onlySubject(sentence: string): LicenseSubject | undefined {
  const subjects = subjectsIn(sentence);
  return subjects.length === 1 ? subjects[0] : undefined;
}

function subjectsIn(clause: string): LicenseSubject[] {
  if (/\bother (?:materials?|content|files)\b/i.test(clause)) return ["parameters", "data", "card"];
  return [
    ...(/\b(?:model )?(?:card|documentation)\b/i.test(clause) ? ["card" as const] : []),
    ...(/\b(?:weights?|check-?points?|parameters|models?)\b(?!(?: card|[- ]licen[sc]e| code| zoo))|模型(?!许可|协议)|权重|モデル|重み|모델|가중치|модел|веса|\bmod[eè]l[eo]s?\b|\bpesos\b|\bpoids\b/iu.test(
      clause,
    ) || SIZED.test(clause)
      ? ["parameters" as const]
      : []),
    ...(/\b(?:source |inference |training )?code(?:base)?\b(?! (?:models?|llms?|data|generation)\b)|\bscripts?\b|\bnotebooks?\b|代码|コード|코드|код\b|\bc[oó]digos?\b/i.test(
      clause,
    )
      ? ["code" as const]
      : []),
    ...(/\b(?:data|data ?sets?)\b|数据|データ|데이터|датасет/i.test(clause) ? ["data" as const] : []),
  ];
}

/** A model is called by its size: `Granite-7B`. */
const SIZED = /\b\p{L}[\w.]{0,30}[-_ ]\d{1,4}(?:\.\d{1,2})?[BbMm]\b/u;

function withoutAddresses(sentence: string): string {
  return sentence
    .replace(/\[([^\][\n]{0,200})\]\([^()\s]{0,400}\)/g, "$1")
    .replace(/https?:\/\/[^\s<>)"'\]`|]{1,400}/g, " ")
    .replace(/[*_`]{1,3}/g, "");
}

function quoted(sentence: string): string {
  const plain = withoutAddresses(sentence).replace(/\s+/g, " ").trim();
  return plain.length > MAX_QUOTE ? `${plain.slice(0, MAX_QUOTE - 1)}…` : plain;
}

/** The line of the card in which a sentence begins. */
function lineOf({ text, line }: CardSection, sentence: string): number {
  const start = sentence.slice(0, 30).trim();
  const index = text.split("\n").findIndex((one) => one.replace(/\s+/g, " ").includes(start));
  return index === -1 ? line : line + index + 1;
}
