import { EXAMINERS } from "./examiners.ts";

/** What a scan may call the format of a file, each once. */
export function knownFormats(): readonly string[] {
  return [...new Set(EXAMINERS.map(({ format }) => format))];
}

/**
 * Formats whose files tell about a model, or of it, and hold no weights. A file of every other format counts as one of
 * weights, and so does one of no known format: a list of the formats that do hold weights would overlook the next one.
 */
const WITHOUT_WEIGHTS: ReadonlySet<string> = new Set([
  "Jinja template",
  "JSON",
  "Keras metadata",
  "SentencePiece",
  "TensorBoard log",
  "TensorFlow checkpoint state",
  "TensorFlow fingerprint",
  "YAML",
  "image, sound or document",
  "index of weights",
  "kept by git or a download",
  "script",
  "source code",
  "text",
  "tiktoken",
]);

/** Whether a loader takes weights from a file, as far as its format tells. `format`: as a scan calls it. */
export function mayHoldWeights({ format, isLoaded }: { readonly format: string | undefined; readonly isLoaded: boolean }): boolean {
  return isLoaded && (format === undefined || !WITHOUT_WEIGHTS.has(format));
}
