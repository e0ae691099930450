import { VERSION } from "../../core/version.ts";
import {
  ALLOWED_BY_POLICY,
  EVIDENCE_FIELDS,
  FAILED_LEVEL,
  SIMPLE_VERIFICATION_RESULT,
  UNNAMED_VERIFIER,
  VERIFICATION_SUMMARY,
} from "../../statement/evidence/predicates.ts";
import { STATEMENT_TYPE } from "../../statement/statement.ts";
import { evidenceName, hexOf, resourceUri, type CheckedModel, type EvidenceOptions } from "./question.ts";

/** An in-toto statement v1 about one model. */
export interface InTotoStatement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly [{ readonly name: string; readonly digest: { readonly sha256: string } }];
  readonly predicateType: string;
  readonly predicate: object;
}

/** A statement about the model of a check: its subject is the model's name and manifest digest. */
export function statementAbout(check: CheckedModel, predicateType: string, predicate: object, options: EvidenceOptions): InTotoStatement {
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: evidenceName(check, options), digest: { sha256: hexOf(check.digested.manifestDigest) } }],
    predicateType,
    predicate,
  };
}

/**
 * A SLSA Verification Summary Attestation: https://slsa.dev/spec/v1.1/verification_summary. Its results are PASSED and FAILED
 * alone: what could not be told is FAILED, and an extension says which of the two it was.
 */
export function verificationSummary(check: CheckedModel, options: EvidenceOptions): InTotoStatement {
  const { uri, digest } = policyPart(check);
  const isAllowed = check.decision.decision === "allow";
  const predicate = {
    verifier: verifierPart(options),
    timeVerified: options.verifiedAt.toISOString(),
    resourceUri: resourceUri(check),
    policy: { uri, digest },
    verificationResult: isAllowed ? "PASSED" : "FAILED",
    verifiedLevels: [isAllowed ? ALLOWED_BY_POLICY : FAILED_LEVEL],
    ...extensions(check, options),
  };
  return statementAbout(check, VERIFICATION_SUMMARY, predicate, options);
}

/**
 * An in-toto Simple Verification Result of version 0.1, with the list of policies that version 0.2 asks for. It lists what
 * holds: each rule that passes in every scope that has it, and `ASSAY_POLICY` where the policy allows the model.
 */
export function simpleVerificationResult(check: CheckedModel, options: EvidenceOptions): InTotoStatement {
  const { decision, rules } = check.decision;
  const passing = rules.filter(({ rule }) => rules.every((other) => other.rule !== rule || other.outcome === "pass"));
  const properties = new Set(passing.map(({ rule }) => `ASSAY_${rule.toUpperCase()}`));
  const predicate = {
    verifier: { id: verifierPart(options).id, policies: [policyPart(check)] },
    timeCreated: options.verifiedAt.toISOString(),
    properties: [...(decision === "allow" ? [ALLOWED_BY_POLICY] : []), ...[...properties].sort()],
    [EVIDENCE_FIELDS.resourceUri]: resourceUri(check),
    ...extensions(check, options),
  };
  return statementAbout(check, SIMPLE_VERIFICATION_RESULT, predicate, options);
}

/** Who checked, and with which program. */
export function verifierPart({ verifierId = UNNAMED_VERIFIER }: EvidenceOptions): {
  readonly id: string;
  readonly version: { readonly assay: string };
} {
  return { id: verifierId, version: { assay: VERSION } };
}

export function policyPart({ policy }: CheckedModel): { readonly uri: string; readonly digest: { readonly sha256: string } } {
  return { uri: policy.policy.uri, digest: { sha256: hexOf(policy.digest) } };
}

/** Hex digests of the files that the policy names, without their names: those may tell about the machine. */
export function policyFiles({ policy }: CheckedModel): string[] {
  return policy.files.map(({ digest }) => hexOf(digest)).sort();
}

function extensions(check: CheckedModel, { isTimeChosen = false }: EvidenceOptions): Record<string, unknown> {
  const { decision, decidedBy, at } = check.decision;
  return {
    [EVIDENCE_FIELDS.decision]: decision,
    ...(decidedBy === null ? {} : { [EVIDENCE_FIELDS.decidedBy]: decidedBy }),
    ...(isTimeChosen ? { [EVIDENCE_FIELDS.at]: at } : {}),
    [EVIDENCE_FIELDS.policyFiles]: policyFiles(check),
  };
}
