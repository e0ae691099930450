import type { OpennessClass } from "../../openness/components.ts";
import type { EvaluatedComponent, Evaluation } from "../../openness/evaluation.ts";
import type { ModelDescription } from "../../openness/model.ts";
import type { AnswerPart, ComponentPart, ModelPart, OpennessDocument } from "./documents.ts";
import { head } from "./head.ts";
import { warningParts } from "./parts.ts";

/** A model and how open it is. */
export interface OpennessAnswer {
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

/** A mof.yml that was evaluated. */
export interface EvaluatedFile extends OpennessAnswer {
  /** Its absolute path, or which public evaluation it is. */
  readonly file: string;
  readonly strict: boolean;
  /** Fields that the format does not have, as paths. */
  readonly unknownFields: readonly string[];
}

type OfFile = Extract<OpennessDocument, { readonly file: string }>;

/** The document of a mof.yml: schemas/openness.v1.json. */
export function opennessFileDocument({ file, strict, unknownFields, ...answer }: EvaluatedFile): OfFile {
  return {
    ...head("openness"),
    strict,
    exitCode: 0,
    file,
    ...answerPart(answer),
    unknownFields,
    warnings: warningParts(answer.evaluation.notes),
  };
}

/** The same document where a class is required: one that is not reached makes the exit code 1. */
export function withRequiredClass<Document extends OpennessDocument>(document: Document, required: OpennessClass): Document {
  const isReached = document.class !== null && document.class <= required;
  return { ...document, exitCode: isReached || document.exitCode > 1 ? document.exitCode : 1, requiredClass: required };
}

/** How open a model is: of a file once, of a folder twice. */
export function answerPart({ model, evaluation }: OpennessAnswer): AnswerPart {
  return {
    model: modelPart(model),
    class: evaluation.class,
    label: evaluation.label,
    progress: { 1: evaluation.progress[1], 2: evaluation.progress[2], 3: evaluation.progress[3] },
    nextClass: evaluation.nextClass,
    components: evaluation.components.map(componentPart),
    steps: evaluation.steps.map(({ component, problem, text, example }) => ({ component, problem, text, example })),
    notTypeAppropriate: evaluation.notTypeAppropriate,
  };
}

function modelPart({ release }: ModelDescription): ModelPart {
  return {
    name: release.name,
    version: release.version ?? null,
    date: release.date ?? null,
    producer: release.producer ?? null,
    type: release.type ?? null,
    architecture: release.architecture ?? null,
  };
}

function componentPart(component: EvaluatedComponent): ComponentPart {
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
