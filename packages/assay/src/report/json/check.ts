import type { Check } from "../../api/check.ts";
import type { WrittenEvidence } from "../../api/evidence/write-evidence.ts";
import { DECISION_CODES, type AnyDecisionCode } from "../../policy/decision-codes.ts";
import { isUnavailable, type Facts } from "../../policy/facts.ts";
import type { RuleName } from "../../policy/policy.ts";
import { inOrder } from "../in-order.ts";
import { withoutLocalNames } from "../redact.ts";
import type { CheckDocument, ChecksDocument, RuleResultPart } from "./documents.ts";
import { head } from "./head.ts";
import { errorPart, orNull, signatureSourcePart, sourcePart, warningParts, type HintOf } from "./parts.ts";
import { signerPart } from "./signer.ts";

/** The exit code of the command for a decision. */
const EXIT_CODE_OF_DECISION = { allow: 0, deny: 1, incomplete: 3 } as const;

/** How the documents of decisions are written. */
export interface CheckDocumentOptions {
  /** Leaves out paths and the names of this machine's files: see `withoutLocalNames`. Default false. */
  readonly redact?: boolean;
  /** What to do about an error. */
  readonly hintOf?: HintOf;
  /** What was written about it. */
  readonly evidence?: WrittenEvidence | undefined;
}

/** The document of one decision: schemas/check.v1.json. */
export function checkDocument(given: Check, { redact = false, hintOf, evidence }: CheckDocumentOptions = {}): CheckDocument {
  const check = inOrder(given);
  const { decision, policy, facts, error, warnings } = check;
  const document: CheckDocument = {
    ...head("check"),
    exitCode: EXIT_CODE_OF_DECISION[decision.decision],
    decision: decision.decision,
    decidedBy: decision.decidedBy,
    at: decision.at,
    model: modelPart(check),
    signature: signaturePart(check),
    policy: {
      path: policy.path,
      name: policy.policy.name,
      uri: policy.policy.uri,
      version: 1,
      digest: policy.digest,
      files: policy.files,
      entry: orNull(decision.entry ?? undefined, ({ id, place }) => ({ id, line: place.line, column: place.column })),
      denied: decision.denied,
    },
    rules: decision.rules.map((rule) => rulePart(rule, facts)),
    waivers: decision.waivers.map((use) => waiverPart(use, policy.policy.waivers[use.index])),
    advisories: facts === undefined || isUnavailable(facts.advisories) ? [] : facts.advisories.hits,
    evidence: orNull(evidence, ({ folder, files }) => ({
      folder: redact ? null : folder,
      files: files.map(({ name, digest, isSigned }) => ({ name, digest, signed: isSigned })),
    })),
    counts: decision.counts,
    error: orNull(error, (thrown) => errorPart(thrown, hintOf)),
    warnings: warningParts(warnings),
  };
  return redact ? withoutLocalNames(document, check) : document;
}

/** The document of several decisions: schemas/checks.v1.json. One that denies counts before one that could not be told. */
export function checksDocument(checks: readonly Check[], options: CheckDocumentOptions = {}): ChecksDocument {
  const made = new Set(checks.map(({ decision }) => decision.decision));
  const decision = made.has("deny") ? "deny" : made.has("incomplete") ? "incomplete" : "allow";
  return {
    ...head("checks"),
    decision,
    exitCode: EXIT_CODE_OF_DECISION[decision],
    models: checks.map((check) => checkDocument(check, options)),
  };
}

function modelPart({ model, source, reference, isReferenceGiven, digested }: Check): CheckDocument["model"] {
  return {
    path: model,
    source: sourcePart(source),
    name: reference.name,
    reference: isReferenceGiven ? reference.reference : null,
    revision: reference.revision ?? null,
    purl: reference.purl ?? null,
    manifestDigest: digested?.manifestDigest ?? null,
    rootDigest: digested?.rootDigest ?? null,
    files: digested?.files.length ?? null,
    totalBytes: digested?.totalBytes ?? null,
  };
}

function signaturePart({ signers, facts }: Check): CheckDocument["signature"] {
  if (signers === undefined || facts === undefined || signers.isSigned === false) return null;
  const { source, proof } = signers;
  return {
    source: orNull(source, signatureSourcePart),
    signer: orNull(proof, ({ signer }) => signerPart(signer)),
    signedAt: proof?.provenTime === undefined || proof.timeSource === "clock" ? null : { time: proof.provenTime, source: proof.timeSource },
    manifestDigest: proof?.manifest.manifestDigest ?? null,
    notCovered: isUnavailable(facts.uncovered) ? [] : facts.uncovered.map(({ name }) => name),
    changed: isUnavailable(facts.signature) ? [] : facts.signature.changed,
  };
}

function rulePart(result: Check["decision"]["rules"][number], facts: Facts | undefined): RuleResultPart {
  const { rule, scope, place, outcome, onFail, code, message, names, waiver } = result;
  return {
    rule,
    scope,
    line: place.line,
    column: place.column,
    outcome,
    onFail,
    code,
    message,
    names,
    fact: facts === undefined ? {} : factOf(rule, scope, facts),
    remedy: code === null ? null : remedyOf(code),
    waiver,
  };
}

function waiverPart(
  { index, rule, advisory, expires, state }: Check["decision"]["waivers"][number],
  waiver: Check["policy"]["policy"]["waivers"][number] | undefined,
): CheckDocument["waivers"][number] {
  return { index, rule, advisory, expires, reason: waiver?.reason ?? "", approvedBy: waiver?.approvedBy ?? [], state };
}

/** What settles a decision with this code. */
export function remedyOf(code: AnyDecisionCode): { readonly code: string; readonly text: string } {
  const { remedy, settle } = DECISION_CODES[code];
  return { code: remedy, text: settle };
}

/** What a rule rests on, without what another rule shows. */
function factOf(rule: RuleName, scope: "always" | "entry", facts: Facts): Record<string, unknown> {
  const { signature, uncovered, lock, load, weights, totalBytes, license, openness, digests, advisories } = facts;
  switch (rule) {
    case "signers":
      return isUnavailable(signature)
        ? { ...signature }
        : { isSigned: signature.isSigned, changed: signature.changed, signers: signature[scope] };
    case "coverage":
      return isUnavailable(uncovered) ? { ...uncovered } : { uncovered };
    case "pin":
      return isUnavailable(lock) ? { ...lock } : { pinned: lock.lock?.models.get(facts.model.name) ?? null };
    case "load":
      return isUnavailable(load)
        ? { ...load }
        : {
            risk: load.outcome,
            globals: [...new Set(load.findings.flatMap(({ name }) => name ?? []))].sort(),
            files: load.findings.map(({ file, reason, outcome, offset }) => ({ name: file, reason, outcome, offset: offset ?? null })),
          };
    case "formats":
      return isUnavailable(weights) ? { ...weights } : { weights: weights.map(({ name, format }) => ({ name, format: format ?? null })) };
    case "size":
      return {
        totalBytes,
        weights: isUnavailable(weights) ? weights : weights.map(({ name, memoryBytes }) => ({ name, memoryBytes: memoryBytes ?? null })),
      };
    case "license":
      return isUnavailable(license)
        ? { ...license }
        : { found: license.found ?? null, claimed: license.claimed ?? null, hasUnknownText: license.hasUnknownText };
    case "openness":
      return { ...openness };
    case "digests":
      return { digests };
    case "advisories":
      return { ...advisories };
  }
}
