import type * as v from "valibot";
import { advisory } from "./advisory-documents.ts";
import * as command from "./command-documents.ts";
import * as common from "./common-parts.ts";
import * as evaluations from "./evaluation-documents.ts";
import * as decided from "./decision-documents.ts";
import * as facts from "./facts-document.ts";
import { candidate, compare } from "./comparison-document.ts";
import { mof, component as mofComponent, day, license, text } from "./mof-document.ts";
import { openness } from "./openness-documents.ts";
import { answer, component, model, step } from "./openness-parts.ts";
import { lockEntry, pin, pinnedModel } from "./pin-documents.ts";
import * as policy from "./policy-documents.ts";
import * as predicates from "./predicates.ts";
import { loadFacts, loadFinding, scan, scannedFile, scanRules } from "./scan-documents.ts";
import * as signature from "./signature-documents.ts";
import { evidence, revocation, signer, trustSource } from "./signer-parts.ts";
import * as trust from "./trust-documents.ts";
import { hex256, sha256, time } from "./values.ts";

/** Every document that `--json` prints, by the name of its schema, in the order of the documentation. */
export const DOCUMENTS = {
  sign: signature.sign,
  verify: signature.verify,
  digest: signature.digest,
  inspect: signature.inspect,
  diff: signature.diff,
  trust: trust.trust,
  scan,
  "scan-rules": scanRules,
  check: decided.check,
  checks: decided.checks,
  compare,
  "verify-evidence": decided.verifyEvidence,
  openness,
  "openness-list": evaluations.opennessList,
  "openness-compare": evaluations.opennessCompare,
  "openness-import": evaluations.opennessImport,
  "openness-schema": evaluations.opennessSchema,
  facts: facts.facts,
  "policy-lint": policy.policyLint,
  "policy-explain": policy.policyExplain,
  "policy-init": policy.policyInit,
  "policy-test": policy.policyTest,
  "policy-diff": policy.policyDiff,
  "policy-schema": policy.policySchema,
  advisory,
  pin,
  demo: command.demo,
  completion: command.completion,
  help: command.help,
  error: command.error,
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

/** Parts that have a name: a schema refers to them, and the documentation describes each once. */
export const PARTS = {
  signerFact: facts.signerFact,
  pinnedFact: facts.pinnedFact,
  sha256,
  hex256,
  time,
  warning: common.warning,
  error: common.error,
  signatureSource: common.signatureSource,
  modelSource: common.source,
  digestCounts: common.digestCounts,
  digestOrigin: common.digestOrigin,
  signer,
  manifest: common.manifest,
  fileDigests: common.fileDigests,
  notCovered: common.notCovered,
  notDownloaded: common.notDownloaded,
  difference: common.difference,
  trustSource,
  evidence,
  revocation,
  side: signature.side,
  trustMember: trust.trustMember,
  trustCertificate: trust.trustCertificate,
  trustChange: trust.trustChange,
  trustFile: trust.trustFile,
  loadFacts,
  loadFinding,
  scannedFile,
  ruleResult: decided.ruleResult,
  waiverUse: decided.waiverUse,
  decidedBy: decided.decidedBy,
  decidedModel: decided.decidedModel,
  decidedSignature: decided.decidedSignature,
  decidingPolicy: decided.decidingPolicy,
  writtenEvidence: decided.writtenEvidence,
  candidate,
  component,
  step,
  model,
  answer,
  source: evaluations.source,
  listedEvaluation: evaluations.listedEvaluation,
  listedComponent: evaluations.listedComponent,
  comparedModel: evaluations.comparedModel,
  comparedComponent: evaluations.comparedComponent,
  comparedAnswer: evaluations.comparedAnswer,
  lockEntry,
  pinnedModel,
  openComponent: predicates.openComponent,
  riskyFile: predicates.riskyFile,
  riskFinding: predicates.riskFinding,
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

/** The predicates of signed evidence, by the name of their schema: no command prints them. */
export const PREDICATES = {
  "predicate-openness": predicates.opennessPredicate,
  "predicate-load-risk": predicates.loadRiskPredicate,
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

/** The format of a mof.yml, which is read and not printed, and its parts. */
export const MOF = { document: mof, parts: { text, day, license, component: mofComponent } } as const;
