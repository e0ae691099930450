import type { CatalogEntry } from "../catalog/catalog.ts";
import { isOrganization, typeOf, type CatalogFilter, type ComponentWish } from "../catalog/filter.ts";
import { parseRange } from "../catalog/parameters.ts";
import { AssayError } from "../core/error.ts";
import { nearest } from "../core/nearest.ts";
import { COMPONENTS, type ComponentName, type OpennessClass } from "../openness/components.ts";

/** Which evaluations are listed: of each kind of condition one must hold, of `components` every one. */
export interface EvaluationFilter {
  /** Words in the name, file or organization, in any order and case. */
  readonly search?: string | undefined;
  /** null: no class. */
  readonly classes?: readonly (OpennessClass | null)[];
  /** Whole words of the organization, in any case: `DeepMind` finds `Google DeepMind`. */
  readonly organizations?: readonly string[];
  /** The types that the files name; `none` where a file names none. */
  readonly types?: readonly string[];
  /** Names or identifiers of a license that a component is under. */
  readonly licenses?: readonly string[];
  /** The number of parameters, or a range: `7B`, `1B..10B`, `..7B`, `70B..`. */
  readonly parameters?: string | undefined;
  /** A component by its name in any case, or by a beginning that only one has, and how it must be. */
  readonly components?: readonly { readonly name: string; readonly wish: ComponentWish }[];
}

/**
 * The filter for the catalog. Throws USAGE for an organization or type that no evaluation has, for an unknown
 * component and for a range that is not one, with the nearest name.
 */
export function catalogFilter(filter: EvaluationFilter, entries: readonly CatalogEntry[]): CatalogFilter {
  const { search, classes = [], organizations = [], types = [], licenses = [], parameters, components = [] } = filter;
  for (const name of organizations) checkOrganization(name, entries);
  return {
    search,
    classes,
    organizations,
    types: types.map((name) => knownType(name, entries)),
    licenses,
    parameters: parameters === undefined ? undefined : parseRange(parameters),
    components: components.map(({ name, wish }) => ({ name: componentName(name), wish })),
  };
}

/** An organization that no evaluation has is a mistake, not a question without an answer. */
function checkOrganization(name: string, entries: readonly CatalogEntry[]): void {
  if (entries.some(({ model }) => isOrganization(model.release.producer, name))) return;
  const known = new Map(
    entries.flatMap(({ model: { release } }) =>
      release.producer === undefined ? [] : [[release.producer.toLowerCase(), release.producer]],
    ),
  );
  const near = nearest(name, known.keys());
  throw unknown("organization", name, near === undefined ? undefined : known.get(near));
}

function knownType(name: string, entries: readonly CatalogEntry[]): string {
  const type = typeOf(name);
  const known = new Set(["none", ...entries.map(({ model }) => typeOf(model.release.type))]);
  if (known.has(type)) return type;
  throw unknown("type", name, nearest(type, known), `the types are ${[...known].sort().join(", ")}`);
}

function unknown(what: "organization" | "type", name: string, near: string | undefined, otherwise?: string): AssayError {
  const hint = near === undefined ? otherwise : `did you mean: "${near}"`;
  return new AssayError("USAGE", `no evaluation is of the ${what} "${name}"`, { hint });
}

function componentName(text: string): ComponentName {
  const wanted = text.trim().toLowerCase();
  const names = new Map(COMPONENTS.map(({ name }) => [name.toLowerCase(), name]));
  const starting = wanted === "" ? [] : [...names].filter(([lower]) => lower.startsWith(wanted)).map(([, name]) => name);
  const name = names.get(wanted) ?? (starting.length === 1 ? starting[0] : undefined);
  if (name !== undefined) return name;
  if (starting.length > 1) {
    throw new AssayError("USAGE", `"${text}" is the beginning of several components: ${starting.map((one) => `"${one}"`).join(", ")}`, {
      hint: "write the name in full",
    });
  }
  const near = nearest(wanted, names.keys());
  throw new AssayError("USAGE", `unknown component "${text}": the framework has ${COMPONENTS.length} components`, {
    hint: near === undefined ? `they are: ${[...names.values()].join(", ")}` : `did you mean: "${names.get(near) ?? near}"`,
  });
}
