import { baseOf, isExample, isOfOtherProject } from "../place.ts";
import type { ProbeInput } from "../probe.ts";
import { readAll } from "../read-all.ts";
import { roleOf } from "../role.ts";
import { readCard } from "./card.ts";
import type { CardClaim } from "./claim.ts";
import { claimsOfDocument } from "./claims.ts";
import { claimsOfDataCard } from "./data-claims.ts";
import type { ModelWords } from "./model-words.ts";

const MAX_DOCUMENT = 256 * 1024;
/** Of all documents together. */
const MAX_BYTES = 4 * 1024 * 1024;
const README = /^readme(?:\.(?:md|markdown|rst|txt))?$/i;
const ON_DATA = /(?:^|\/)data(?:sets?)?\/[^/]+\.(?:md|markdown)$/i;

const NOT_OF_MODEL = /(?:^|\/)(?:\.[^/]+|tests?|community|ecosystem|integrations?|plugins?)\//i;

/** A document that a card may send its reader to for a list of models. */
const IN_DOCS = /^docs?\/[^/]+\.(?:md|markdown)$/i;

/**
 * What READMEs of folders, and documents beside data, link to: they describe a part of the model. Of documents that a
 * card links to (`linked`, by their paths), the parameters alone: much else in them is about use.
 */
export async function readPartDocuments(
  input: ProbeInput,
  model: ModelWords,
  linked: ReadonlySet<string>,
  report: (file: string, claim: CardClaim) => void,
): Promise<void> {
  const isLinked = (name: string): boolean => IN_DOCS.test(name) && linked.has(name);
  const names = input.files.names
    .filter(
      (name) => name.includes("/") && (README.test(baseOf(name)) || ON_DATA.test(name) || isLinked(name)) && roleOf(name) === undefined,
    )
    .filter((name) => !isOfOtherProject(name) && !isExample(name) && !NOT_OF_MODEL.test(name))
    .sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  await readAll(input, names, { what: "documents of folders", limit: MAX_DOCUMENT, maxBytes: MAX_BYTES }, (name, text) => {
    const document = readCard(text, name);
    const claims = ON_DATA.test(name)
      ? claimsOfDataCard(document)
      : claimsOfDocument(document, model).filter(({ component }) => !isLinked(name) || component === "Model parameters (Final)");
    for (const claim of claims) report(name, claim);
  });
}
