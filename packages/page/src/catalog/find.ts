import type { Evaluated } from "../../../assay/src/catalog/evaluated.ts";
import { filterEvaluations } from "../../../assay/src/catalog/filter.ts";
import { parseRange, type ParameterRange } from "../../../assay/src/catalog/parameters.ts";
import { AssayError } from "../../../assay/src/core/error.ts";
import { LICENSES } from "../openness/licenses.ts";
import { publicEvaluations } from "./evaluations.ts";
import type { Wanted } from "./filters.tsx";

/** What is not a range of numbers finds everything, and is said. */
export function find(wanted: Wanted): { readonly found: readonly Evaluated[]; readonly fault: string | undefined } {
  const { search, openness, license, component, wish } = wanted;
  let parameters: ParameterRange | undefined;
  let fault: string | undefined;
  try {
    parameters = wanted.parameters.trim() === "" ? undefined : parseRange(wanted.parameters.trim());
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    fault = `${error.message}: ${error.hint ?? ""}`;
  }
  const found = filterEvaluations(
    publicEvaluations(),
    {
      search: search.trim() === "" ? undefined : search,
      classes: openness === "any" ? [] : [openness === "none" ? null : CLASS_OF[openness]],
      organizations: [],
      types: [],
      licenses: license.trim() === "" ? [] : [license],
      parameters,
      components: component === "any" ? [] : [{ name: component, wish }],
    },
    LICENSES,
  );
  return { found, fault };
}

const CLASS_OF = { 1: 1, 2: 2, 3: 3 } as const;
