import { statSync, type Stats } from "node:fs";
import { resolve } from "node:path";
import { compareEvaluations, type ComparedComponent } from "../catalog/compare.ts";
import { shippedLicenses } from "../catalog/licenses.ts";
import { findByName } from "../catalog/search.ts";
import { AssayError } from "../core/error.ts";
import { namedWarnings, type Warning } from "../core/warning.ts";
import { evaluate } from "../openness/evaluate.ts";
import type { Evaluation } from "../openness/evaluation.ts";
import type { ModelDescription } from "../openness/model.ts";
import { isRemoteReference } from "../source/reference.ts";
import type { SourceFacts } from "../source/remote/remote-model.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { entryByName, readEvaluations, type EvaluationOptions } from "./evaluations.ts";

/** Which evaluations are asked, and how models are evaluated. */
export interface OpennessCompareOptions extends EvaluationOptions, RemoteOptions {
  readonly signal?: AbortSignal;
}

/** One of the models that are compared. */
export interface ComparedModel {
  /** As the caller named it. */
  readonly given: string;
  /** What the evaluation rests on: a mof.yml, the files in a folder, a public evaluation or one of `files`. */
  readonly kind: "file" | "folder" | "catalog";
  /** Where it was read, of one on a server. */
  readonly source?: SourceFacts | undefined;
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

/** Models side by side. */
export interface OpennessComparison {
  /** In the order in which they were named. */
  readonly models: readonly ComparedModel[];
  /** The framework's components in their order, each with an answer for every model. */
  readonly components: readonly ComparedComponent[];
  readonly warnings: readonly Warning[];
}

/**
 * How do models differ in openness, component by component? Each of `models` is a mof.yml, a model's folder (evaluated
 * by what is in it) or the name of an evaluation of `listEvaluations`; a path that exists comes first.
 *
 * Throws FILE_NOT_FOUND for a path that does not exist, USAGE for an unknown name, ABORTED, and what `assessOpenness`
 * and `listEvaluations` throw.
 */
export async function compareOpenness(models: readonly string[], options: OpennessCompareOptions = {}): Promise<OpennessComparison> {
  const catalog = catalogOnce(options);
  const compared: ComparedModel[] = [];
  const warnings: Warning[] = [];
  for (const given of models) {
    const found = await evaluateOne(given, options, catalog);
    compared.push(found.model);
    warnings.push(...found.warnings);
  }
  return { models: compared, components: compareEvaluations(compared.map(({ evaluation }) => evaluation)), warnings };
}

interface Found {
  readonly model: ComparedModel;
  readonly warnings: readonly Warning[];
}

type Catalog = Awaited<ReturnType<typeof readEvaluations>>;

/** Reads the evaluations when the first name is looked up; its warnings come with that one only. */
function catalogOnce(options: EvaluationOptions): () => Promise<Catalog> {
  let read: Catalog | undefined;
  return async () => {
    if (read !== undefined) return { ...read, warnings: [] };
    read = await readEvaluations(options);
    return read;
  };
}

async function evaluateOne(given: string, options: OpennessCompareOptions, catalog: () => Promise<Catalog>): Promise<Found> {
  const { cwd = process.cwd(), strict = false, licenses = shippedLicenses(), signal } = options;
  const evaluated = (kind: ComparedModel["kind"], model: ModelDescription): ComparedModel => {
    return { given, kind, model, evaluation: evaluate(model, licenses, { strict }) };
  };
  const isRemote = isRemoteReference(given);
  const stats = isRemote ? undefined : statsOf(resolve(cwd, given));
  if (isRemote || stats?.isDirectory() === true) {
    const { checkInspection, inspectFolder } = await import("./inspect-folder.ts");
    const found = await inspectFolder(given, { ...options, cwd, licenses, strict });
    await checkInspection(found, signal);
    return { model: { given, kind: "folder", source: found.source, ...found.asFound }, warnings: namedWarnings(given, found.warnings) };
  }
  if (stats !== undefined) {
    const { readOwnFiles } = await import("../catalog/own-files.ts");
    const [entry] = readOwnFiles(given, cwd).entries;
    if (entry === undefined) throw new AssayError("INTERNAL", "a file was lost");
    return { model: evaluated("file", entry.model), warnings: [] };
  }
  const { entries, warnings } = await catalog();
  if (isPath(given) && findByName(entries, given).kind === "none") {
    throw new AssayError("FILE_NOT_FOUND", `${given} does not exist, and no evaluation has that name`);
  }
  return { model: evaluated("catalog", entryByName(entries, given).model), warnings };
}

function isPath(given: string): boolean {
  return /[\\/]|\.ya?ml$/i.test(given);
}

/** Undefined where nothing is at the path, or nothing can be told of it: reading it says why. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
