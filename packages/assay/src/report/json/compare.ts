import type { ModelComparison } from "../../api/compare-models.ts";
import type { Sector } from "../../api/init-policy.ts";
import { candidateFacts, type CandidateFacts } from "../candidates/candidate-facts.ts";
import { concernOrder } from "../candidates/concerns.ts";
import type { CandidatePart, CompareDocument } from "./documents.ts";
import { head } from "./head.ts";
import { orNull, sourcePart, warningParts } from "./parts.ts";

/** The document of models side by side: schemas/compare.v1.json. */
export function compareDocument(comparison: ModelComparison, sector?: Sector): CompareDocument {
  const { candidates, policy } = comparison;
  return {
    ...head("compare"),
    exitCode: candidates.some(({ check }) => check.error !== undefined) ? 3 : 0,
    sector: sector ?? null,
    order: concernOrder(sector).order,
    policy: orNull(policy, ({ policy: { name, uri }, digest }) => ({ name, uri, digest })),
    models: candidateFacts(comparison).map(candidatePart),
    warnings: warningParts(candidates.flatMap(({ check }) => check.warnings)),
  };
}

function candidatePart({ decision, results, ...facts }: CandidateFacts): CandidatePart {
  return {
    given: facts.given,
    source: sourcePart(facts.source),
    name: facts.name,
    manifestDigest: facts.manifestDigest ?? null,
    error: facts.error ?? null,
    decision: decision?.decision ?? null,
    decidedBy: decision?.by ?? null,
    signed: facts.signed,
    load: facts.load,
    runsOffline: facts.runsOffline,
    remoteCode: facts.remoteCode,
    selfHosting: facts.selfHosting,
    totalBytes: facts.totalBytes ?? null,
    memoryBytes: facts.memoryBytes ?? null,
    parameters: facts.parameters ?? null,
    precision: facts.precision ?? null,
    results: results.map(({ task, dataset, metric, value }) => ({ task: task ?? null, dataset: dataset ?? null, metric, value })),
    foundClass: facts.foundClass ?? null,
    claimedClass: facts.claimedClass ?? null,
  };
}
