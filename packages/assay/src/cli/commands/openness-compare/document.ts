import { COMPONENTS } from "../../../report/openness-words.ts";
import type { ComparedModel, EvaluatedComponent, OpennessComparison } from "../../../index.ts";
import { warningJson } from "../../../report/document-parts.ts";
import { head, type JsonObject } from "../../../report/json.ts";

/** What `assay openness compare --json` prints: schemas/openness-compare.v1.json. */
export function compareJson({ models, components, warnings }: OpennessComparison, strict: boolean): JsonObject {
  return {
    ...head("openness-compare"),
    exitCode: 0,
    strict,
    models: models.map(modelJson),
    components: components.map(({ name, answers, isSame }) => {
      const definition = COMPONENTS.find((component) => component.name === name);
      return {
        name,
        kind: definition?.kind ?? "document",
        requiredFor: definition?.requiredFor ?? [],
        same: isSame,
        answers: answers.map(answerJson),
      };
    }),
    differing: components.filter(({ isSame }) => !isSame).length,
    warnings: warnings.map(warningJson),
  };
}

function modelJson({ given, kind, model, evaluation }: ComparedModel): JsonObject {
  const { release, licenses } = model;
  return {
    given,
    // Version 1 of the schema spells it so.
    from: kind === "catalog" ? "catalogue" : kind,
    name: release.name,
    version: release.version ?? null,
    organization: release.producer ?? null,
    class: evaluation.class,
    label: evaluation.label,
    progress: { ...evaluation.progress },
    licenses: {
      distribution: licenses.distribution?.name ?? null,
      code: licenses.code?.name ?? null,
      data: licenses.data?.name ?? null,
      document: licenses.document?.name ?? null,
    },
  };
}

function answerJson({ status, license, typeAppropriate, path }: EvaluatedComponent): JsonObject {
  return { status, license, typeAppropriate, path };
}
