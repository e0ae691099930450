import { Document, isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { asAssayError, AssayError } from "../core/error.ts";
import { COMPONENTS } from "./components.ts";
import type { Evaluation } from "./evaluation.ts";
import { CONFIRM, entryComment, oneLine, textsOfModel, UNKNOWN_LICENSE } from "./folder/entry-comments.ts";
import { LICENSE_SCOPES, type ModelDescription } from "./model.ts";
import { releaseName } from "./folder/release-name.ts";
import { readYaml } from "../encoding/yaml.ts";
import type { ModelFindings } from "./folder/findings.ts";

/** Above a component's entry, as it is written below; another comment is a person's. */
const UNCONFIRMED = new RegExp(`^[ \\t]*# claimed by [^\\n]{1,400}: ${CONFIRM}[^\\n]{0,40}\\n[ \\t]*(?:- )?name: ([^\\n]{1,200})$`, "gm");

/** What is written where no license is stated. */
const NOT_STATED: ReadonlySet<string> = new Set(["", "unlicensed", UNKNOWN_LICENSE]);

/**
 * A description without what this program wrote into it as claims, for as long as the comment above them asks a
 * person to confirm: what it wrote itself says nothing new. An entry that was given a license since is a person's.
 */
export function withoutUnconfirmed(model: ModelDescription, text: string): ModelDescription {
  const names = new Set([...text.replaceAll("\r\n", "\n").matchAll(UNCONFIRMED)].map(([, name = ""]) => name.trim()));
  const { distribution } = model.licenses;
  return {
    ...model,
    licenses: {
      ...model.licenses,
      distribution: distribution?.name !== undefined && names.has(distribution.name) ? undefined : distribution,
    },
    components: model.components.filter(({ name, license }) => !names.has(name) || !(license === undefined || NOT_STATED.has(license))),
  };
}

export interface ModelFileText {
  readonly text: string;
  /** Components and licenses that are new in it. */
  readonly added: readonly string[];
  /** Those of them that are only claimed. */
  readonly toConfirm: readonly string[];
}

/** The model that a folder shows, and what it comes to. */
export interface FoundAnswer {
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

/**
 * A mof.yml with what the folder shows: a new one, or the old one with what it lacked. What a person wrote
 * stays as it is, with its comments, order and unknown fields; nothing is taken out or changed.
 *
 * The last two are the model as found, with its evaluation, and as claimed. Throws USAGE where the old file is not a mof.yml.
 */
export function modelFileWith(
  old: string | undefined,
  findings: ModelFindings,
  { model: found, evaluation }: FoundAnswer,
  claimed: ModelDescription,
): ModelFileText {
  const document = old === undefined ? newDocument(claimed, findings) : readDocument(old);
  const release = document.get("release");
  if (!isMap(release)) throw notAModelFile("the field `release` is missing or not a mapping");
  const added: string[] = [];
  const toConfirm: string[] = [];
  addLicense(document, release, findings, found, claimed, { added, toConfirm });
  const components = componentList(document, release);
  const known = new Set(components.items.map((item) => (isMap(item) ? String(item.get("name")) : "")));
  for (const component of claimed.components) {
    if (known.has(component.name)) continue;
    const isFound = found.components.some(({ name }) => name === component.name);
    // What no file states is unknown: without a license, the entry would inherit the model's.
    const license = component.license === "unlicensed" ? UNKNOWN_LICENSE : component.license;
    const fields = {
      name: component.name,
      ...(component.description === undefined ? {} : { description: component.description }),
      ...(component.path === undefined ? {} : { component_path: component.path }),
      ...(license === undefined ? {} : { license }),
      ...(component.licensePath === undefined ? {} : { license_path: component.licensePath }),
    };
    const node = document.createNode(fields);
    node.commentBefore = entryComment(component, findings, { found, claimed });
    components.add(node);
    added.push(component.name);
    if (!isFound) toConfirm.push(component.name);
  }
  if (old === undefined) document.comment = missingComment(evaluation, claimed);
  return { text: document.toString({ lineWidth: 0 }), added, toConfirm };
}

function newDocument({ framework, release, components }: ModelDescription, findings: ModelFindings): Document {
  const document = new Document({
    framework: { name: framework.name, version: framework.version, date: framework.date },
    release: {
      name: release.name,
      ...(release.version === undefined ? {} : { version: release.version }),
      license: {},
      ...(release.origin === undefined ? {} : { origin: release.origin }),
      producer: release.producer ?? "",
      components: [],
    },
  });
  document.commentBefore = " How open this model is, by the Model Openness Framework. Made from its files by Assay.";
  const date = pairOf(document.get("framework"), "date");
  // Older YAML readers take a bare date for something else than text.
  if (isScalar(date?.value)) date.value.type = "QUOTE_SINGLE";
  const producer = pairOf(document.get("release"), "producer");
  if (producer !== undefined && (release.producer ?? "") === "")
    setComment(producer, ` who made it: please fill in${makerHint(components)}`);
  const name = pairOf(document.get("release"), "name");
  if (name !== undefined && releaseName(findings.facts.name) === undefined) setComment(name, " the folder's name: please check");
  return document;
}

function readDocument(old: string): Document {
  try {
    return readYaml(old, "mof.yml").document;
  } catch (error) {
    throw notAModelFile(asAssayError(error).message);
  }
}

function addLicense(
  document: Document,
  release: YAMLMap,
  findings: ModelFindings,
  found: ModelDescription,
  claimed: ModelDescription,
  { added, toConfirm }: { readonly added: string[]; readonly toConfirm: string[] },
): void {
  if (!isMap(release.get("license"))) release.set("license", document.createNode({}));
  const licenses = release.get("license");
  if (!isMap(licenses)) return;
  const { licenseClaims } = findings;
  for (const kind of LICENSE_SCOPES) {
    const statement = claimed.licenses[kind];
    if (statement?.name === undefined || licenses.has(kind)) continue;
    const node = document.createNode({ name: statement.name, ...(statement.path === undefined ? {} : { path: statement.path }) });
    const isFound = found.licenses[kind]?.name !== undefined;
    const said = licenseClaims.find(({ about }) => about === undefined);
    const where = kind === "distribution" ? undefined : kind;
    node.commentBefore = isFound ? ` found: ${textsOfModel(findings, where)}` : ` claimed by ${oneLine(said?.file)}: ${CONFIRM}`;
    licenses.flow = false;
    licenses.set(document.createNode(kind), node);
    added.push(`the ${kind} license`);
    if (!isFound) toConfirm.push(`the ${kind} license`);
  }
}

function componentList(document: Document, release: YAMLMap): YAMLSeq {
  const components = release.get("components");
  if (isSeq(components)) {
    components.flow = false;
    return components;
  }
  const list = document.createNode([]);
  if (!isSeq(list)) throw notAModelFile("its components are not a list");
  list.flow = false;
  release.set("components", list);
  return list;
}

function pairOf(node: unknown, key: string): Pair | undefined {
  return isMap(node) ? node.items.find((pair) => String(pair.key) === key) : undefined;
}

function setComment(pair: Pair, comment: string): void {
  if (isScalar(pair.value)) pair.value.comment = comment;
}

/** The hub's repository that the weights are in is a hint at who made them, and no more. */
function makerHint(components: ModelDescription["components"]): string {
  const path = components.find(({ name }) => name === "Model parameters (Final)")?.path ?? "";
  const repository =
    /^https:\/\/huggingface\.co\/((?!collections\/|models\/|datasets\/|spaces\/)[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95})/.exec(
      path,
    )?.[1];
  return repository === undefined ? "" : `; the weights are in huggingface.co/${repository}`;
}

/** At the end of a new file: what no file of the folder shows or names, and how an entry for it looks. */
function missingComment({ nextClass, steps }: Evaluation, { components }: ModelDescription): string | null {
  const missing = steps.filter(({ problem, component }) => problem === "missing" && !components.some(({ name }) => name === component));
  const [first] = missing;
  const definition = COMPONENTS.find(({ name }) => name === first?.component);
  if (first === undefined || definition === undefined || nextClass === null) return null;
  return [
    ` Missing for Class ${ROMAN[nextClass]}: ${missing.map(({ component }) => component).join(", ")}.`,
    " Where the model has it, an entry above says where it is, and its license:",
    `   - name: ${first.component}`,
    `     component_path: ${definition.example}`,
    "     license: an SPDX identifier, such as Apache-2.0",
  ].join("\n");
}

const ROMAN = { 1: "I", 2: "II", 3: "III" } as const;

function notAModelFile(why: string): AssayError {
  return new AssayError("USAGE", `the existing mof.yml was not changed: ${why}`, {
    hint: "repair it, or move it away, and run again",
  });
}
