import { basename } from "node:path";
import type { ComponentName } from "../../openness/components.ts";
import type { CardFields } from "../../openness/folder/card-fields.ts";
import type { LicenseClaim } from "../../openness/folder/findings.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { readCard, type CardFacts } from "./card.ts";
import type { CardClaim } from "./claim.ts";
import { claimsOfCard } from "./claims.ts";
import { claimsOfDataCard } from "./data-claims.ts";
import { localTarget } from "./document-claims.ts";
import { readPartDocuments } from "./documents.ts";
import { licenseStatements } from "./license-statements.ts";
import { ModelWords } from "./model-words.ts";
import { readScripts } from "./scripts.ts";
import { statedLicenses } from "./stated-licenses.ts";

/** A card with fewer words does not count. */
const MIN_WORDS = 30;

/** Model cards and the cards of data sets: their text, fields, links, results and what they say on licenses. */
export const CARD: Probe = {
  name: "card",
  async run(input) {
    let isFirst = true;
    const folder = basename(input.files.root);
    const place = { folder, files: input.files.names };
    let main: string | undefined;
    const linked = new Set<string>();
    for (const name of input.byRole.names("card")) {
      const card = await read(input, name);
      if (card === undefined) continue;
      if (isFirst) input.report({ probe: "card", outcome: "found", file: name, facts: { kind: "main-card", isDataSet: card.isDataCard } });
      isFirst = false;
      input.report({
        probe: "card",
        outcome: "claimed",
        file: name,
        facts: { kind: "release", name: card.name, baseModels: card.isDataCard ? [] : card.baseModels },
      });
      if (!card.isDataCard)
        input.report({ probe: "card", outcome: "claimed", file: name, facts: { kind: "card-fields", fields: fieldsOf(name, card) } });
      reportText(input, name, card, card.isDataCard ? "Data card" : "Model card", card.isDataCard ? ", the card of a data set" : "");
      // A card beside others is about one model: what it says of its license is about the parameters.
      reportLicenses(input, name, card, name.includes("/") ? "parameters" : undefined);
      reportResults(input, name, card);
      main ??= card.name;
      for (const claim of claimsOfCard(card, place)) reportClaim(input, name, claim);
      const targets = name.includes("/") ? [] : card.links.map(({ url }) => localTarget(url));
      for (const target of targets) if (target !== undefined) linked.add(target);
    }
    for (const name of input.byRole.names("data-card")) {
      if (name.toLowerCase().endsWith(".pdf")) continue;
      const card = await read(input, name);
      if (card === undefined) continue;
      reportText(input, name, card, "Data card", "");
      // A card of data within a model is about the data; one at the root, about everything.
      reportLicenses(input, name, card, "data");
      for (const claim of claimsOfDataCard(card)) reportClaim(input, name, claim);
    }
    const model = new ModelWords([folder, main]);
    await readPartDocuments(input, model, linked, (name, claim) => reportClaim(input, name, claim));
    await readScripts(input, model, (name, claim) => reportClaim(input, name, claim));
  },
};

function reportClaim({ report }: ProbeInput, file: string, { component, target, why, line }: CardClaim): void {
  const location = line === undefined ? {} : { location: `line ${line}` };
  report({ probe: "card", outcome: "claimed", file, ...location, facts: { kind: "component", component, target, why } });
}

const MAX_HEADINGS = 200;

function fieldsOf(file: string, card: CardFacts): CardFields {
  return {
    file,
    task: card.pipelineTag,
    library: card.libraryName,
    languages: card.languages,
    datasets: card.datasets,
    tags: card.tags,
    results: card.results.all,
    headings: card.sections.flatMap(({ heading }) => (heading === "" ? [] : [heading])).slice(0, MAX_HEADINGS),
    showsUse: card.showsUse,
  };
}

async function read(input: ProbeInput, name: string): Promise<CardFacts | undefined> {
  const file = await input.readText(name);
  if (file === undefined) return undefined;
  if (!file.part.isWhole) {
    input.warn("EVIDENCE_CARD_LARGE", `${name} has ${file.part.size.toLocaleString("en-US")} bytes: only its first megabyte was read`);
  }
  const card = readCard(file.text, name);
  if (card.problem !== undefined) {
    input.warn("EVIDENCE_CARD_BROKEN", `${card.problem}; the fields above the card's text were not read`);
  }
  return card;
}

function reportText({ report }: ProbeInput, name: string, { words }: CardFacts, component: ComponentName, more: string): void {
  const isEnough = words >= MIN_WORDS;
  const why = isEnough ? `${words} words${more}` : `${name}: ${words === 1 ? "1 word" : `${words} words`}, ${MIN_WORDS} needed`;
  report({ probe: "card", outcome: isEnough ? "found" : "insufficient", file: name, facts: { kind: "component", component, why } });
}

/** What the fields say, then the sentences on licenses. `about`: what the whole card is about. */
function reportLicenses(input: ProbeInput, name: string, card: CardFacts, about: LicenseClaim["about"]): void {
  const statements: LicenseClaim[] = [];
  const state = (location: string, statement: LicenseClaim): void => {
    statements.push(statement);
    input.report({ probe: "card", outcome: "claimed", file: name, location, facts: { kind: "license-statement", statement } });
  };
  const ofCard = about === undefined ? {} : { about };
  const stated = statedLicenses(card);
  // That a card says `other` and no more is a statement too: not that of an open license.
  for (const license of stated?.names ?? card.licenses.slice(0, 1)) {
    const isByLink = stated?.field === "license_link" ? { isByLink: true } : {};
    state(stated?.field ?? "license", {
      file: name,
      name: license,
      link: card.licenseLink,
      field: stated?.field ?? "license",
      ...isByLink,
      ...ofCard,
    });
  }
  // A name beside a tag that is a license already: which of them holds, the card does not say.
  if (stated?.field === "license" && card.licenseName !== undefined && !/^other$/i.test(card.licenseName)) {
    state("license_name", { file: name, name: card.licenseName, link: card.licenseLink, field: "license_name", ...ofCard });
  }
  const model = new ModelWords([basename(input.files.root), card.name]);
  for (const { name: license, about: said, sentence, line } of licenseStatements(card.sections, model, input.knowledge)) {
    const subject = about ?? said;
    if (statements.some((known) => known.name.toLowerCase() === license.toLowerCase() && known.about === subject)) continue;
    state(`line ${line}`, { file: name, name: license, link: undefined, sentence, ...(subject === undefined ? {} : { about: subject }) });
  }
}

function reportResults({ report }: ProbeInput, name: string, card: CardFacts): void {
  if (card.isDataCard) return;
  const found = (location: string, why: string): void =>
    report({ probe: "card", outcome: "found", file: name, location, facts: { kind: "component", component: "Evaluation results", why } });
  if (card.results.all.length > 0) found("model-index", `${card.results.all.length} results in its model-index`);
}
