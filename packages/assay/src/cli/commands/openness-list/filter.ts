import { AssayError } from "../../../core/error.ts";
import { nearest } from "../../../core/nearest.ts";
import type { EvaluationFilter } from "../../../index.ts";
import type { Invocation } from "../../command.ts";
import { splitList } from "../../command-line/values.ts";

type OpennessClass = NonNullable<EvaluationFilter["classes"]>[number];
type ComponentCondition = NonNullable<EvaluationFilter["components"]>[number];

/** The conditions of `assay openness list`. Throws USAGE. */
export function readFilter({ values, arguments: words }: Invocation): EvaluationFilter {
  const list = (name: "class" | "organization" | "type" | "license" | "component"): string[] => values.texts(name).flatMap(splitList);
  return {
    search: words.length === 0 ? undefined : words.join(" "),
    classes: list("class").map(readClass),
    organizations: list("organization"),
    types: list("type"),
    licenses: list("license"),
    parameters: values.text("parameters"),
    components: list("component").map(readComponent),
  };
}

const CLASSES: ReadonlyMap<string, OpennessClass> = new Map([
  ["1", 1],
  ["2", 2],
  ["3", 3],
  ["i", 1],
  ["ii", 2],
  ["iii", 3],
  ["none", null],
]);

function readClass(text: string): OpennessClass {
  const found = CLASSES.get(text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new AssayError("USAGE", `--class ${text} is not 1, 2, 3 or none`, {
    hint: "1 is open science (the most open), 2 open tooling, 3 open model",
  });
}

const WISHES: ReadonlyMap<string, ComponentCondition["wish"]> = new Map([
  ["there", "there"],
  ["open", "open"],
  ["missing", "missing"],
  ["unlicensed", "unlicensed"],
  ["invalid", "invalid"],
]);

/** `NAME` or `NAME:STATE`; the library knows the names. */
function readComponent(text: string): ComponentCondition {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return { name: text, wish: "there" };
  const name = text.slice(0, colon);
  const state = text
    .slice(colon + 1)
    .trim()
    .toLowerCase();
  const wish = WISHES.get(state);
  if (wish !== undefined) return { name, wish };
  const near = nearest(state, WISHES.keys());
  throw new AssayError("USAGE", `--component "${text}": "${state}" is not ${[...WISHES.keys()].join(", ")}`, {
    hint: near === undefined ? 'for example: --component "Training code:open"' : `did you mean: --component "${name}:${near}"`,
  });
}
