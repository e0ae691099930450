import type { CardFacts } from "./card.ts";
import type { CardClaim } from "./claim.ts";
import { fileAt, hubPlace, isCode, isDataSet, isPaper } from "./hosts.ts";
import { nearestHeading, type CardLink } from "./links.ts";
import type { ModelWords } from "./model-words.ts";
import type { CardSection } from "./sections.ts";

const EVALUATION =
  /\bevaluat|\btest(?:ed|s|ing)?\b|测试|\bbenchmarks?\b|\btest (?:set|data|split)|\bheld-?out\b|\bvalidation\b|评测|评估|测试集|評価|ベンチマーク|평가/i;
const TRAINING =
  /\btrain|\bpre-?train|\bcorpus\b|\bcorpora\b|\bdata ?mix|\binstruction (?:data|tuning)|\bfine-?tuned on\b|训练|预训练|語料|语料|学習|事前学習|학습/i;
/** Where users of the model are told how to use it. */
const FOR_USERS = /fine-?tun|usage|how to use|quick ?start|\bfaq\b|getting started|微调|使用|示例/i;
const RESULTS = /\bresults?\b|\bbenchmarks?\b|\bevaluat|结果|评测|評価|결과/i;
const DATA = /\bdata(?: ?sets?)?\b|\bcorpus\b|\bcorpora\b|数据集?|データ(?:セット)?|데이터(?:셋)?|датасет|набор данных|разметк/i;
/** Someone who makes the data can be had. */
const OFFERS =
  /\b(?:download\w*|releas\w*|available|provid\w*|publish\w*|access(?:ed|ible)?|host\w*|found|get|obtain\w*|here|open-?sourc\w*|shar(?:e|ed|ing))\b|下载|开源|公开|发布|提供|ダウンロード|公開|다운로드|공개|скача|ссылк/i;
/** Data for users to try something with, and other data that is not of the training. */
const NOT_OF_MODEL =
  /\byour (?:own )?(?:data|dataset|corpus)|\bcustom (?:data|dataset)|\b(?:toy|sample|example|dummy|small) (?:data|dataset)|\bmodified from\b|样例|示例|例示|\bto fine-?tune\b|\bfor fine-?tuning\b|\bfine-?tun\w+ (?:on|with) (?:\w+ ){0,2}(?:your|datasets? like)/i;
const DATA_HEADING =
  /^(?:[\d.]+\s*)?(?:the )?(?:(?:model )?(?:pre-?)?train(?:ing)?[- ])?(?:data ?(?:sets?|mix(?:ture)?|sources?|composition|collection|access|overview|availability)?|corpus|corpora)(?: (?:&|and) \w+| access| availability| download| release| collection| composition| overview| mix(?:ture)?| sources?| details| statistics)?$|^(?:[\d.]+\s*)?(?:训练数据|预训练数据|数据集?|数据来源|学習データ|データ(?:セット)?|학습 데이터|데이터(?:셋)?|обучающие данные|данные|données(?: d'entra[iî]nement)?|datos(?: de entrenamiento)?|trainingsdaten)(?:介绍|下载|について)?$/i;

/** The data sets that a card names in its fields and links to. */
export function dataClaims(card: Pick<CardFacts, "links" | "datasets" | "results" | "isDataCard">, model: ModelWords): CardClaim[] {
  const claims: CardClaim[] = [];
  if (!card.isDataCard) {
    for (const dataset of card.datasets)
      claims.push({ component: "Datasets", target: datasetAddress(dataset), why: `names the data set ${dataset}` });
  }
  for (const dataset of card.results.datasets)
    claims.push({ component: "Evaluation data", target: undefined, why: `gives results on ${dataset}` });
  for (const link of card.links) {
    const component = componentOf(link, model);
    if (component !== undefined) claims.push({ component, target: link.url, why: `links to ${link.url}`, line: link.line });
  }
  return claims;
}

/** What the card of a data set links to: the data themselves, those for evaluation where the card is about that. */
export function claimsOfDataCard(card: Pick<CardFacts, "links" | "sections">): CardClaim[] {
  const beginning = card.sections
    .slice(0, 2)
    .map(({ heading, text }) => `${heading} ${text}`)
    .join(" ")
    .slice(0, MAX_BEGINNING);
  const isForEvaluation = EVALUATION.test(beginning) && !/\b(?:pre-?)?train(?:ing|ed) (?:on|data|set)/i.test(beginning);
  return card.links
    .filter(({ url }) => /^(?:https?|gs|s3|gcs):/i.test(url) && (isDataSet(url) || fileAt(url) === "any" || DATA_FILE.test(url)))
    .map((link) => ({
      component: isForEvaluation ? "Evaluation data" : "Datasets",
      target: link.url,
      why: `links to ${link.url}`,
      line: link.line,
    }));
}

const MAX_BEGINNING = 2_000;
const DATA_FILE = /\.(?:feather|parquet|arrow|jsonl?|csv|tsv)(?:\.\w{2,4})?(?:[?#]|$)/i;

function componentOf(link: CardLink, model: ModelWords): "Datasets" | "Evaluation data" | undefined {
  if (isPaper(link.url)) return undefined;
  const own = `${link.text} ${link.clause}`;
  const heading = nearestHeading(link).replace(/[\s:：]+$/, "");
  const place = hubPlace(link.url);
  if (isDataSet(link.url)) {
    const isOwn = place !== undefined && model.areIn(place.name);
    const isForUsers = FOR_USERS.test(link.path) || NOT_OF_MODEL.test(own);
    if (EVALUATION.test(own) || (place !== undefined && /eval|bench|test/i.test(place.name)))
      return link.isCode ? undefined : "Evaluation data";
    if (isOwn) return "Datasets";
    if (link.isCode || isForUsers) return undefined;
    if (TRAINING.test(own) || DATA_HEADING.test(heading) || (MAKERS.test(own) && OFFERS.test(own))) return "Datasets";
    if (RESULTS.test(link.path)) return "Evaluation data";
    return TRAINING.test(`${link.column} ${link.path}`) ? "Datasets" : undefined;
  }
  // A page of models or of their maker holds data only where the link itself says so.
  if (place !== undefined && !DATA.test(link.text)) return undefined;
  if (/\.(?:md|pdf|png|jpe?g|svg|ipynb|py)(?:[?#]|$)/i.test(link.url) || !/^(?:https?|gs|s3|gcs):/i.test(link.url)) return undefined;
  // A repository of code is one of data only where the link itself, or a word such as "here", says so.
  if (isCode(link.url) && !DATA.test(link.text) && !GENERIC.test(link.text)) return undefined;
  const isStore = fileAt(link.url) === "any";
  if (link.isCode) return isStore && DATA_HEADING.test(heading) ? "Datasets" : undefined;
  const saysData =
    (isStore && DATA_HEADING.test(heading) && OFFERS.test(link.text)) ||
    DATA.test(link.text) ||
    (DATA.test(link.clause) && (OFFERS.test(link.text) || isStore || DATA_HEADING.test(heading)));
  if (!saysData || NOT_OF_MODEL.test(own) || (FOR_USERS.test(link.path) && !isStore)) return undefined;
  if (!isStore && !OFFERS.test(own)) return undefined;
  if (EVALUATION.test(own) && !/\btrain/i.test(own)) return "Evaluation data";
  return DATA_HEADING.test(heading) || TRAINING.test(own) || MAKERS.test(own) ? "Datasets" : undefined;
}

const GENERIC = /^(?:|here|link|this|this (?:link|repo|repository|folder)|download|github|下载|这里|此处|链接|こちら)$/i;
const MAKERS = /\bwe\b|\bour\b|\b(?:the|this) (?:[\w-]+ ){0,3}data(?: ?set)?\b|我们|本项目|私たち|우리/i;

/** Fewer words are not documentation. */
const MIN_SECTION = 30;
const AMOUNTS =
  /\d[\d,.]*\s?(?:k|m|b|t|million|billion|trillion|thousand)?\+?\s?(?:[\w-]+ ){0,2}(?:tokens|words|examples|samples|images|hours|pairs|documents|pages|languages|videos|records|rows|GB|TB|MB|%)|\b(?:crawl|wikipedia|common ?crawl|github|web|books|sources?|collected|curated|mixture|sampled|publicly available|licensed|filtered|dedup)|来源|收集|清洗|过滤|収集/i;

/** Sections that describe the data that the model was trained on: not how a user prepares data. */
export function dataDescription(sections: readonly CardSection[]): CardSection | undefined {
  return sections.find(
    ({ heading, path, words, hasCode, text }) =>
      words >= MIN_SECTION &&
      !hasCode &&
      DATA_HEADING.test(heading) &&
      !/eval|test|result|fine-?tun|usage|prepar|评测|微调/i.test(path) &&
      AMOUNTS.test(text) &&
      !/\b(?:will not|not be able|cannot|can't|unable) (?:be able )?(?:to )?(?:release|share|provide)|\b(?:no longer|you will|recommended recipe|you should)\b|\byour (?:own )?data/i.test(
        text,
      ),
  );
}

function datasetAddress(name: string): string {
  if (/^https?:\/\//.test(name)) return name;
  return /^[\w.-]+\/[\w.-]+$/.test(name) ? `https://huggingface.co/datasets/${name}` : name;
}
