import {
  COMPONENTS,
  type ComponentKind,
  type ComponentDefinition,
  type OpennessClass,
  RESEARCH_PAPER,
  TECHNICAL_REPORT,
} from "./components.ts";
import type { EvaluatedComponent, Problem, Step } from "./evaluation.ts";

/** A license that is open and made for the kind, and that the framework's authors recommend. */
const RECOMMENDED: Record<ComponentKind, string> = { code: "Apache-2.0", data: "CDLA-Permissive-2.0", document: "CC-BY-4.0" };

/** The least work first: stating a license, then changing one, then making the component. */
const EFFORT: Record<Problem, number> = { "no-license": 0, "not-open": 10, missing: 20, "not-fit": 100 };
const EFFORT_OF_KIND: Record<ComponentKind, number> = { document: 0, code: 1, data: 2 };

/**
 * What to do for the next class, the least work first; at the end what the class does not depend on:
 * open licenses that are made for another kind of component. After Class I only those are left.
 */
export function stepsTo(nextClass: OpennessClass | null, evaluated: readonly EvaluatedComponent[]): Step[] {
  const needed = nextClass === null ? [] : lacking(nextClass, evaluated);
  const unfit = evaluated.filter(
    ({ typeAppropriate, requiredFor }) => typeAppropriate === false && isAskedFor(requiredFor, nextClass ?? 1),
  );
  return [...needed, ...unfit]
    .map((component) => ({ component, problem: problemOf(component) }))
    .sort((a, b) => effort(a) - effort(b))
    .map(({ component, problem }) => step(component, problem, nextClass));
}

function lacking(nextClass: OpennessClass, evaluated: readonly EvaluatedComponent[]): EvaluatedComponent[] {
  const paper = evaluated.find(({ name }) => name === RESEARCH_PAPER);
  return evaluated.flatMap((component) => {
    if (component.status === "included" || !isAskedFor(component.requiredFor, nextClass)) return [];
    if (component.name !== TECHNICAL_REPORT || paper === undefined) return [component];
    // The paper may replace it: it does, or it is nearer to being open, or the class asks for it anyway.
    if (paper.status === "included" || nextClass === 1) return [];
    return component.status === "missing" && paper.status !== "missing" ? [paper] : [component];
  });
}

function isAskedFor(requiredFor: readonly OpennessClass[], openness: OpennessClass): boolean {
  return requiredFor.includes(openness);
}

interface Lack {
  readonly component: EvaluatedComponent;
  readonly problem: Problem;
}

function effort({ component, problem }: Lack): number {
  return EFFORT[problem] + EFFORT_OF_KIND[component.kind];
}

function problemOf({ status }: EvaluatedComponent): Problem {
  if (status === "missing") return "missing";
  if (status === "unlicensed") return "no-license";
  return status === "invalid" ? "not-open" : "not-fit";
}

function step(component: EvaluatedComponent, problem: Problem, nextClass: OpennessClass | null): Step {
  const { name, kind } = component;
  const definition: ComponentDefinition | undefined = COMPONENTS.find((known) => known.name === name);
  // A component that exists only needs its license written.
  const path =
    component.path === null || component.path === "" ? (problem === "missing" ? definition?.example : undefined) : component.path;
  return { component: name, problem, text: textOf(component, problem, nextClass), example: entry(name, path, RECOMMENDED[kind]) };
}

function textOf(component: EvaluatedComponent, problem: Problem, nextClass: OpennessClass | null): string {
  const reason = reasonOf(component, problem);
  return component.name === RESEARCH_PAPER && problem !== "not-fit" && nextClass !== 1
    ? `${reason}; once open, it replaces a technical report`
    : reason;
}

function reasonOf({ name, kind, license, why }: EvaluatedComponent, problem: Problem): string {
  switch (problem) {
    case "missing":
      return name === TECHNICAL_REPORT ? "not there; a research paper would do in its place" : "not there";
    case "no-license":
      return "no license says what one may do with it";
    case "not-open":
      return `its license is not open: ${why}`;
    case "not-fit":
      return `${license ?? ""} is open, and not among the licenses recommended for ${kind === "document" ? "documents" : kind}`;
  }
}

/** A line of YAML for the list `components` of a mof.yml. */
function entry(name: string, path: string | undefined, license: string): string {
  const where = path === undefined ? "" : `component_path: ${JSON.stringify(path)}, `;
  return `{ name: ${name}, ${where}license: ${license} }`;
}
