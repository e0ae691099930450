import { evaluate, type EvaluateOptions } from "../openness/evaluate.ts";
import type { Evaluation } from "../openness/evaluation.ts";
import type { LicenseCatalogue } from "../openness/license.ts";
import type { CatalogueEntry } from "./catalogue.ts";

/** An entry with what its description comes to. */
export interface Evaluated {
  readonly entry: CatalogueEntry;
  readonly evaluation: Evaluation;
}

/** Evaluates every entry: some thousandths of a second for all of the catalogue. */
export function evaluateAll(entries: readonly CatalogueEntry[], licenses: LicenseCatalogue, options: EvaluateOptions = {}): Evaluated[] {
  return entries.map((entry) => ({ entry, evaluation: evaluate(entry.model, licenses, options) }));
}
