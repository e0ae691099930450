import { citationsIn, type Citation } from "./citations.ts";
import type { ClaimedResult } from "../../openness/folder/card-fields.ts";
import { asFields, asList, asText, asTexts } from "./fields.ts";
import { readFrontMatter } from "./front-matter.ts";
import type { CardLink } from "./links.ts";
import { readSections, type CardSection } from "./sections.ts";

/** What a model card or the card of a data set says. All of it is claimed, none is checked. */
export interface CardFacts {
  /** Whether it has fields that only cards of data sets have. */
  readonly isDataCard: boolean;
  readonly problem: string | undefined;
  /** Words of text, without front matter, code and links. */
  readonly words: number;
  readonly name: string | undefined;
  readonly licenses: readonly string[];
  readonly licenseName: string | undefined;
  readonly licenseLink: string | undefined;
  readonly datasets: readonly string[];
  readonly baseModels: readonly string[];
  readonly libraryName: string | undefined;
  readonly pipelineTag: string | undefined;
  readonly tags: readonly string[];
  /** Results in `model-index` that hold a number, and the data sets that they are of. */
  readonly results: { readonly all: readonly ClaimedResult[]; readonly datasets: readonly string[] };
  readonly languages: readonly string[];
  readonly sections: readonly CardSection[];
  readonly links: readonly CardLink[];
  /** Whether it shows code that loads or runs the model. */
  readonly showsUse: boolean;
  /** What it asks to cite. */
  readonly citations: readonly Citation[];
}

const DATA_FIELDS = ["dataset_info", "task_categories", "annotations_creators", "size_categories", "dataset_size"];
const USES_MODEL = /from_pretrained\(|pipeline\(|InferenceSession\(|llama[-_.]cli|ollama run|vllm serve|LLM\(|load_model\(|AutoModel/;

/** Reads a card. Never throws; `card` is bounded by the caller, `name` is the file's. */
export function readCard(card: string, name: string): CardFacts {
  const { fields, problem, text } = readFrontMatter(card, name);
  const { sections, links, code } = readSections(text, linesOf(card) - linesOf(text) + 1);
  return {
    isDataCard: DATA_FIELDS.some((field) => fields.has(field)) && !fields.has("pipeline_tag") && !fields.has("model-index"),
    problem,
    words: sections.reduce((sum, section) => sum + section.words, 0),
    name: asText(fields.get("model_name")) ?? asText(fields.get("pretty_name")) ?? sections.find(({ level }) => level === 1)?.heading,
    licenses: asTexts(fields.get("license")),
    licenseName: asText(fields.get("license_name")),
    licenseLink: asText(fields.get("license_link")),
    datasets: asTexts(fields.get("datasets")),
    baseModels: asTexts(fields.get("base_model")),
    libraryName: asText(fields.get("library_name")),
    pipelineTag: asText(fields.get("pipeline_tag")),
    tags: asTexts(fields.get("tags")),
    results: readResults(fields.get("model-index")),
    languages: asTexts(fields.get("language")),
    sections,
    links,
    showsUse: USES_MODEL.test(code),
    citations: citationsIn(text),
  };
}

function readResults(index: unknown): CardFacts["results"] {
  const all: ClaimedResult[] = [];
  const datasets = new Set<string>();
  for (const model of asList(index)) {
    for (const result of asList(asFields(model).get("results"))) {
      const fields = asFields(result);
      const ofData = asFields(fields.get("dataset"));
      const dataset = asText(ofData.get("name")) ?? asText(ofData.get("type"));
      const ofTask = asFields(fields.get("task"));
      const task = asText(ofTask.get("name")) ?? asText(ofTask.get("type"));
      for (const one of asList(fields.get("metrics"))) {
        const metric = asFields(one);
        const value = asText(metric.get("value"));
        if (value === undefined) continue;
        all.push({ task, dataset, metric: asText(metric.get("name")) ?? asText(metric.get("type")) ?? "result", value });
        if (dataset !== undefined) datasets.add(dataset);
      }
    }
  }
  return { all, datasets: [...datasets] };
}

function linesOf(text: string): number {
  return text.split("\n").length;
}
