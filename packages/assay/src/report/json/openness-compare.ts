import type { ComparedModel, OpennessComparison } from "../../api/compare-openness.ts";
import { COMPONENTS } from "../../openness/components.ts";
import type { EvaluatedComponent } from "../../openness/evaluation.ts";
import type { ComparedAnswerPart, ComparedModelPart, OpennessCompareDocument } from "./documents.ts";
import { head } from "./head.ts";
import { sourcePart, warningParts } from "./parts.ts";

/** The document of models side by side: schemas/openness-compare.v1.json. `strict`: as the models were evaluated. */
export function opennessCompareDocument(
  { models, components, warnings }: OpennessComparison,
  { strict = false }: { readonly strict?: boolean } = {},
): OpennessCompareDocument {
  return {
    ...head("openness-compare"),
    exitCode: 0,
    strict,
    models: models.map(modelPart),
    components: components.map(({ name, answers, isSame }) => {
      const definition = COMPONENTS.find((component) => component.name === name);
      return {
        name,
        kind: definition?.kind ?? "document",
        requiredFor: definition?.requiredFor ?? [],
        same: isSame,
        answers: answers.map(answerPart),
      };
    }),
    differing: components.filter(({ isSame }) => !isSame).length,
    warnings: warningParts(warnings),
  };
}

function modelPart({ given, source, kind, model, evaluation }: ComparedModel): ComparedModelPart {
  const { release, licenses } = model;
  return {
    given,
    // Version 1 of the schema spells it so.
    from: kind === "catalog" ? "catalogue" : kind,
    source: sourcePart(source),
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

function answerPart({ status, license, typeAppropriate, path }: EvaluatedComponent): ComparedAnswerPart {
  return { status, license, typeAppropriate, path };
}
