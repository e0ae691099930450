import { compareEvaluations } from "../../../catalog/compare.ts";
import { COMPONENTS } from "../../../openness/components.ts";
import type { EvaluatedComponent } from "../../../openness/evaluation.ts";
import type { Warning } from "../../../core/warning.ts";
import type { ComparedModel } from "../../inputs/compared-models.ts";
import { warningJson } from "../../../report/document-parts.ts";
import { head, type JsonObject } from "../../../report/json.ts";

/** What `assay openness compare --json` prints: schemas/openness-compare.v1.json. */
export function compareJson(models: readonly ComparedModel[], strict: boolean, warnings: readonly Warning[]): JsonObject {
  const components = compareEvaluations(models.map(({ evaluation }) => evaluation));
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
    from: kind,
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
