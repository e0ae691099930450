import type { LicenseFile, TermsSubject } from "../../../openness/folder/findings.ts";
import type { IdentifiedText } from "../../../openness/folder/identified-text.ts";
import { writingOf } from "../../role.ts";
import { limitsUse } from "../text/limits.ts";
import { subjectOfNamed } from "../text/titles.ts";
import type { TermsFound } from "./sounds.ts";

/** Sentences of a notice; an agreement has more. */
const MAX_NOTICE = 5;

/**
 * What terms that are not open speak of, besides the parameters that they close in any case; undefined where it may be
 * everything. An agreement on a model is for its parameters: that it counts code among what it calls the model is the usual
 * wording. Terms in code are for that file, or for the service that it is the code of.
 */
export function aboutOf(
  path: string,
  { text, found, terms }: { readonly text: IdentifiedText; readonly found: LicenseFile["found"]; readonly terms: TermsFound | undefined },
): readonly TermsSubject[] | undefined {
  const isInCode = found === "content" && (writingOf(path) === "code" || /\.ipynb$/i.test(path));
  if (isInCode) return terms !== undefined && isOfService(terms.sentences) ? ["service"] : ["file"];
  if (text.kind === "named") return subjectOfNamed(text.id);
  if (terms === undefined || (found === "name" && text.kind !== "unknown")) return undefined;
  const isAgreement = found === "name" || terms.isTitled || terms.sentences.length > MAX_NOTICE;
  if (isAgreement) return terms.subject === "model" ? ["parameters"] : undefined;
  const named = terms.sentences.map(subjectsIn);
  if (named.some((subjects) => subjects === undefined)) return undefined;
  const all = new Set(named.flatMap((subjects) => subjects ?? []));
  return all.size > 0 || terms.subject === "model" ? [...all] : undefined;
}

/**
 * Whether terms in a card are for more than the parameters: for data, where the sentences name only models and data, and for
 * everything, where one that limits use counts code among what it is about ("the data, code and checkpoints are ...").
 */
export function isForMoreThanModel(about: readonly TermsSubject[] | undefined, terms: TermsFound | undefined): boolean {
  const namesData = about?.includes("data") === true;
  const isOnMore = (sentence: string): boolean => CODE_AMONG_OTHERS.test(sentence) || (namesData && DATA.test(sentence));
  return terms?.sentences.some((sentence) => isOnMore(sentence) && limitsUse(sentence)) === true;
}

const NAMED =
  "(?:(?:the|our|all|this|model|source|training|released|pre-?trained) ){0,3}(?:data(?: ?sets?)?|code|models?|weights?|check-?points?)";
const JOINED = "(?:,? (?:and|or|as well as) |, ?)";
const CODE_AMONG_OTHERS = new RegExp(
  `\\bcode${JOINED}${NAMED}(?:${JOINED}${NAMED}){0,3} (?:is|are|may|can)\\b|\\b${NAMED}${JOINED}(?:${NAMED}${JOINED}){0,3}(?:the |our |source ){0,2}code (?:is|are|may|can)\\b`,
  "i",
);

/** What one sentence names; undefined for the software, the project or a part of it: it may be meant for all. */
function subjectsIn(sentence: string): readonly TermsSubject[] | undefined {
  if (WORK.test(sentence)) return undefined;
  return [...(MODEL.test(sentence) ? ["parameters" as const] : []), ...(DATA.test(sentence) ? ["data" as const] : [])];
}

const WORK =
  /\b(?:software|source|code(?:base|s)?|scripts?|programs?|repositor(?:y|ies)|repos?|projects?|packages?|librar(?:y|ies)|tool(?:kit|box)?s?|framework|implementation|work|works|materials?|files?|documents?|documentation|everything|all)\b|代码|代碼|软件|軟體|项目|仓库|コード|ソフトウェア|プロジェクト|リポジトリ|코드|소프트웨어|\b(?:c[oó]digos?|logiciels?|programas?|quellcode|codice|код\p{L}{0,3}|программ\p{L}{1,4})(?!\p{L})/iu;
const MODEL = /\b(?:models?|weights?|check-?points?|parameters)\b|模型|权重|權重|モデル|重み|모델|가중치|модел|веса|\bmod[eè]l[eo]s?\b/iu;
const DATA = /\b(?:data|data ?(?:sets?|bases?)|corpus|corpora|benchmarks?|annotations?|images?)\b|数据|數據|データ|데이터|данны/iu;

/** Whether terms are for those who use a service that is run with the model, each sentence of them. */
function isOfService(sentences: readonly string[]): boolean {
  return sentences.some((sentence) => SERVICE.test(sentence)) && sentences.every((sentence) => SERVICE.test(sentence) || IT.test(sentence));
}

const SERVICE = /\b(?:this|the|our) (?:\w{1,20} ){0,2}(?:service|demo|web ?site|web ?page|app|space|playground|arena|server)\b/i;
/** What continues the sentence before. */
const IT = /^\W{0,20}it\b/i;
