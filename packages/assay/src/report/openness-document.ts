import type { EvaluatedComponent, Evaluation } from "../openness/evaluation.ts";
import type { ModelDescription } from "../openness/model.ts";
import { warningJson } from "./document-parts.ts";
import { head, type JsonObject, type JsonValue } from "./json.ts";

export interface OpennessAnswer {
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

/** What `assay openness FILE --json` prints: schemas/openness.v1.json. */
export function opennessJson(file: string, strict: boolean, answer: OpennessAnswer, unknownFields: readonly string[]): JsonObject {
  return {
    ...head("openness"),
    exitCode: 0,
    file,
    strict,
    ...answerJson(answer),
    unknownFields,
    warnings: answer.evaluation.notes.map(warningJson),
  };
}

/** The part that says how open a model is: for a file once, for a folder twice. */
export function answerJson({ model, evaluation }: OpennessAnswer): JsonObject {
  return {
    model: modelJson(model),
    class: evaluation.class,
    label: evaluation.label,
    progress: { 1: evaluation.progress[1], 2: evaluation.progress[2], 3: evaluation.progress[3] },
    nextClass: evaluation.nextClass,
    components: evaluation.components.map(componentJson),
    steps: evaluation.steps.map(({ component, problem, text, example }) => ({ component, problem, text, example })),
    notTypeAppropriate: evaluation.notTypeAppropriate,
  };
}

function modelJson({ release }: ModelDescription): JsonValue {
  return {
    name: release.name,
    version: release.version ?? null,
    date: release.date ?? null,
    producer: release.producer ?? null,
    type: release.type ?? null,
    architecture: release.architecture ?? null,
  };
}

function componentJson(component: EvaluatedComponent): JsonValue {
  const { restriction } = component;
  return {
    name: component.name,
    kind: component.kind,
    requiredFor: component.requiredFor,
    status: component.status,
    license: component.license,
    licenseFrom: component.licenseFrom,
    typeAppropriate: component.typeAppropriate,
    path: component.path,
    why: component.why,
    restriction: restriction === null ? null : { kind: restriction.kind, reason: restriction.reason, clause: restriction.clause },
  };
}
