import type { ComponentName, OpennessClass } from "../openness/components.ts";
import type { EvaluatedComponent } from "../openness/evaluation.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { Evaluated } from "./evaluated.ts";
import { isWithinRange, parseParameters, type ParameterRange } from "./parameters.ts";
import { holdsWords } from "./search.ts";
import { isOpenStatus } from "../openness/evaluation.ts";

/** The wanted state of a component: present, present under an open license, or one status. */
export type ComponentWish = "there" | "open" | "invalid" | "unlicensed" | "missing";

/** Conditions on an evaluation: one value of each list must match, and every component. */
export interface CatalogFilter {
  readonly search: string | undefined;
  readonly classes: readonly (OpennessClass | null)[];
  readonly organizations: readonly string[];
  readonly types: readonly string[];
  readonly licenses: readonly string[];
  readonly parameters: ParameterRange | undefined;
  readonly components: readonly { readonly name: ComponentName; readonly wish: ComponentWish }[];
}

/** The evaluations that match, in their order. */
export function filterEvaluations(all: readonly Evaluated[], filter: CatalogFilter, licenses: LicenseCatalog): Evaluated[] {
  const wanted = new Set(filter.licenses.map((name) => licenseId(name, licenses)));
  return all.filter(({ entry, evaluation }) => {
    const { release } = entry.model;
    return (
      (filter.search === undefined || holdsWords(entry, filter.search)) &&
      (filter.classes.length === 0 || filter.classes.includes(evaluation.class)) &&
      (filter.organizations.length === 0 || filter.organizations.some((name) => isOrganization(release.producer, name))) &&
      (filter.types.length === 0 || filter.types.includes(typeOf(release.type))) &&
      (wanted.size === 0 || evaluation.components.some((component) => isUnder(component, wanted, licenses))) &&
      (filter.parameters === undefined || isWithinRange(parseParameters(release.version), filter.parameters)) &&
      filter.components.every(({ name, wish }) => evaluation.components.some((component) => component.name === name && is(component, wish)))
    );
  });
}

/** `DeepMind` is in `Google DeepMind`, and `Meta` not in `Metaspace`. */
export function isOrganization(producer: string | undefined, name: string): boolean {
  return producer !== undefined && ` ${words(producer)} `.includes(` ${words(name)} `);
}

/** A type as it is compared; `none` where a file says nothing. */
export function typeOf(type: string | undefined): string {
  return type === undefined || type.trim() === "" ? "none" : type.trim().toLowerCase();
}

function words(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join(" ");
}

function isUnder({ status, license }: EvaluatedComponent, wanted: ReadonlySet<string>, licenses: LicenseCatalog): boolean {
  if (status === "missing" || license === null) return false;
  return wanted.has(licenseId(license, licenses));
}

/** One spelling for all of a license's names. */
function licenseId(name: string, licenses: LicenseCatalog): string {
  return (licenses.find(name)?.id ?? name.trim()).toLowerCase();
}

function is({ status }: EvaluatedComponent, wish: ComponentWish): boolean {
  switch (wish) {
    case "there":
      return status !== "missing";
    case "open":
      return isOpenStatus(status);
    default:
      return status === wish;
  }
}
