import type { ComponentName } from "../../openness/components.ts";
import type { CardFacts } from "./card.ts";
import type { CardLink } from "./sections.ts";

/** A component that a card links to or describes. */
export interface CardClaim {
  readonly component: ComponentName;
  /** The address or name that the card gives; undefined where it only describes. */
  readonly target: string | undefined;
  /** What the card says, in a few words. */
  readonly why: string;
}

/** Fewer words are not documentation. */
const MIN_SECTION = 30;

/** What a card claims. A link counts for a component only where its own words, line or heading say which. */
export function claimsOfCard(card: CardFacts): CardClaim[] {
  const claims: CardClaim[] = [];
  const claim = (component: ComponentName, target: string | undefined, why: string): void => {
    if (!claims.some((known) => known.component === component && known.target === target)) claims.push({ component, target, why });
  };
  if (!card.isDataCard) for (const dataset of card.datasets) claim("Datasets", datasetAddress(dataset), `names the data set ${dataset}`);
  for (const dataset of card.results.datasets) claim("Evaluation data", undefined, `gives results on ${dataset}`);
  if (card.libraryName !== undefined) {
    claim("Supporting libraries and tools", card.libraryName, `names the library ${card.libraryName}`);
  }
  if (card.showsUse) claim("Inference code", undefined, "shows code that runs the model");
  for (const tag of card.tags) {
    const arxiv = /^arxiv:(\d{4}\.\d{4,5})$/.exec(tag)?.[1];
    if (arxiv !== undefined) claim("Research paper", `https://arxiv.org/abs/${arxiv}`, `has the tag ${tag}`);
  }
  for (const link of card.links) for (const component of componentsOfLink(link)) claim(component, link.url, `links to ${link.url}`);
  for (const number of card.arxiv) claim("Research paper", `https://arxiv.org/abs/${number}`, `cites arXiv ${number}`);
  for (const { heading, path, words } of card.sections) {
    if (words < MIN_SECTION) continue;
    if (!card.isDataCard && /\b(?:training )?data(?:set)?s?\b/i.test(heading) && !/eval|test|result/i.test(path)) {
      claim("Data card", undefined, `describes data under "${heading}"`);
    }
  }
  return claims;
}

const PAPER =
  /^https?:\/\/(?:www\.|export\.)?(?:arxiv\.org\/(?:abs|pdf|html)\/|doi\.org\/10\.|dx\.doi\.org\/10\.|openreview\.net\/(?:forum|pdf)\?|aclanthology\.org\/|papers\.nips\.cc\/|proceedings\.(?:mlr\.press|neurips\.cc)\/|huggingface\.co\/papers\/)/i;
const CODE_HOST = /^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)\/[^/]+\/[^/]+/i;
const DATA_HOST = /^https?:\/\/(?:www\.)?(?:huggingface\.co\/datasets\/|kaggle\.com\/datasets\/|zenodo\.org\/|data\.mendeley\.com\/)/i;

function componentsOfLink(link: CardLink): ComponentName[] {
  const { url } = link;
  // The link's own words say most, then its line, then the heading above.
  const near = `${link.text} ${link.line.replaceAll(url, " ")}`.toLowerCase();
  const around = `${near} ${link.path.toLowerCase()}`;
  if (PAPER.test(url)) return /technical report|tech report/.test(near) ? ["Technical report", "Research paper"] : ["Research paper"];
  if (/technical report|tech report/.test(near) && /\.pdf(?:$|\?)/i.test(url)) return ["Technical report"];
  if (DATA_HOST.test(url)) {
    if (/evaluat|benchmark|test set/.test(around)) return ["Evaluation data"];
    return /train|pre-?train|fine-?tun|corpus/.test(around) ? ["Datasets"] : [];
  }
  if (!CODE_HOST.test(url) || /\.(?:md|pdf|png|jpe?g|svg|html?)(?:[?#]|$)/i.test(url)) return [];
  const found: ComponentName[] = [];
  if (/train|fine-?tun/.test(near)) found.push("Training code");
  if (/evaluat|benchmark/.test(near)) found.push("Evaluation code");
  if (/infer|serving|deploy|demo/.test(near)) found.push("Inference code");
  if (/pre-?process|data (?:preparation|cleaning|pipeline)|deduplicat/.test(near)) found.push("Data preprocessing code");
  if (/model(?:l?ing)? (?:code|architecture|definition)|architecture/.test(near)) found.push("Model architecture");
  return found;
}

function datasetAddress(name: string): string {
  if (/^https?:\/\//.test(name)) return name;
  return /^[\w.-]+\/[\w.-]+$/.test(name) ? `https://huggingface.co/datasets/${name}` : name;
}
