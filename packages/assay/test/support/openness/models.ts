import { COMPONENTS, type ComponentName } from "../../../src/openness/components.ts";
import { evaluate, type EvaluateOptions } from "../../../src/openness/evaluate.ts";
import type { EvaluatedComponent, Evaluation } from "../../../src/openness/evaluation.ts";
import { type DescribedComponent, emptyModel, type ModelDescription, type ModelLicenses } from "../../../src/openness/model.ts";
import { LICENSES } from "./licenses.ts";

/** Components with the license that each has; undefined for none of its own. */
type Listed = Readonly<Partial<Record<ComponentName, string | undefined>>>;

export function model(listed: Listed, licenses: Readonly<Partial<Record<keyof ModelLicenses, string>>> = {}): ModelDescription {
  const whole = (name: string | undefined) => (name === undefined ? undefined : { name, path: undefined });
  return {
    ...emptyModel("granite"),
    licenses: {
      distribution: whole(licenses.distribution),
      code: whole(licenses.code),
      data: whole(licenses.data),
      document: whole(licenses.document),
    },
    components: COMPONENTS.filter(({ name }) => name in listed).map(({ name }) => component(name, listed[name])),
  };
}

export function component(name: ComponentName, license: string | undefined): DescribedComponent {
  return { name, description: undefined, license, licensePath: undefined, path: undefined };
}

/** All that a class asks for and the classes below it, under one license. */
export function everythingFor(openness: 1 | 2 | 3, license = "Apache-2.0"): Listed {
  const asked = COMPONENTS.filter(({ requiredFor }) => (requiredFor as readonly number[]).includes(openness));
  return Object.fromEntries(asked.map(({ name }) => [name, license]));
}

export function evaluateModel(described: ModelDescription, options?: EvaluateOptions): Evaluation {
  return evaluate(described, LICENSES, options);
}

export function found(evaluation: Evaluation, name: ComponentName): EvaluatedComponent {
  const one = evaluation.components.find((evaluated) => evaluated.name === name);
  if (one === undefined) throw new Error(`no ${name}`);
  return one;
}

/** What becomes of one component under a license, which nothing else bears on. */
export function underLicense(license: string, name: ComponentName = "Training code", options?: EvaluateOptions): EvaluatedComponent {
  return found(evaluateModel(model({ [name]: license }), options), name);
}
