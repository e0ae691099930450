import { loadCatalog, type CatalogEntry } from "../catalog/catalog.ts";
import { evaluateAll, type Evaluated } from "../catalog/evaluated.ts";
import { filterEvaluations, typeOf } from "../catalog/filter.ts";
import { shippedLicenses } from "../catalog/licenses.ts";
import { byOpenness } from "../catalog/order.ts";
import { parseParameters } from "../catalog/parameters.ts";
import { findByName } from "../catalog/search.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { Evaluation } from "../openness/evaluation.ts";
import type { LicenseSource } from "../openness/license-data.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { ModelDescription } from "../openness/model.ts";
import { catalogFilter, type EvaluationFilter } from "./evaluation-filter.ts";

/** Which evaluations are asked, and how they are evaluated. */
export interface EvaluationOptions {
  /** The caller's own evaluations, before the public ones: each a mof.yml or a folder of them. */
  readonly files?: readonly string[];
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The Model Openness Tool's answer in every detail. Default false. */
  readonly strict?: boolean;
  /** What is known of licenses. Default: the data in this package. */
  readonly licenses?: LicenseCatalog;
}

/** One evaluation: the description that it rests on, and what that comes to. */
export interface ModelEvaluation {
  /** The name of its file without the ending: no other public evaluation has it. */
  readonly id: string;
  /** The caller's own file, absolute; undefined for a public evaluation. */
  readonly file: string | undefined;
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
  /** The number of parameters, where the release's version is one: `7B`. */
  readonly parameters: number | undefined;
  /** The model's type in lowercase; undefined where the file names none. */
  readonly type: string | undefined;
  /** The license of the final parameters, else of the whole. */
  readonly license: string | undefined;
}

/** The evaluations that pass a filter. */
export interface EvaluationList {
  /** The most open first. */
  readonly evaluations: readonly ModelEvaluation[];
  /** The number of evaluations before the filter. */
  readonly total: number;
  /** Where the public evaluations come from. */
  readonly sources: readonly LicenseSource[];
  /** Files of a folder that are left out, each with the reason. */
  readonly warnings: readonly Warning[];
}

/** One evaluation, by its name. */
export interface ShownEvaluation {
  readonly evaluation: ModelEvaluation;
  readonly warnings: readonly Warning[];
}

/**
 * How open are published models? The public evaluations of the Model Openness Tool that ship with this package, and
 * the caller's own, evaluated here by the Model Openness Framework and filtered. An empty list is an answer.
 *
 * Throws USAGE for an organization or type that no evaluation has, for an unknown component and for a range that is
 * not one, each with the nearest name; INTERNAL where the installation lacks its data; for `files` FILE_NOT_FOUND,
 * FILE_UNREADABLE, USAGE, and what `readModelFile` throws.
 */
export async function listEvaluations(filter: EvaluationFilter = {}, options: EvaluationOptions = {}): Promise<EvaluationList> {
  const { entries, sources, warnings } = await readEvaluations(options);
  const { licenses = shippedLicenses(), strict = false } = options;
  const wanted = catalogFilter(filter, entries);
  const found = filterEvaluations(evaluateAll(entries, licenses, { strict }), wanted, licenses).sort(byOpenness);
  return { evaluations: found.map(modelEvaluation), total: entries.length, sources, warnings };
}

/**
 * One evaluation of the list, by the model's name, in any case, or by the name of its file (`Amber`, `Amber.yml`).
 *
 * Throws USAGE where no evaluation has the name, with the nearest ones, or where several have it, with their files;
 * otherwise what `listEvaluations` throws.
 */
export async function showEvaluation(name: string, options: EvaluationOptions = {}): Promise<ShownEvaluation> {
  const { entries, warnings } = await readEvaluations(options);
  const { licenses = shippedLicenses(), strict = false } = options;
  const [evaluated] = evaluateAll([entryByName(entries, name)], licenses, { strict });
  if (evaluated === undefined) throw new AssayError("INTERNAL", "an evaluation was lost");
  return { evaluation: modelEvaluation(evaluated), warnings };
}

interface ReadEvaluations {
  readonly entries: readonly CatalogEntry[];
  readonly sources: readonly LicenseSource[];
  readonly warnings: readonly Warning[];
}

/** The caller's own evaluations, then the public ones. Throws what reading these throws. */
export async function readEvaluations({ files = [], cwd = process.cwd() }: EvaluationOptions): Promise<ReadEvaluations> {
  const { entries, sources } = loadCatalog();
  if (files.length === 0) return { entries, sources, warnings: [] };
  // The reader of YAML takes longer to load than all of the catalog.
  const { readOwnFiles } = await import("../catalog/own-files.ts");
  const own = files.map((path) => readOwnFiles(path, cwd));
  return { entries: [...own.flatMap((found) => found.entries), ...entries], sources, warnings: own.flatMap((found) => found.warnings) };
}

/** The one evaluation of this name. Throws USAGE. */
export function entryByName(entries: readonly CatalogEntry[], name: string): CatalogEntry {
  const found = findByName(entries, name);
  switch (found.kind) {
    case "one":
      return found.entry;
    case "several":
      throw new AssayError(
        "USAGE",
        `${found.entries.length} evaluations have the name "${name}": ${found.entries.map(fileOf).join(", ")}`,
        {
          hint: "name the file, with .yml",
        },
      );
    case "none": {
      const near = found.near.map(({ model }) => model.release.name);
      const advice = near.length === 0 ? ({ remedy: "list-evaluations" } as const) : { hint: `did you mean: ${near.join(", ")}` };
      throw new AssayError("USAGE", `no evaluation has the name "${name}"`, advice);
    }
  }
}

function fileOf({ id, file }: CatalogEntry): string {
  return file ?? `${id}.yml`;
}

function modelEvaluation({ entry, evaluation }: Evaluated): ModelEvaluation {
  const { id, file, model } = entry;
  const type = typeOf(model.release.type);
  return {
    id,
    file,
    model,
    evaluation,
    parameters: parseParameters(model.release.version),
    type: type === "none" ? undefined : type,
    license: modelLicense(model, evaluation),
  };
}

function modelLicense(model: ModelDescription, evaluation: Evaluation): string | undefined {
  const parameters = evaluation.components.find(({ name }) => name === "Model parameters (Final)");
  const stated = parameters?.status === "missing" || parameters?.license === "unlicensed" ? undefined : parameters?.license?.trim();
  const license = stated || model.licenses.distribution?.name?.trim();
  return license === "" ? undefined : license;
}
