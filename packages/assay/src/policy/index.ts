/** May this model be used: a policy, read, and a decision by it. Pure: results go in, no file is read. */
export type {
  AdvisoryFacts,
  AdvisoryHit,
  AdvisorySource,
  DecisionKnowledge,
  Facts,
  LicenseFactsOfModel,
  LoadFact,
  LoadRiskFacts,
  LockFacts,
  ModelFacts,
  OpennessOfModel,
  OpennessGrade,
  SignatureFacts,
  SignerCheck,
  Unavailable,
  UncoveredFile,
  WeightFile,
} from "./facts.ts";
export { decide, type DecideOptions } from "./decide.ts";
export type { Decision, DecisionCode, RuleOutcome, RuleResult, WaiverUse } from "./decision.ts";
export type { Lock, LockedModel, SignerRecord } from "./lock.ts";
export { readLock } from "./read-lock.ts";
export { writeLock } from "./write-lock.ts";
export * from "./policy.ts";
export type { Advisory, Affected, AffectedRange } from "./advisories/advisory.ts";
export { matchAdvisories, type AdvisedModel, type AdvisoryCollection, type PublishedModel } from "./advisories/match-advisories.ts";
export type { Purl } from "./advisories/purl.ts";
export { readAdvisory } from "./advisories/read-advisory.ts";
export { pinChanges, type PinChange } from "./pin-changes.ts";
export { pinModel, type PinTerms } from "./pin-model.ts";
export { readPolicy } from "./read-policy.ts";
export type { RuleKnowledge } from "./read/rules.ts";
export { DECISION_CODES, type AnyDecisionCode, type DecisionCodeEntry } from "./decision-codes.ts";
export { LINTS, type LintFinding, type LintId } from "./lint/finding.ts";
export { readFacts } from "./record/read-facts.ts";
export { askedSigners, factsFor, type RecordedFacts, type RecordedSigners } from "./record/recorded-facts.ts";
export { policyChanges, type PolicyChange } from "./compare/policy-changes.ts";
export type { Strictness } from "./compare/strictness.ts";
export { caseCoverage, type CaseCoverage, type UncoveredRule } from "./record/case-coverage.ts";
export {
  readExpected,
  unexpectedResults,
  type ExpectedDecision,
  type ExpectedRule,
  type UnexpectedResult,
} from "./record/expected-decision.ts";
export { lintPolicy } from "./lint/lint-policy.ts";
