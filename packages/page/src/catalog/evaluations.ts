import { EVALUATIONS } from "../embedded.ts";
import { unpackModel } from "../../../assay/src/catalog/catalog-data.ts";
import { evaluateAll, type Evaluated } from "../../../assay/src/catalog/evaluated.ts";
import { byOpenness } from "../../../assay/src/catalog/order.ts";
import { LICENSES } from "../openness/licenses.ts";

let all: readonly Evaluated[] | undefined;

/** The public evaluations, the most open first. Made when they are first asked for: milliseconds. */
export function publicEvaluations(): readonly Evaluated[] {
  all ??= evaluateAll(
    Object.entries(EVALUATIONS.models).map(([id, packed]) => ({ id, model: unpackModel(packed, EVALUATIONS), file: undefined })),
    LICENSES,
  ).sort(byOpenness);
  return all;
}

/** Where they are from, with the license that asks to be kept. */
export const SOURCE = { sources: EVALUATIONS.sources, licenseText: EVALUATIONS.licenseText };
