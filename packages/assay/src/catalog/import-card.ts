import { Document, isMap, isPair, isScalar, type Pair } from "yaml";
import { readCard, type CardFacts } from "../probe/card/card.ts";
import type { CardClaim } from "../probe/card/claim.ts";
import { claimsOfCard } from "../probe/card/claims.ts";
import { statedLicenses } from "../probe/card/stated-licenses.ts";
import { AssayError } from "../core/error.ts";
import { COMPONENTS, type ComponentName } from "../openness/components.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { ImportedModel } from "./imported-model.ts";
import { FRAMEWORK } from "../openness/model.ts";

const FILL_IN = "please fill in";
const CONFIRM = "please confirm";

/**
 * A mof.yml of what a model card says: its front matter, and links whose own words say what they lead to. Whatever is
 * taken over says in a comment where from; what the card leaves open is empty and marked, components that it does not
 * speak of are at the end as comments. Nothing is guessed: a license is taken only for what the card itself is.
 *
 * `file` is how the card is called in the mof.yml. Throws CARD_BROKEN where the front matter cannot be read, and
 * CARD_OF_DATA where the card is that of a data set.
 */
export function importCard(card: string, file: string, licenses: LicenseCatalog): ImportedModel {
  const facts = readCard(card, file);
  if (facts.problem !== undefined) {
    throw new AssayError("CARD_BROKEN", `the card's front matter cannot be read: ${facts.problem}`, {
      hint: "repair it first: half of what it says would be worse than nothing",
    });
  }
  if (facts.isDataCard) {
    throw new AssayError("CARD_OF_DATA", `${file} is the card of a data set, and a mof.yml describes a model`);
  }
  const notes = new Map<string, string>();
  const license = licenseOf(facts, licenses);
  const claims = claimsOfCard(facts);
  const components = [...ownComponents(facts, file), ...claimedComponents(claims)];
  const release = {
    name: noted(notes, "name", facts.name, `from the card: ${CONFIRM}`, `${FILL_IN}: what the model is called`),
    version: noted(notes, "version", undefined, "", `${FILL_IN}: the number of parameters, such as 7B`),
    date: noted(notes, "date", undefined, "", `${FILL_IN}: YYYY-MM-DD`),
    type: noted(notes, "type", undefined, "", typeHint(facts)),
    architecture: noted(notes, "architecture", undefined, "", `${FILL_IN}, such as transformer decoder`),
    origin: noted(
      notes,
      "origin",
      facts.baseModels[0],
      `the card's base_model${more(facts.baseModels)}`,
      `${FILL_IN} if it was made from another model`,
    ),
    producer: noted(notes, "producer", undefined, "", `${FILL_IN}: who made it`),
    license: license === undefined ? {} : { distribution: license.fields },
    components: components.map(({ fields }) => fields),
  };
  const document = new Document({ framework: FRAMEWORK, release });
  document.commentBefore = ` The openness of a model by the Model Openness Framework (https://isitopen.ai).\n Taken from the model card ${oneLine(file)}. Look for "${FILL_IN}" and "${CONFIRM}".`;
  const date = document.getIn(["framework", "date"], true);
  // Older YAML readers take a bare date for something else than text.
  if (isScalar(date)) date.type = "QUOTE_SINGLE";
  for (const [field, note] of notes) comment(document, ["release", field], note);
  if (license === undefined) before(document, ["release", "license"], `${FILL_IN}: the card names no license`);
  else before(document, ["release", "license", "distribution"], license.note);
  for (const [index, { note }] of components.entries()) before(document, ["release", "components", index], note);
  const named = new Set(components.map(({ fields }) => fields.name));
  const left = COMPONENTS.filter(({ name }) => !named.has(name));
  return {
    text: `${document.toString({ lineWidth: 0 })}${leftOver(left, claims)}`,
    taken: [...(facts.name === undefined ? [] : ["its name"]), ...(license === undefined ? [] : ["its license"]), ...named],
    toFillIn: [
      ...[...notes].filter(([, note]) => note.startsWith(FILL_IN)).map(([field]) => field),
      ...(license === undefined ? ["license"] : []),
    ],
    toConfirm: [
      ...(facts.name === undefined ? [] : ["name"]),
      ...(license === undefined ? [] : ["license"]),
      ...components.filter(({ note }) => note.includes(CONFIRM)).map(({ fields }) => fields.name),
    ],
    notSaid: left.map(({ name }) => name),
  };
}

/** A field, and its note: where it comes from, or that it is for a person to fill in. */
function noted(notes: Map<string, string>, field: string, value: string | undefined, from: string, missing: string): string {
  notes.set(field, value === undefined ? missing : from);
  return value ?? "";
}

function typeHint({ pipelineTag }: CardFacts): string {
  const says = pipelineTag === undefined ? "" : ` (the card's pipeline_tag is ${pipelineTag})`;
  return `${FILL_IN}: language, vision, image, audio, video, 3d, code, multimodal or other${says}`;
}

interface StatedLicense {
  readonly fields: { readonly name: string; readonly path?: string };
  readonly note: string;
}

/** Several licenses hold together unless a person says otherwise. */
function licenseOf(facts: CardFacts, catalog: LicenseCatalog): StatedLicense | undefined {
  const stated = statedLicenses(facts);
  if (stated === undefined) return undefined;
  const ids = stated.names.map((name) => catalog.find(name)?.id ?? name);
  const several = ids.length > 1 ? "; write OR if one may choose" : "";
  const written = stated.field === "license_link" ? `the address of ${ids.join(", ")}` : stated.names.join(", ");
  const note = `the card's ${stated.field} is ${written}${several}; what it is for, the card does not say: ${CONFIRM}`;
  const { licenseLink } = facts;
  return { fields: { name: ids.join(" AND "), ...(licenseLink === undefined ? {} : { path: licenseLink }) }, note };
}

interface ImportedComponent {
  readonly fields: {
    readonly name: ComponentName;
    readonly description: string;
    readonly component_path?: string;
    readonly license?: string;
  };
  readonly note: string;
}

/** What the card itself is: it comes with the model, under the model's license. */
function ownComponents({ results }: CardFacts, file: string): ImportedComponent[] {
  const own: ImportedComponent[] = [component("Model card", file, undefined, "the card itself")];
  if (results.all.length > 0) own.push(component("Evaluation results", file, undefined, "figures in the card's model-index"));
  return own;
}

/** What the card says is elsewhere: nothing here states its license, so that it counts for nothing until a person does. */
function claimedComponents(all: readonly CardClaim[]): ImportedComponent[] {
  const byName = new Map<ComponentName, CardClaim[]>();
  for (const claim of all) {
    if (claim.target === undefined) continue;
    byName.set(claim.component, [...(byName.get(claim.component) ?? []), claim]);
  }
  return [...byName].map(([name, claims]) => {
    const note = `the card ${claims
      .map(({ why }) => why)
      .slice(0, 3)
      .join(" and ")}${claims.length > 3 ? ", …" : ""}: ${CONFIRM}, with its license`;
    const target = claims.find((claim) => claim.target !== undefined && /^https?:\/\//.test(claim.target))?.target;
    return component(name, target, "unlicensed", note);
  });
}

function component(name: ComponentName, path: string | undefined, license: string | undefined, note: string): ImportedComponent {
  const description = COMPONENTS.find((definition) => definition.name === name)?.what ?? "";
  const fields = {
    name,
    description,
    ...(path === undefined ? {} : { component_path: path }),
    ...(license === undefined ? {} : { license }),
  };
  return { fields, note };
}

/** The components that the card does not say where to find, as comments to take the # from. */
function leftOver(left: readonly (typeof COMPONENTS)[number][], claims: readonly CardClaim[]): string {
  if (left.length === 0) return "";
  const lines = left.flatMap(({ name, what, example }) => {
    const said = claims.find((claim) => claim.component === name);
    return [
      ...(said === undefined ? [] : [`# # the card ${oneLine(said.why)}: ${CONFIRM}`]),
      `# - name: ${name}`,
      `#   description: ${JSON.stringify(what)}`,
      `#   component_path: ${example}`,
    ];
  });
  return [
    "",
    `    # Not in the card. ${capital(FILL_IN)}: take the # and the blank behind it from what there is, and say where it is.`,
    ...lines.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

function comment(document: Document, path: readonly (string | number)[], note: string): void {
  const node = document.getIn(path, true);
  if (isScalar(node)) node.comment = ` ${oneLine(note)}`;
}

/** Above a field or an item of a list. */
function before(document: Document, path: readonly (string | number)[], note: string): void {
  const last = path.at(-1);
  if (typeof last === "number") {
    const node = document.getIn(path, true);
    if (isMap(node)) node.commentBefore = ` ${oneLine(note)}`;
    return;
  }
  const parent = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find((item): item is Pair => isPair(item) && String(item.key) === last) : undefined;
  if (pair === undefined) return;
  const key = document.createNode(last);
  key.commentBefore = ` ${oneLine(note)}`;
  pair.key = key;
}

/** Words of the card in a comment: they must not end the line and begin another. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?").slice(0, 300);
}

function more(values: readonly string[]): string {
  return values.length < 2 ? "" : `; it names ${values.length}: ${values.join(", ")}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
