import { isUnavailable } from "../../policy/facts.ts";
import { LOAD_RISK_PREDICATE, OPENNESS_PREDICATE } from "../../statement/evidence/predicates.ts";
import type { Evaluation } from "../../openness/evaluation.ts";
import type { GradedFinding } from "../../risk/grade.ts";
import type { LoadRiskPredicate, OpennessPredicate, RiskFindingPart } from "../json/documents.ts";
import { resourceUri, type CheckedModel, type EvidenceOptions } from "./question.ts";
import { policyFiles, policyPart, statementAbout, verifierPart, type InTotoStatement } from "./statement.ts";

/** How open the model is: schemas/predicate-openness.v1.json. */
export function opennessStatement(check: CheckedModel, options: EvidenceOptions): InTotoStatement {
  const { inspection, facts } = check;
  const { license } = facts;
  const predicate: OpennessPredicate = {
    ...decidedPart(check, options),
    openness:
      inspection === undefined
        ? null
        : { found: gradePart(inspection.asFound.evaluation), claimed: gradePart(inspection.ifClaimsHold.evaluation) },
    license: isUnavailable(license)
      ? null
      : { found: license.found ?? null, claimed: license.claimed ?? null, hasUnknownText: license.hasUnknownText },
  };
  return statementAbout(check, OPENNESS_PREDICATE, predicate, options);
}

/** What happens when the model is loaded: schemas/predicate-load-risk.v1.json. */
export function loadRiskStatement(check: CheckedModel, options: EvidenceOptions): InTotoStatement {
  const { risk } = check.scan ?? {};
  const predicate: LoadRiskPredicate = {
    ...decidedPart(check, options),
    outcome: risk?.outcome ?? null,
    files: (risk?.files ?? []).map(({ file, format, outcome, isLoaded }) => ({ file, format: format ?? null, outcome, loaded: isLoaded })),
    findings: [
      ...(risk?.findings ?? []).map((finding) => findingPart(null, finding)),
      ...(risk?.files ?? []).flatMap(({ file, findings }) => findings.map((finding) => findingPart(file, finding))),
    ],
  };
  return statementAbout(check, LOAD_RISK_PREDICATE, predicate, options);
}

type DecidedPart = Pick<
  OpennessPredicate,
  "verifier" | "timeVerified" | "resourceUri" | "policy" | "policyFiles" | "verificationResult" | "decision" | "decidedBy" | "at"
>;

/** By whom, when and by which policy the model was checked, and what came of it: a part of evidence says the whole answer too. */
function decidedPart(check: CheckedModel, options: EvidenceOptions): DecidedPart {
  const { decision, decidedBy, at } = check.decision;
  return {
    verifier: verifierPart(options),
    timeVerified: options.verifiedAt.toISOString(),
    resourceUri: resourceUri(check),
    policy: policyPart(check),
    policyFiles: policyFiles(check),
    verificationResult: decision === "allow" ? "PASSED" : "FAILED",
    decision,
    decidedBy,
    at: options.isTimeChosen === true ? at : null,
  };
}

type GradePart = NonNullable<OpennessPredicate["openness"]>["found"];

function gradePart({ class: reached, components }: Evaluation): GradePart {
  return { class: reached, components: components.map(({ name, status, license }) => ({ name, status, license })) };
}

function findingPart(file: string | null, { member, offset, reason, outcome, what, name }: GradedFinding): RiskFindingPart {
  return { file, member: member ?? null, offset: offset ?? null, reason, outcome, what, name: name ?? null };
}
