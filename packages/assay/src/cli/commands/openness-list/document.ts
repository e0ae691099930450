import type { Evaluated } from "../../../catalog/evaluated.ts";
import { parseParameters } from "../../../catalog/parameters.ts";
import { typeOf } from "../../../catalog/filter.ts";
import type { LicenseSource } from "../../../openness/license-data.ts";
import type { Warning } from "../../../core/warning.ts";
import type { ExitCode } from "../../command-line/exit-codes.ts";
import { warningJson } from "../../../report/document-parts.ts";
import { head, type JsonObject } from "../../../report/json.ts";

export interface ListedEvaluations {
  readonly shown: readonly Evaluated[];
  /** How many there are before anything is asked of them. */
  readonly total: number;
  readonly sources: readonly LicenseSource[];
  readonly warnings: readonly Warning[];
}

/** What `assay openness list --json` prints: schemas/openness-list.v1.json. */
export function listJson({ shown, total, sources, warnings }: ListedEvaluations, exitCode: ExitCode): JsonObject {
  return {
    ...head("openness-list"),
    exitCode,
    total,
    count: shown.length,
    sources: sources.map(({ name, date, url, license }) => ({ name, date, url, license: license ?? null })),
    evaluations: shown.map(evaluationJson),
    warnings: warnings.map(warningJson),
  };
}

function evaluationJson(evaluated: Evaluated): JsonObject {
  const { entry, evaluation } = evaluated;
  const { release } = entry.model;
  const type = typeOf(release.type);
  return {
    id: entry.id,
    file: entry.file ?? null,
    name: release.name,
    version: said(release.version),
    parameters: parseParameters(release.version) ?? null,
    organization: said(release.producer),
    type: type === "none" ? null : type,
    architecture: said(release.architecture),
    treatment: said(release.treatment),
    origin: said(release.origin),
    date: said(release.date),
    repository: said(release.repository),
    huggingface: said(release.huggingface),
    class: evaluation.class,
    label: evaluation.label,
    progress: { ...evaluation.progress },
    license: modelLicense(evaluated) ?? null,
    components: evaluation.components.map(({ name, status, license }) => ({ name, status, license })),
  };
}

/** What people call a model's license: that of its final parameters, else that of the whole. */
export function modelLicense({ entry, evaluation }: Evaluated): string | undefined {
  const parameters = evaluation.components.find(({ name }) => name === "Model parameters (Final)");
  const stated = parameters?.status === "missing" ? undefined : parameters?.license;
  return said(stated === "unlicensed" ? undefined : stated) ?? said(entry.model.licenses.distribution?.name) ?? undefined;
}

function said(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
