import { resolve } from "node:path";
import { shippedLicenses } from "../catalog/licenses.ts";
import { readBounded } from "../files/read-bounded.ts";
import { evaluate } from "../openness/evaluate.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { FolderAnswer } from "./inspect-folder.ts";

/** How a mof.yml is evaluated. */
export interface ModelFileOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The Model Openness Tool's answer in every detail. Default false. */
  readonly strict?: boolean;
  /** What is known of licenses. Default: the data in this package. */
  readonly licenses?: LicenseCatalog;
}

/** How open a model is by its mof.yml alone. */
export interface ModelFileAssessment extends FolderAnswer {
  /** Absolute. */
  readonly file: string;
  readonly strict: boolean;
  /** Fields that the format does not have, as paths. */
  readonly unknownFields: readonly string[];
}

/**
 * How open is the model that this mof.yml describes, by the Model Openness Framework? What the file says is believed.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE for a folder, YAML_TOO_LARGE and what `readModelFile` throws;
 * INTERNAL where the installation lacks its data.
 */
export async function assessModelFile(file: string, options: ModelFileOptions = {}): Promise<ModelFileAssessment> {
  const { cwd = process.cwd(), strict = false, licenses = shippedLicenses() } = options;
  const path = resolve(cwd, file);
  // The reader of YAML is not for a program that only signs or verifies.
  const [{ readModelFile }, { MAX_YAML_BYTES }] = await Promise.all([import("../openness/read-model.ts"), import("../encoding/yaml.ts")]);
  const { model, unknownFields } = readModelFile(readBounded(path, "file", MAX_YAML_BYTES, "YAML_TOO_LARGE"), file);
  return { file: path, strict, model, evaluation: evaluate(model, licenses, { strict }), unknownFields };
}
