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
export * from "./policy.ts";
export { readPolicy } from "./read-policy.ts";
export type { RuleKnowledge } from "./read/rules.ts";
