import type { CatalogEntry } from "../../catalog/catalog.ts";
import { isOrganization, typeOf, type CatalogFilter, type ComponentWish } from "../../catalog/filter.ts";
import { parseRange } from "../../catalog/parameters.ts";
import { nearest } from "../../core/nearest.ts";
import { AssayError } from "../../core/error.ts";
import { COMPONENTS, type ComponentName, type OpennessClass } from "../../openness/components.ts";
import type { Invocation } from "../command.ts";
import { splitList } from "../command-line/lists.ts";

/**
 * What `assay openness list` is asked for. An organization or a type that no evaluation has is a mistake, not a
 * question without an answer: the nearest one is named. Throws USAGE.
 */
export function readFilter({ values, arguments: words }: Invocation, entries: readonly CatalogEntry[]): CatalogFilter {
  const list = (name: "class" | "organization" | "type" | "license" | "component"): string[] => values.texts(name).flatMap(splitList);
  const range = values.text("parameters");
  return {
    search: words.length === 0 ? undefined : words.join(" "),
    classes: list("class").map(readClass),
    organizations: list("organization").map((name) => readOrganization(name, entries)),
    types: list("type").map((name) => readType(name, entries)),
    licenses: list("license"),
    parameters: range === undefined ? undefined : parseRange(range),
    components: list("component").map(readComponent),
  };
}

const CLASSES: ReadonlyMap<string, OpennessClass | null> = new Map([
  ["1", 1],
  ["2", 2],
  ["3", 3],
  ["i", 1],
  ["ii", 2],
  ["iii", 3],
  ["none", null],
]);

function readClass(text: string): OpennessClass | null {
  const found = CLASSES.get(text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new AssayError("USAGE", `--class ${text} is none of 1, 2, 3 and none`, {
    hint: "1 is open science (the most open), 2 open tooling, 3 open model",
  });
}

function readOrganization(name: string, entries: readonly CatalogEntry[]): string {
  if (entries.some(({ model }) => isOrganization(model.release.producer, name))) return name;
  const known = new Map(
    entries.flatMap(({ model: { release } }) =>
      release.producer === undefined ? [] : [[release.producer.toLowerCase(), release.producer]],
    ),
  );
  const near = nearest(name, known.keys());
  throw unknown("organization", name, near === undefined ? undefined : known.get(near));
}

function readType(name: string, entries: readonly CatalogEntry[]): string {
  const type = typeOf(name);
  const known = new Set(["none", ...entries.map(({ model }) => typeOf(model.release.type))]);
  if (known.has(type)) return type;
  const near = nearest(type, known);
  throw unknown("type", name, near, `the types are ${[...known].sort().join(", ")}`);
}

function unknown(what: "organization" | "type", name: string, near: string | undefined, else_?: string): AssayError {
  const hint = near === undefined ? else_ : `did you mean: --${what} "${near}"`;
  return new AssayError("USAGE", `no evaluation is of the ${what} "${name}"`, { hint });
}

const WISHES: ReadonlyMap<string, ComponentWish> = new Map([
  ["there", "there"],
  ["open", "open"],
  ["missing", "missing"],
  ["unlicensed", "unlicensed"],
  ["invalid", "invalid"],
]);

function readComponent(text: string): { readonly name: ComponentName; readonly wish: ComponentWish } {
  const colon = text.lastIndexOf(":");
  const state =
    colon < 0
      ? "there"
      : text
          .slice(colon + 1)
          .trim()
          .toLowerCase();
  const wish = WISHES.get(state);
  if (wish === undefined) {
    const near = nearest(state, WISHES.keys());
    throw new AssayError("USAGE", `--component "${text}": "${state}" is none of ${[...WISHES.keys()].join(", ")}`, {
      hint:
        near === undefined
          ? 'for example: --component "Training code:open"'
          : `did you mean: --component "${text.slice(0, colon)}:${near}"`,
    });
  }
  return { name: readComponentName(colon < 0 ? text : text.slice(0, colon)), wish };
}

/** A component by its name in any case, or by a beginning that only one has. */
function readComponentName(text: string): ComponentName {
  const wanted = text.trim().toLowerCase();
  const names = new Map(COMPONENTS.map(({ name }) => [name.toLowerCase(), name]));
  const starting = wanted === "" ? [] : [...names].filter(([lower]) => lower.startsWith(wanted)).map(([, name]) => name);
  const name = names.get(wanted) ?? (starting.length === 1 ? starting[0] : undefined);
  if (name !== undefined) return name;
  if (starting.length > 1) {
    throw new AssayError("USAGE", `--component "${text}" may be ${starting.map((one) => `"${one}"`).join(" or ")}`, {
      hint: "write it out",
    });
  }
  const near = nearest(wanted, names.keys());
  throw new AssayError("USAGE", `"${text}" is none of the 17 components of the framework`, {
    hint: near === undefined ? `they are: ${[...names.values()].join(", ")}` : `did you mean: --component "${names.get(near) ?? near}"`,
  });
}
