import type { Scan } from "../../api/scan.ts";
import type { LoadFacts } from "../../risk/findings.ts";
import type { FileRisk, GradedFinding } from "../../risk/grade.ts";
import { worstOutcome } from "../../risk/load-outcome.ts";
import { adviceOf } from "../load-advice.ts";
import type { LoadFactsPart, LoadFindingPart, ScanDocument, ScannedFilePart } from "./documents.ts";
import { head } from "./head.ts";
import { sourcePart, warningParts } from "./parts.ts";

/** The exit code of the command for what happens when a model is loaded. */
export const EXIT_CODE_OF_LOAD = { "data-only": 0, code: 1, unknown: 3, invalid: 3 } as const;

/** The document of what happens when models are loaded: schemas/scan.v1.json. */
export function scanDocument(scans: readonly Scan[]): ScanDocument {
  const outcome = worstOutcome(scans.map(({ risk }) => risk.outcome));
  return {
    ...head("scan"),
    outcome,
    exitCode: EXIT_CODE_OF_LOAD[outcome],
    models: scans.map(({ model, source, kind, risk }) => ({
      model,
      source: sourcePart(source),
      kind,
      outcome: risk.outcome,
      findings: risk.findings.map(findingPart),
      facts: factsPart(risk.facts),
      waived: risk.waived.map(({ name, findings }) => ({ name, findings })),
      unusedWaivers: risk.unusedWaivers,
    })),
    files: scans.flatMap(({ model, risk }) => risk.files.map((file) => filePart(model, file))),
    warnings: scans.flatMap(({ warnings }) => warningParts(warnings)),
  };
}

function filePart(model: string, file: FileRisk): ScannedFilePart {
  return {
    model,
    file: file.file,
    size: file.size,
    format: file.format ?? null,
    outcome: file.outcome,
    loaded: file.isLoaded,
    findings: file.findings.map(findingPart),
    members: file.members.map(({ member, format, outcome }) => ({ member, format: format ?? null, outcome })),
    notRead: file.leftOut,
    facts: factsPart(file.facts),
  };
}

function findingPart({ reason, outcome, isWaived, what, member, offset, name }: GradedFinding): LoadFindingPart {
  return {
    reason,
    outcome,
    waived: isWaived,
    what,
    member: member ?? null,
    offset: offset ?? null,
    name: name ?? null,
    advice: adviceOf(reason),
  };
}

function factsPart({ tensors, parameters, types, quantization, weightBytes, architecture, contextLength }: LoadFacts): LoadFactsPart {
  return {
    tensors: tensors ?? null,
    parameters: parameters ?? null,
    types: types ?? [],
    quantization: quantization ?? null,
    weightBytes: weightBytes ?? null,
    architecture: architecture ?? null,
    contextLength: contextLength ?? null,
  };
}
