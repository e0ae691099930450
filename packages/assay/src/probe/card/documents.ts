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

/** What READMEs of folders, and documents beside data, link to: they describe a part of the model. */
export async function readPartDocuments(
  input: ProbeInput,
  model: ModelWords,
  report: (file: string, claim: CardClaim) => void,
): Promise<void> {
  const names = input.files.names
    .filter((name) => name.includes("/") && (README.test(baseOf(name)) || ON_DATA.test(name)) && roleOf(name) === undefined)
    .filter((name) => !isOfOtherProject(name) && !isExample(name) && !NOT_OF_MODEL.test(name))
    .sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  await readAll(input, names, { what: "documents of folders", limit: MAX_DOCUMENT, maxBytes: MAX_BYTES }, (name, text) => {
    const document = readCard(text, name);
    const claims = ON_DATA.test(name) ? claimsOfDataCard(document) : claimsOfDocument(document, model);
    for (const claim of claims) report(name, claim);
  });
}
