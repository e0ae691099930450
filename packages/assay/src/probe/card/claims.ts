import type { CardFacts } from "./card.ts";
import type { CardClaim } from "./claim.ts";
import { codeClaims } from "./code-claims.ts";
import { dataClaims, dataDescription } from "./data-claims.ts";
import { documentClaims } from "./document-claims.ts";
import { ModelWords } from "./model-words.ts";
import { paperClaims } from "./paper-claims.ts";
import { intermediateStatement, weightsClaims } from "./weights-claims.ts";

/** What is known of the model besides its card. */
export interface CardPlace {
  /** What the model's folder is called. */
  readonly folder: string;
  /** Names of the model's files. */
  readonly files: readonly string[];
}

/** What a document of a part of the model, such as the README of a folder, links to of it: data and parameters only. */
export function claimsOfDocument(document: CardFacts, model: ModelWords): CardClaim[] {
  return [...dataClaims(document, model), ...weightsClaims(document.links, model)];
}

/** What a card claims. A link counts for a component only where its own words, its sentence or its heading say which. */
export function claimsOfCard(card: CardFacts, place?: CardPlace): CardClaim[] {
  const claims: CardClaim[] = [];
  const model = new ModelWords([place?.folder, card.name]);
  const claim = (one: CardClaim): void => {
    if (!claims.some(({ component, target }) => component === one.component && target === one.target)) claims.push(one);
  };
  if (card.libraryName !== undefined) {
    claim({ component: "Supporting libraries and tools", target: card.libraryName, why: `names the library ${card.libraryName}` });
  }
  if (card.showsUse) claim({ component: "Inference code", target: undefined, why: "shows code that runs the model" });
  for (const one of dataClaims(card, model)) claim(one);
  if (!card.isDataCard) {
    for (const one of weightsClaims(card.links, model)) claim(one);
    const stated = intermediateStatement(card.sections);
    if (stated !== undefined) claim(stated);
    const described = dataDescription(card.sections);
    if (described !== undefined) {
      claim({ component: "Data card", target: undefined, why: `describes data under "${described.heading}"`, line: described.line });
    }
  }
  for (const one of paperClaims(card, model)) claim(one);
  for (const one of codeClaims(card.links)) claim(one);
  for (const one of documentClaims(card.links, place?.files ?? [])) claim(one);
  return claims;
}
