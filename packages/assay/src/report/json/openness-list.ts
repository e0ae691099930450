import type { EvaluationList, ModelEvaluation } from "../../api/evaluations.ts";
import type { ListedEvaluationPart, OpennessListDocument } from "./documents.ts";
import { head } from "./head.ts";
import { warningParts } from "./parts.ts";

/** The document of a list: schemas/openness-list.v1.json. */
export function opennessListDocument({ evaluations, total, sources, warnings }: EvaluationList): OpennessListDocument {
  return {
    ...head("openness-list"),
    // Nothing found is a no, as for a search.
    exitCode: evaluations.length === 0 ? 1 : 0,
    total,
    count: evaluations.length,
    sources: sources.map(({ name, date, url, license }) => ({ name, date, url, license: license ?? null })),
    evaluations: evaluations.map(evaluationPart),
    warnings: warningParts(warnings),
  };
}

function evaluationPart({ id, file, model, evaluation, parameters, type, license }: ModelEvaluation): ListedEvaluationPart {
  const { release } = model;
  return {
    id,
    file: file ?? null,
    name: release.name,
    version: said(release.version),
    parameters: parameters ?? null,
    organization: said(release.producer),
    type: type ?? null,
    architecture: said(release.architecture),
    treatment: said(release.treatment),
    origin: said(release.origin),
    date: said(release.date),
    repository: said(release.repository),
    huggingface: said(release.huggingface),
    class: evaluation.class,
    label: evaluation.label,
    progress: { ...evaluation.progress },
    license: license ?? null,
    components: evaluation.components.map(({ name, status, license: own }) => ({ name, status, license: own })),
  };
}

function said(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
