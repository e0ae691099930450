import { readCard, type CardFacts } from "./card.ts";
import { claimsOfCard } from "./claims.ts";
import { statedLicenses } from "./stated-licenses.ts";
import { licenseSentences } from "./license-section.ts";
import { namesOf, type Gathering } from "../gathering.ts";

/** A card with fewer words says nothing of a model. */
const LEAST_WORDS = 30;

/** Reads the cards; gives back the one at the root. */
export function gatherCard(gathering: Gathering): { readonly name: string; readonly isDataCard: boolean } | undefined {
  const { collector, clues } = gathering;
  let main: { readonly name: string; readonly isDataCard: boolean } | undefined;
  for (const name of namesOf(gathering, "card")) {
    const card = read(gathering, name, true);
    if (card === undefined) continue;
    main ??= { name, isDataCard: card.isDataCard };
    clues.name ??= card.name;
    if (!card.isDataCard) clues.baseModels.push(...card.baseModels);
    const component = card.isDataCard ? "Data card" : "Model card";
    if (card.words >= LEAST_WORDS) {
      collector.found(component, name, `${card.words} words${card.isDataCard ? ", the card of a data set" : ""}`);
    } else collector.tooLittle(component, tooFewWords(name, card.words));
    gatherResults(gathering, name, card);
    for (const { component, target, why } of claimsOfCard(card)) collector.claimed(component, name, target, why);
  }
  for (const name of namesOf(gathering, "data-card")) {
    if (name.toLowerCase().endsWith(".pdf")) continue;
    const card = read(gathering, name, false);
    if (card === undefined) continue;
    if (card.words >= LEAST_WORDS) collector.found("Data card", name, `${card.words} words`);
    else collector.tooLittle("Data card", tooFewWords(name, card.words));
  }
  return main;
}

function tooFewWords(name: string, words: number): string {
  return `${name}: ${words === 1 ? "1 word" : `${words} words`}, ${LEAST_WORDS} needed`;
}

function read(gathering: Gathering, name: string, isMain: boolean): CardFacts | undefined {
  const file = gathering.readText(name);
  if (file === undefined) return undefined;
  const { warnings, licenseClaims } = gathering;
  if (!file.part.isWhole) {
    const message = `${name} has ${file.part.size.toLocaleString("en-US")} bytes: only its first megabyte was read`;
    warnings.push({ code: "EVIDENCE_CARD_LARGE", message });
  }
  const card = readCard(file.text, name);
  if (card.problem !== undefined) {
    warnings.push({ code: "EVIDENCE_CARD_BROKEN", message: `${card.problem}; the fields above the card's text were not read` });
  }
  const stated = statedLicenses(card);
  // That a card says `other` and no more is a statement too: not that of an open license.
  // A card of data within a model is about the data; one at the root, about everything.
  const about = isMain ? undefined : "data";
  const claimed = stated?.names ?? card.licenses.slice(0, 1);
  for (const license of claimed) {
    licenseClaims.push({
      file: name,
      name: license,
      link: card.licenseLink,
      ...(stated?.field === "license_link" ? { isByLink: true } : {}),
      ...(about === undefined ? {} : { about }),
    });
  }
  for (const sentence of licenseSentences(card.sections)) {
    const said = about ?? sentence.about;
    if (licenseClaims.some((claim) => claim.file === name && claim.name === sentence.name && claim.about === said)) continue;
    licenseClaims.push({ file: name, name: sentence.name, link: undefined, ...(said === undefined ? {} : { about: said }) });
  }
  return card;
}

function gatherResults({ collector }: Gathering, name: string, card: CardFacts): void {
  if (card.isDataCard) return;
  if (card.results.count > 0) collector.found("Evaluation results", name, `${card.results.count} results in its model-index`);
  const table = card.sections.find(({ path, numericRows }) => numericRows > 0 && /evaluat|result|benchmark|performance|metric/i.test(path));
  if (table !== undefined) collector.found("Evaluation results", name, `a table of figures under "${table.heading}"`);
}
