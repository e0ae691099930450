import type { EvaluationList, ModelEvaluation } from "../../../index.ts";
import type { ExitCode } from "../../command-line/exit-codes.ts";
import { warningJson } from "../../../report/document-parts.ts";
import { head, type JsonObject } from "../../../report/json.ts";

/** What `assay openness list --json` prints: schemas/openness-list.v1.json. */
export function listJson({ evaluations, total, sources, warnings }: EvaluationList, exitCode: ExitCode): JsonObject {
  return {
    ...head("openness-list"),
    exitCode,
    total,
    count: evaluations.length,
    sources: sources.map(({ name, date, url, license }) => ({ name, date, url, license: license ?? null })),
    evaluations: evaluations.map(evaluationJson),
    warnings: warnings.map(warningJson),
  };
}

function evaluationJson({ id, file, model, evaluation, parameters, type, license }: ModelEvaluation): JsonObject {
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
