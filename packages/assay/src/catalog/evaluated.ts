import { evaluate, type EvaluateOptions } from "../openness/evaluate.ts";
import type { Evaluation } from "../openness/evaluation.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { CatalogEntry } from "./catalog.ts";

/** An entry with its evaluation. */
export interface Evaluated {
  readonly entry: CatalogEntry;
  readonly evaluation: Evaluation;
}

/** Evaluates every entry; milliseconds for the whole catalog. */
export function evaluateAll(entries: readonly CatalogEntry[], licenses: LicenseCatalog, options: EvaluateOptions = {}): Evaluated[] {
  return entries.map((entry) => ({ entry, evaluation: evaluate(entry.model, licenses, options) }));
}
