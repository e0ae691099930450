import { createHash } from "node:crypto";
import type { ModelDescription } from "../openness/model.ts";
import { readCitation, readPaper } from "./documents.ts";
import { ComponentCollector, type ModelFindings } from "../openness/folder/findings.ts";
import { readPart, type FolderListing } from "./folder.ts";
import { namesOf, type Gathering } from "./gathering.ts";
import { gatherCard } from "./card/probe.ts";
import { gatherWeights } from "./weights/probe.ts";
import { gatherModelClaims } from "./model-file/claims.ts";
import { gatherLicenses } from "./license/probe.ts";
import { localPath } from "../openness/folder/license-scope.ts";
import { withoutUnconfirmed } from "../openness/write-model.ts";
import type { LicenseKnowledge } from "./license/terms/open-sentences.ts";
import { nameData } from "./data/data-format.ts";
import { isForEvaluation, roleOf, type FileRole } from "./role.ts";
import { signsOfCode } from "./code/signs.ts";
import { readConfiguration } from "./configuration.ts";

/** The most of one file that is read. */
const MOST_TEXT = 1024 * 1024;
const MOST_CODE = 256 * 1024;
const MOST_MODEL_FILE = 1024 * 1024;
const MOST_FILES: Readonly<Record<FileRole, number>> = {
  card: 4,
  "data-card": 20,
  // All of them, read or not: one that is left out would be one that does not restrict.
  license: Number.POSITIVE_INFINITY,
  "use-policy": 4,
  weights: 200,
  gguf: 100,
  configuration: 20,
  "adapter-configuration": 20,
  tokenizer: 20,
  code: 400,
  results: 40,
  "training-state": 20,
  data: 100,
  paper: 20,
  report: 20,
  citation: 20,
  requirements: 20,
  sample: 20,
  mof: 2,
};

/** Reads a mof.yml. Throws an AssayError that says what is wrong with it. */
export type ModelFileReader = (bytes: Uint8Array) => ModelDescription;

/** Looks at the files of a listing, each as far as it must be read, and collects what they show. */
export function gatherFindings(listing: FolderListing, readModelFile: ModelFileReader, knowledge: LicenseKnowledge): ModelFindings {
  const { byRole, counts } = sortByRole(listing.files);
  const read = new Map<string, string>();
  const noteRead = (name: string, bytes: Uint8Array): void => void read.set(name, createHash("sha256").update(bytes).digest("hex"));
  const gathering: Gathering = {
    listing,
    collector: new ComponentCollector(),
    warnings: [],
    licenseClaims: [],
    byRole,
    counts,
    clues: { baseModels: [] },
    readText: (name, limit = MOST_TEXT) => {
      const part = readPart(listing, name, limit);
      if (part === undefined) return undefined;
      if (part.isWhole) noteRead(name, part.bytes);
      return { text: new TextDecoder().decode(part.bytes), part };
    },
    noteRead,
  };
  const card = gatherCard(gathering);
  gatherWeights(gathering);
  readConfiguration(gathering);
  gatherCode(gathering);
  gatherData(gathering);
  gatherDocuments(gathering);
  const modelFile = gatherModelFile(gathering, readModelFile);
  const licenseFiles = gatherLicenses(gathering, knowledge, pointedAt(modelFile?.model));
  if (modelFile?.model !== undefined) gatherModelClaims(gathering, modelFile.path, modelFile.model);
  noteLinks(gathering);
  const { name, parameters, architecture, baseModels } = gathering.clues;
  return {
    folder: listing.root,
    fileCount: listing.files.length,
    files: listing.files,
    components: gathering.collector.result(),
    licenseFiles,
    licenseClaims: gathering.licenseClaims,
    card: card?.name,
    isDataSet: card?.isDataCard ?? false,
    alsoFound: [...namesOf(gathering, "configuration"), ...namesOf(gathering, "tokenizer")],
    modelFile,
    facts: { name, parameters, architecture, baseModels: [...new Set(baseModels)] },
    read,
    warnings: gathering.warnings,
  };
}

function sortByRole(files: readonly string[]): { byRole: Map<FileRole, string[]>; counts: Map<FileRole, number> } {
  const byRole = new Map<FileRole, string[]>();
  for (const name of files) {
    const role = roleOf(name);
    if (role === undefined) continue;
    const names = byRole.get(role);
    if (names === undefined) byRole.set(role, [name]);
    else names.push(name);
  }
  const counts = new Map<FileRole, number>();
  for (const [role, names] of byRole) {
    counts.set(role, names.length);
    // Near the root first: what describes the whole is there.
    if (names.length > 1) names.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
    byRole.set(role, names.slice(0, MOST_FILES[role]));
  }
  return { byRole, counts };
}

function depth(name: string): number {
  return name.split("/").length;
}

function gatherCode(gathering: Gathering): void {
  for (const name of namesOf(gathering, "code")) {
    const file = gathering.readText(name, MOST_CODE);
    if (file === undefined) continue;
    for (const { component, why } of signsOfCode(name, file.text)) gathering.collector.found(component, name, why);
  }
  for (const name of namesOf(gathering, "requirements")) {
    const text = gathering.readText(name, MOST_CODE)?.text.trim() ?? "";
    if (text !== "") gathering.collector.found("Supporting libraries and tools", name, "names the libraries");
  }
}

function gatherData(gathering: Gathering): void {
  const names = namesOf(gathering, "data");
  const count = gathering.counts.get("data") ?? 0;
  const rest = count > names.length ? `; ${names.length} of ${count.toLocaleString("en-US")} data files were opened` : "";
  for (const name of names) {
    const part = readPart(gathering.listing, name, 16 * 1024);
    const format = part === undefined ? undefined : nameData(name, part);
    if (format !== undefined) gathering.collector.found(isForEvaluation(name) ? "Evaluation data" : "Datasets", name, format + rest);
  }
}

function gatherDocuments(gathering: Gathering): void {
  const { collector } = gathering;
  for (const role of ["paper", "report"] as const) {
    for (const name of namesOf(gathering, role)) readPaper(gathering, name, role === "paper" ? "Research paper" : "Technical report");
  }
  for (const name of namesOf(gathering, "citation")) readCitation(gathering, name);
  for (const name of namesOf(gathering, "results")) {
    const file = gathering.readText(name);
    if (file !== undefined && /\d\.\d|\b\d{1,3}\b/.test(file.text)) collector.found("Evaluation results", name, "holds figures");
  }
  for (const name of namesOf(gathering, "sample")) {
    const part = readPart(gathering.listing, name, 1);
    if (part !== undefined && part.size > 0) collector.found("Sample model outputs", name, "lies among samples");
  }
  for (const name of namesOf(gathering, "training-state")) {
    const part = readPart(gathering.listing, name, 1);
    if (part !== undefined && part.size > 0) collector.found("Model metadata", name, "state or settings of the training");
  }
}

/** Files that mof.yml calls the text of a component's license. */
function pointedAt(model: ModelDescription | undefined): ReadonlySet<string> {
  const paths = model?.components.map(({ licensePath }) => licensePath).filter((path) => path !== undefined) ?? [];
  return new Set(paths.map(localPath));
}

function gatherModelFile(gathering: Gathering, readModelFile: ModelFileReader): ModelFindings["modelFile"] {
  const [path] = namesOf(gathering, "mof");
  if (path === undefined) return undefined;
  const file = gathering.readText(path, MOST_MODEL_FILE);
  if (file === undefined) return undefined;
  const { bytes, isWhole } = file.part;
  try {
    if (!isWhole) throw new Error(`it has more than ${MOST_MODEL_FILE} bytes`);
    return { path, bytes, model: withoutUnconfirmed(readModelFile(bytes), file.text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    gathering.warnings.push({ code: "EVIDENCE_MOF_BROKEN", message: `${path} says nothing that counts: ${why}` });
    return { path, bytes, model: undefined };
  }
}

function noteLinks({ listing, warnings }: Gathering): void {
  const [first] = listing.links;
  if (first !== undefined) {
    const others = listing.links.length - 1;
    const message = `${others === 0 ? first : `${first} and ${others} more`}: links, which were not followed`;
    warnings.push({ code: "EVIDENCE_LINK_IGNORED", message });
  }
  const [other] = listing.others;
  if (other !== undefined)
    warnings.push({ code: "EVIDENCE_NOT_ALL_READ", message: `${other} is a pipe, socket or device, and was not opened` });
  if (listing.isPartial) {
    warnings.push({ code: "EVIDENCE_NOT_ALL_READ", message: "not every folder could be listed: there may be more than is shown" });
  }
}
