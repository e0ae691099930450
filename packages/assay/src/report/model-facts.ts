import type { Check } from "../api/check.ts";
import { formatBytes, formatSize, groupDigits, plural } from "../core/sizes.ts";

/** A fact about a model, and whether its bytes show it or its files only say so. */
export interface ModelFact {
  readonly label: string;
  readonly value: string;
  readonly basis: "found" | "claimed";
}

/** What the headers of a model's files show, and what its card and configuration say. Facts that are not there are left out. */
export function modelFacts({ digested, scan, inspection, reference, isReferenceGiven }: Check): readonly ModelFact[] {
  const { parameters, types = [], quantization, weightBytes, architecture, contextLength } = scan?.risk.facts ?? {};
  const formats = weightFormats(scan);
  const card = inspection?.findings.cardFields;
  const clues = inspection?.findings.facts;
  return [
    ...claimed("Published as", isReferenceGiven ? reference.reference : undefined),
    ...claimed("Revision", reference.revision),
    ...found(
      "Files",
      digested && `${plural(digested.files.length, "file")}, ${formatSize(digested.totalBytes)} (${formatBytes(digested.totalBytes)})`,
    ),
    ...found("Formats of weights", formats.join(", ")),
    ...found("Parameters", parameters === undefined ? undefined : groupDigits(parameters)),
    ...found("Number types", types.join(", ")),
    ...found("Quantization", quantization),
    ...found("Memory for the weights", weightBytes === undefined ? undefined : `${formatSize(weightBytes)}, as they are stored`),
    ...found("Architecture", architecture ?? clues?.architecture),
    ...found("Context", contextLength === undefined ? undefined : `${groupDigits(contextLength)} tokens`),
    ...claimed("Name", clues?.name),
    ...claimed("Task", card?.task),
    ...claimed("Languages", card?.languages.slice(0, 20).join(", ")),
    ...claimed("Software", clues?.software ?? card?.library),
    ...claimed("Made from", clues?.baseModels.slice(0, 10).join(", ")),
    ...claimed("Trained on", card?.datasets.slice(0, 10).join(", ")),
  ];
}

function found(label: string, value: string | undefined): ModelFact[] {
  return fact(label, value, "found");
}

function claimed(label: string, value: string | undefined): ModelFact[] {
  return fact(label, value, "claimed");
}

function fact(label: string, value: string | undefined, basis: ModelFact["basis"]): ModelFact[] {
  return value === undefined || value === "" ? [] : [{ label, value, basis }];
}

/** The formats of the files of weights, by content. */
function weightFormats(scan: Check["scan"]): readonly string[] {
  const files = scan?.risk.files.filter(({ isLoaded, facts }) => isLoaded && (facts.weightBytes ?? facts.parameters) !== undefined) ?? [];
  return [...new Set(files.flatMap(({ format }) => format ?? []))].sort();
}
