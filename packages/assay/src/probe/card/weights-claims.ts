import { fileAt, hubPlace, isCode, isPaper } from "./hosts.ts";
import type { CardClaim } from "./claim.ts";
import { nearestHeading, type CardLink } from "./links.ts";
import type { ModelWords } from "./model-words.ts";
import type { CardSection } from "./sections.ts";

/** Words for parameters, in the languages of many cards. */
const WEIGHTS =
  /\bweights?\b(?! ?(?:&|and) biases| decay| init)|\bcheck-?points?\b|\bckpts?\b|\bpre-?trained (?:\w+ ){0,2}models?\b|\bmodel (?:zoo|files?|downloads?|parameters|release|hub|card)s?\b|\b(?:models?|gguf|safetensors|lora|adapters?)\b(?= ?(?:is|are|can be|at|on|from|here|available|released|download|hosted|[:(]|$))|\bdownload(?:ed|ing|s)?\b[^.]{0,40}\bmodels?\b|\b(?:all|our|released?|available|open-?weight) (?:[\w.-]+ ){0,3}models?\b|权重|权值|参数|检查点|模型(?:下载|文件|地址|库)|下载|重み|チェックポイント|モデル(?:の)?ダウンロード|公開モデル|가중치|체크포인트|모델 다운로드|веса|чекпоинт|poids|pesos|gewichte/i;
/** Words for a model that this one is made from, compared with, or that others made from it. */
const OF_OTHERS =
  /\b(?:based on|built (?:on|upon|with|from)|fine-?tuned? (?:from|version of)|initiali[sz](?:ed?|ing) (?:from|with)|derived from|starting from|teacher|baselines?|compar(?:ed|ison)|inspired|thanks?|acknowledg\w*|credits?|community|third[- ]part(?:y|ies)|unofficial|related|similar|adapted from|tokenizer|text encoders?|vision encoders?|backbones?|other models|demo|spaces?|leaderboard)\b|致谢|鸣谢|社区|基于|友情链接|謝辞|コミュニティ|감사/i;
/**
 * Words for states of a training before its end. "Training" counts only right before its states: details of training,
 * and the training of a model, are neither.
 */
const INTERMEDIATE =
  /\b(?:intermediate|partially trained|partial) (?:(?!(?:and|or|of|for|the|to|with|on|in|from|results?|details)\b)\w+ ){0,3}(?:check-?points?|ckpts?|weights|models?)\b|\btraining (?:check-?points?|ckpts?)\b|\bcheck-?points?\b[^.]{0,60}\b(?:throughout|during|every|along|over the course of|saved at|at (?:each|different|multiple|various)) [^.]{0,30}\b(?:training|steps?|epochs?|tokens)\b|\bevery [\d,.]+ ?k? (?:training )?(?:steps?|tokens|iterations)\b|\b(?:all|every|each) (?:the )?(?:training )?check-?points? (?:from|of) (?:the )?training\b|中间(?:的)?\s*(?:检查点|ckpts?|checkpoints?|权重)|途中(?:の)?チェックポイント|중간 체크포인트/i;
const INTERMEDIATE_ADDRESS =
  /intermediate|[/_-](?:all[-_]?)?(?:checkpoints?|ckpts?)[-_](?:step|every)|\/tree\/[^/?#]*(?:step|tokens?)[-_]?\d/i;
const DATA = /\bdata(?:sets?)?\b|\bcorpus\b|\bcorpora\b|数据|データ|데이터/i;
/** What an archive or a store often holds besides weights. */
const NOT_WEIGHTS =
  /\b(?:vocab(?:ulary)?|tokenizers?|images?|videos?|audio|samples?|slides?|demo|results?|predictions|binar(?:y|ies)|installer|wheels?|logs?|annotations?|embeddings? (?:map|atlas))\b/i;

interface Ranked {
  readonly rank: number;
  readonly claim: CardClaim;
}

/**
 * The parameters that links lead to: pages of hubs, files and stores. A page of a hub counts where its name has a word
 * of the model's, or where the words beside it say weights and of no other model; anything else only by such words.
 */
export function weightsClaims(links: readonly CardLink[], model: ModelWords): CardClaim[] {
  const claims: Ranked[] = [];
  for (const link of links) {
    const rank = rankOf(link, model);
    if (rank === undefined) continue;
    const isIntermediate = saysIntermediate(link);
    const component = isIntermediate ? "Model parameters (Intermediate)" : "Model parameters (Final)";
    claims.push({
      rank,
      claim: {
        component,
        target: link.url,
        why: `links to ${isIntermediate ? "intermediate parameters" : "parameters"}: ${link.url}`,
        line: link.line,
      },
    });
    // A list of all states of a training ends with the last.
    if (isIntermediate && !INTERMEDIATE_ADDRESS.test(link.url)) {
      claims.push({
        rank: rank + RANK_OF_LISTS,
        claim: { component: "Model parameters (Final)", target: link.url, why: `links to parameters: ${link.url}`, line: link.line },
      });
    }
  }
  return claims.sort((a, b) => a.rank - b.rank).map(({ claim }) => claim);
}

const RANK_OF_LISTS = 4;

/** A page of any host, such as a form, where the sentence says that the weights are to be had there. */
function isWayToWeights(link: CardLink, own: string): boolean {
  if (link.isCode || !/^https?:/i.test(link.url) || isPaper(link.url) || isCode(link.url) || NO_WAY.test(link.url)) return false;
  return (
    WAY.test(own) &&
    (WEIGHTS.test(link.text) || /^(?:here|link|this link|form|website|download|下载|こちら)$|\b(?:form|website|page)$/i.test(link.text))
  );
}

const WAY =
  /\b(?:download|get|obtain|request|apply for|access)\w*\b[^.]{0,80}\b(?:weights|check-?points?)\b|\b(?:weights|check-?points?)\b[^.]{0,80}\b(?:download\w*|available|hosted|released|obtained|requested)\b|(?:下载|获取|申请)[^。]{0,40}(?:权重|检查点)|重みを?[^。]{0,20}ダウンロード/i;
/** Pages that hold no files: documents, places to talk or to try something. */
const NO_WAY =
  /\.(?:md|pdf|html?|png|jpe?g|svg|gif|ipynb|py|mp4)(?:[?#]|$)|\/(?:spaces|docs|blog|demo)(?:\/|$)|^https?:\/\/(?:[\w-]+\.)*(?:readthedocs\.io|pypi\.org|discord\.(?:gg|com)|twitter\.com|x\.com|youtube\.com|youtu\.be|wikipedia\.org|colab\.research\.google\.com|shields\.io|github\.io)\b/i;

/** An entry of a list of models: it names the one whose page its link, which is called after the hub, leads to. */
function isEntryOf(name: string, { text, clause }: CardLink): boolean {
  return HUB.test(text) && /\bmodels?\b/i.test(clause) && clause.toLowerCase().includes(name.toLowerCase());
}

const HUB = /^[^\p{L}\p{N}]*(?:hugging ?face|hf|model ?scope)?\s*(?:hub|hugging ?face|hf|model ?scope)[^\p{L}\p{N}]*$/iu;

/** A file that comes with the model, where all of it is there. */
const LOCAL_WEIGHTS = /^(?![a-z][a-z0-9+.-]{1,20}:).*\.(?:pt|pth|ckpt|safetensors|gguf)$/i;
const PLACEHOLDER = /path|your|example|output|\bmy[_-]|tmp|<|\{|\$/i;

/** How plainly a link leads to parameters of this model, 0 first; undefined where it does not. */
function rankOf(link: CardLink, model: ModelWords): number | undefined {
  const own = `${link.text} ${link.clause}`;
  const around = `${own} ${link.column} ${link.path}`;
  const isOfOthers = OF_OTHERS.test(own) || OF_OTHERS.test(nearestHeading(link));
  const place = hubPlace(link.url);
  if (place !== undefined) {
    if (place.kind === "data") return undefined;
    const isOwn = model.areIn(place.name);
    if (place.kind === "list") {
      if (isOwn) return 2;
      return place.name === "" && !WEIGHTS.test(own) ? undefined : !isOfOthers && WEIGHTS.test(around) ? RANK_OF_LISTS : undefined;
    }
    if (isOwn && !/\b(?:community|third[- ]part(?:y|ies)|unofficial)\b|社区|コミュニティ/i.test(around)) return link.isCode ? 3 : 0;
    return !link.isCode && !isOfOthers && (WEIGHTS.test(around) || isEntryOf(place.name, link)) ? 1 : undefined;
  }
  if (LOCAL_WEIGHTS.test(link.url))
    return !PLACEHOLDER.test(link.url) && WEIGHTS.test(`${own} ${link.url.replace(/[/_.-]/g, " ")}`) ? RANK_OF_LISTS : undefined;
  const kind = fileAt(link.url);
  if (kind === undefined) return isWayToWeights(link, own) && !isOfOthers ? RANK_OF_LISTS : undefined;
  if (kind === "weights") return 1;
  const name = link.url.toLowerCase();
  const namesWeights = /model|weight|checkpoint|ckpt|params/.test(name);
  if (DATA.test(own) && !WEIGHTS.test(link.text)) return undefined;
  if (NOT_WEIGHTS.test(link.text) || (isOfOthers && !model.areIn(link.url))) return undefined;
  if (link.isCode) return namesWeights && !DATA.test(name) ? 3 : undefined;
  return WEIGHTS.test(own) || WEIGHTS.test(link.column) || (namesWeights && WEIGHTS.test(link.path)) || WEIGHTS.test(nearestHeading(link))
    ? 1
    : undefined;
}

function saysIntermediate(link: CardLink): boolean {
  return (
    INTERMEDIATE_ADDRESS.test(link.url) || INTERMEDIATE.test(link.text) || INTERMEDIATE.test(link.clause) || INTERMEDIATE.test(link.path)
  );
}

const RELEASES =
  /\b(?:releas\w+|provid\w+|publish\w*|upload\w*|available|feature\w*|open-?sourc\w+|shar(?:e|ed|ing)|host(?:ed|ing)?)\b|开源|提供|公开|发布|公開|공개/i;
const MAKERS = /\b(?:we|our|all (?:\w+ )?models|each model|every model)\b|我们|本项目|私たち|当社|우리/i;
/** For users of the code, who save and load states of their own. */
const OF_USERS = /\byour?\b|--|\bsave(?:s|d)? (?:to|in|into|under)\b|\bresum/i;

/** A sentence in which the makers say that they publish states of the training. */
export function intermediateStatement(sections: readonly CardSection[]): CardClaim | undefined {
  for (const { text, line } of sections) {
    const sentences = text.replace(/\s+/g, " ").split(/(?<=[.!?])\s|[。！？]/);
    const found = sentences.find((one) => INTERMEDIATE.test(one) && RELEASES.test(one) && MAKERS.test(one) && !OF_USERS.test(one));
    if (found === undefined) continue;
    const why = `says: ${found.trim().slice(0, MAX_QUOTE)}${found.trim().length > MAX_QUOTE ? "…" : ""}`;
    return { component: "Model parameters (Intermediate)", target: undefined, why, line };
  }
  return undefined;
}

const MAX_QUOTE = 160;
