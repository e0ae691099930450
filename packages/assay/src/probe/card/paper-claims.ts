import type { CardFacts } from "./card.ts";
import type { CardClaim } from "./claim.ts";
import { isPaper } from "./hosts.ts";
import type { CardLink } from "./links.ts";
import type { ModelWords } from "./model-words.ts";

const PAPER_WORDS = /\bpapers?\b|\barxiv\b|\bpreprint\b|\bpublication\b|\bmanuscript\b|\barticle\b|论文|論文|논문|статья|artículo|papier/i;
const REPORT_WORDS =
  /\b(?:tech(?:nical)?|full|model) report\b|技术报告|技術報告|テクニカルレポート|기술 보고서|технический отч[её]т|rapport technique|informe técnico/i;
/** The sentence says that the paper is this model's. */
const OWN =
  /\b(?:our|this|the) (?:\w+ ){0,2}(?:paper|work|report|publication|preprint|article)\b|\b(?:introduced|presented|described|proposed|detailed|published|reported) in\b|\b(?:read|see|check out|cite) (?:\w+ ){0,3}(?:paper|report)\b|我们的|本文|本论文|本論文/i;
const CITATION = /\bcit(?:e|ing|ation)s?\b|\bbibtex\b|\breferences? to cite\b|引用|引文|인용|цитирован|citar|zitier/i;
/** Sections on the work of others. */
const OF_OTHERS =
  /acknowledg|thanks|credits|related|references|further reading|bibliography|inspired|community|third[- ]party|built (?:on|with)|research (?:building|using|based)|致谢|鸣谢|参考|相关|謝辞|参考文献/i;
/** Where a card tells about itself. */
const ABOUT =
  /^(?:[^/]*|[^/]* \/ )?(?:introduction|overview|about|abstract|summary|news|updates?|paper|publications?|research|resources|links?|documents?|model (?:sources|description|details|introduction)|介绍|简介|更新|论文|概要|はじめに)[^/]*$/i;

/** The papers and reports of the model itself: not those that the card only cites for what it uses. */
export function paperClaims(card: Pick<CardFacts, "links" | "citations" | "tags" | "name">, model: ModelWords): CardClaim[] {
  const claims: CardClaim[] = [];
  for (const tag of card.tags) {
    const arxiv = /^arxiv:(\d{4}\.\d{4,5})$/.exec(tag)?.[1];
    if (arxiv !== undefined)
      claims.push({ component: "Research paper", target: `https://arxiv.org/abs/${arxiv}`, why: `has the tag ${tag}` });
  }
  for (const link of card.links) {
    const kinds = kindsOf(link, model);
    for (const component of kinds) claims.push({ component, target: link.url, why: `links to ${link.url}`, line: link.line });
  }
  // The first under the model's name is the model's; without one, the first of all.
  const own = card.citations.find(({ title }) => title !== undefined && model.areAllIn(title)) ?? card.citations[0];
  const target = own?.arxiv === undefined ? own?.address : `https://arxiv.org/abs/${own.arxiv}`;
  if (own === undefined || target === undefined) return claims;
  const why = own.arxiv === undefined ? `asks to cite ${target}` : `asks to cite arXiv ${own.arxiv}`;
  claims.push({ component: "Research paper", target, why });
  if (own.title !== undefined && REPORT_WORDS.test(own.title)) claims.push({ component: "Technical report", target, why });
  return claims;
}

function kindsOf(link: CardLink, model: ModelWords): ("Technical report" | "Research paper")[] {
  if (link.isCode) return [];
  const isPdf = /\.pdf(?:[?#]|$)/i.test(link.url);
  const saysReport = REPORT_WORDS.test(link.text) || (isGeneric(link.text) && REPORT_WORDS.test(link.clause));
  if (!isPaper(link.url) && !isPdf) return [];
  if (OF_OTHERS.test(link.path)) return [];
  if (saysReport) return isPaper(link.url) ? ["Technical report", "Research paper"] : ["Technical report"];
  if (model.areAllIn(link.text)) return ["Research paper"];
  const saysPaper = PAPER_WORDS.test(link.text) || (isGeneric(link.text) && PAPER_WORDS.test(link.clause));
  if (saysPaper && isShortOrOwn(link)) return ["Research paper"];
  if (isPdf && !isPaper(link.url)) return [];
  return OWN.test(link.clause) || CITATION.test(link.path) || (ABOUT.test(link.path) && PAPER_WORDS.test(link.path))
    ? ["Research paper"]
    : [];
}

/** A badge or a word such as "Paper" is the model's; the words of a longer text must say whose paper it is. */
function isShortOrOwn({ text, clause }: CardLink): boolean {
  return OWN.test(clause) || text.split(/\s+/).length <= MAX_BADGE_WORDS;
}

const MAX_BADGE_WORDS = 5;

function isGeneric(text: string): boolean {
  return text === "" || /^(?:here|link|this|this link|pdf|url|\[?\d+\]?|https?:\/\/\S+|这里|此处|链接|こちら)$/i.test(text);
}
