import type { EvaluatedComponent, Evaluation } from "../evaluation.ts";
import { isAbout } from "./contradictions.ts";
import type { LicenseClaim, ModelFindings } from "./findings.ts";
import { allOf } from "./license-cover.ts";

type Component = Pick<EvaluatedComponent, "name" | "kind">;

/** What the folder's files say of a component's license, without a text that grants it. */
export interface StatedLicense {
  readonly name: string;
  readonly file: string;
}

/**
 * The license that the folder's own words give a component: what is said of it, before what is said of the whole; of
 * several files the first. A statement on code says nothing of weights. Undefined where nothing is said.
 */
export function statedLicense(
  component: Component,
  { licenseClaims, modelFile }: Pick<ModelFindings, "licenseClaims" | "modelFile">,
): StatedLicense | undefined {
  const claims = licenseClaims.filter(({ file }) => file !== modelFile?.path);
  const own = claims.filter(({ about }) => about !== undefined && isAbout(about, component));
  return ofOneFile(own) ?? ofOneFile(claims.filter(({ about }) => about === undefined));
}

function ofOneFile(claims: readonly LicenseClaim[]): StatedLicense | undefined {
  const [first] = claims;
  if (first === undefined) return undefined;
  return { name: allOf([...new Set(claims.filter(({ file }) => file === first.file).map(({ name }) => name))]), file: first.file };
}

/** Names the license that is only stated, for what no text grants one: it stays without a license, and a person sees which text is missing. */
export function withStatedLicenses(evaluation: Evaluation, findings: Pick<ModelFindings, "licenseClaims" | "modelFile">): Evaluation {
  const stated = new Map<string, StatedLicense>();
  const components = evaluation.components.map((component) => {
    if (component.status !== "unlicensed" || component.licenseFrom !== null) return component;
    const said = statedLicense(component, findings);
    if (said === undefined) return component;
    stated.set(component.name, said);
    return { ...component, license: said.name, why: `${said.file} says ${said.name}, and no text in the folder grants it` };
  });
  const steps = evaluation.steps.map((step) => {
    const said = step.problem === "no-license" ? stated.get(step.component) : undefined;
    return said === undefined ? step : { ...step, text: `${said.file} says ${said.name}, and the text of that license is missing` };
  });
  return { ...evaluation, components, steps };
}
