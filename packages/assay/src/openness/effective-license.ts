import type { ComponentKind } from "./components.ts";
import type { DescribedComponent, ModelDescription } from "./model.ts";

/** The license that holds for a component, as written, and where it is written. */
export interface EffectiveLicense {
  /** Undefined where the component has no license. */
  readonly written: string | undefined;
  readonly from: "component" | ComponentKind | "distribution" | null;
}

/**
 * A component's license is its own, else the model's for its kind, else the model's for the whole
 * distribution. One that says `unlicensed`, or is empty, ends the search without a license.
 */
export function effectiveLicense(
  { licenses }: ModelDescription,
  component: DescribedComponent,
  kind: ComponentKind,
  { strict }: { readonly strict: boolean },
): EffectiveLicense {
  const none = strict ? saysNoneStrictly : saysNone;
  if (component.license !== undefined) {
    const written = component.license;
    return none(written) ? { written: undefined, from: "component" } : { written, from: "component" };
  }
  for (const from of [kind, "distribution"] as const) {
    const written = licenses[from]?.name;
    // An empty name of the whole model says nothing: the next one counts. PHP calls "0" empty too.
    if (written === undefined || written === "" || (strict ? written === "0" : written.trim() === "")) continue;
    return none(written) ? { written: undefined, from } : { written, from };
  }
  return { written: undefined, from: null };
}

/** Besides the word of the Model Openness Tool, those of SPDX and npm. */
function saysNone(written: string): boolean {
  return /^\s*(?:unlicensed|none|noassertion|no license)?\s*$/i.test(written);
}

function saysNoneStrictly(written: string): boolean {
  return written === "" || written === "0" || written === "unlicensed";
}
