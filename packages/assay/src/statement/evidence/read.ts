import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { AssayError } from "../../core/error.ts";
import type { VerifiedEnvelope } from "../../trust/envelope.ts";
import { shown } from "../names.ts";
import { STATEMENT_TYPE } from "../statement.ts";
import {
  ALLOWED_BY_POLICY,
  EVIDENCE_FIELDS,
  FAILED_LEVEL,
  isAbsoluteUri,
  LOAD_RISK_PREDICATE,
  OPENNESS_PREDICATE,
  SIMPLE_VERIFICATION_RESULT,
  VERIFICATION_SUMMARY,
} from "./predicates.ts";

/** What a statement of evidence says, its fields checked, no matter who signed it. */
export interface EvidenceContent {
  readonly kind: "verification-summary" | "simple-verification-result" | "openness" | "load-risk";
  readonly predicateType: string;
  /** What the model is called: it never decides. */
  readonly modelName: string;
  /** `sha256:` and hex: the model that was decided about. */
  readonly manifestDigest: string;
  readonly verifierId: string;
  /** When the model was checked, by the clock of the verifier. */
  readonly time: Date;
  readonly resourceUri: string;
  readonly policy: {
    readonly uri: string;
    /** `sha256:` and hex. */
    readonly digest: string;
    /** Digests of the files that it names, sorted. */
    readonly files: readonly string[];
  };
  readonly result: "PASSED" | "FAILED";
  readonly decision: "allow" | "deny" | "incomplete";
  /** The code that decided; undefined for allow, and where no rule did. */
  readonly decidedBy: string | undefined;
  /** The moment that the decision is for, where it was chosen. */
  readonly at: Date | undefined;
}

declare const signed: unique symbol;

/** Evidence whose statement was under a signature that verified. Only `readEvidence` makes one. */
export interface ProvenEvidence extends EvidenceContent {
  readonly [signed]: true;
}

/**
 * The evidence in an envelope whose signature and signer were proven: the only way to one.
 *
 * @throws HISTORICAL_MISMATCH for the encoding of the reference 0.2.0, and what `readEvidenceStatement` throws
 */
export function readEvidence(envelope: VerifiedEnvelope): ProvenEvidence {
  // That encoding is accepted for old statements about models alone.
  if (envelope.historical) {
    throw new AssayError(
      "HISTORICAL_MISMATCH",
      "the signature is in the encoding of the reference 0.2.0, and the statement is not of that version",
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand has no value; this line is what makes it
  return readEvidenceStatement(envelope.payload) as ProvenEvidence;
}

/** Whether a payload is a statement of evidence, by its types alone. False for what is not JSON. */
export function isEvidenceStatement(payload: Uint8Array): boolean {
  try {
    const root = parseJson(payload, OPTIONS);
    return root.require("_type").string() === STATEMENT_TYPE && READERS.has(root.require("predicateType").string());
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

const OPTIONS = { what: "statement", shapeCode: "STATEMENT_SHAPE" } as const;

/**
 * Reads an in-toto statement about a checked model: in-toto Statement v1 with one of four predicates. Fields that are not
 * known are ignored, as the framework asks; what the known ones say must agree with each other.
 *
 * @param payload UTF-8 JSON
 * @throws JSON_ENCODING, JSON_SYNTAX, JSON_TOO_DEEP, JSON_TOO_LARGE, JSON_DUPLICATE_KEY, STATEMENT_TYPE, PREDICATE_TYPE,
 * STATEMENT_SHAPE, SUBJECT_COUNT
 */
export function readEvidenceStatement(payload: Uint8Array): EvidenceContent {
  const root = parseJson(payload, OPTIONS);
  const type = root.require("_type").string();
  if (type !== STATEMENT_TYPE) root.fail(`its type is ${shown(type)}, expected "${STATEMENT_TYPE}"`, "STATEMENT_TYPE");
  const predicateType = root.require("predicateType");
  const reader = READERS.get(predicateType.string());
  if (reader === undefined) return root.fail(`it is not evidence about a model: ${shown(predicateType.string())}`, "PREDICATE_TYPE");
  const predicate = root.require("predicate").object();
  const fields = reader.read(predicate);
  if ((fields.result === "PASSED") !== (fields.decision === "allow")) {
    predicate.fail(`its result is ${fields.result}, and its decision ${fields.decision}`);
  }
  return { kind: reader.kind, predicateType: predicateType.string(), ...subjectOf(root.require("subject")), ...fields };
}

type Fields = Omit<EvidenceContent, "kind" | "predicateType" | "modelName" | "manifestDigest">;

const READERS: ReadonlyMap<string, { readonly kind: EvidenceContent["kind"]; readonly read: (predicate: JsonNode) => Fields }> = new Map([
  [VERIFICATION_SUMMARY, { kind: "verification-summary", read: readSummary }],
  [SIMPLE_VERIFICATION_RESULT, { kind: "simple-verification-result", read: readSimpleResult }],
  [OPENNESS_PREDICATE, { kind: "openness", read: readOwn }],
  [LOAD_RISK_PREDICATE, { kind: "load-risk", read: readOwn }],
]);

function readSummary(predicate: JsonNode): Fields {
  const result = resultOf(predicate);
  const levels = predicate.require("verifiedLevels");
  const expected = result === "PASSED" ? ALLOWED_BY_POLICY : FAILED_LEVEL;
  const found = textsOf(levels);
  if (found.length !== 1 || found[0] !== expected) levels.fail(`"${levels.path}" should be ["${expected}"], as the result is ${result}`);
  return {
    verifierId: uriOf(predicate.require("verifier").require("id")),
    time: timeOf(predicate.require("timeVerified")),
    resourceUri: uriOf(predicate.require("resourceUri")),
    policy: { ...policyOf(predicate.require("policy")), files: digestsOf(predicate.require(EVIDENCE_FIELDS.policyFiles)) },
    result,
    ...decisionOf(predicate, EVIDENCE_FIELDS),
  };
}

/** It has no negative result: what is not allowed lacks the property. */
function readSimpleResult(predicate: JsonNode): Fields {
  const verifier = predicate.require("verifier");
  const policies = verifier.require("policies");
  const [policy, second] = policies.elements();
  if (policy === undefined || second !== undefined) return policies.fail(`"${policies.path}" should hold exactly one policy`);
  return {
    verifierId: uriOf(verifier.require("id")),
    time: timeOf(predicate.require("timeCreated")),
    resourceUri: uriOf(predicate.require(EVIDENCE_FIELDS.resourceUri)),
    policy: { ...policyOf(policy), files: digestsOf(predicate.require(EVIDENCE_FIELDS.policyFiles)) },
    result: textsOf(predicate.require("properties")).includes(ALLOWED_BY_POLICY) ? "PASSED" : "FAILED",
    ...decisionOf(predicate, EVIDENCE_FIELDS),
  };
}

function readOwn(predicate: JsonNode): Fields {
  return {
    verifierId: uriOf(predicate.require("verifier").require("id")),
    time: timeOf(predicate.require("timeVerified")),
    resourceUri: uriOf(predicate.require("resourceUri")),
    policy: { ...policyOf(predicate.require("policy")), files: digestsOf(predicate.require("policyFiles")) },
    result: resultOf(predicate),
    ...decisionOf(predicate, { decision: "decision", decidedBy: "decidedBy", at: "at" }),
  };
}

function subjectOf(subjects: JsonNode): Pick<EvidenceContent, "modelName" | "manifestDigest"> {
  const [subject, second] = subjects.elements();
  if (subject === undefined || second !== undefined) {
    const found = subject === undefined ? "none" : "more than one";
    return subjects.fail(`"${subjects.path}" should hold exactly one model; found ${found}`, "SUBJECT_COUNT");
  }
  return { modelName: subject.get("name")?.string() ?? "", manifestDigest: sha256Of(subject.require("digest")) };
}

function resultOf(predicate: JsonNode): "PASSED" | "FAILED" {
  const node = predicate.require("verificationResult");
  const result = node.string();
  return result === "PASSED" || result === "FAILED" ? result : node.fail(`"${node.path}" is ${shown(result)}, expected PASSED or FAILED`);
}

function decisionOf(
  predicate: JsonNode,
  names: { readonly decision: string; readonly decidedBy: string; readonly at: string },
): Pick<Fields, "decision" | "decidedBy" | "at"> {
  const node = predicate.require(names.decision);
  const decision = node.string();
  if (decision !== "allow" && decision !== "deny" && decision !== "incomplete") {
    return node.fail(`"${node.path}" is ${shown(decision)}, expected allow, deny or incomplete`);
  }
  const at = predicate.optional(names.at);
  return {
    decision,
    decidedBy: predicate.optional(names.decidedBy)?.require("code").string(),
    at: at === undefined ? undefined : timeOf(at),
  };
}

function policyOf(policy: JsonNode): { readonly uri: string; readonly digest: string } {
  return { uri: uriOf(policy.require("uri")), digest: sha256Of(policy.require("digest")) };
}

function sha256Of(digests: JsonNode): string {
  return `sha256:${hexOf(digests.require("sha256"))}`;
}

function digestsOf(list: JsonNode): string[] {
  return Array.from(list.elements(), (node) => `sha256:${hexOf(node)}`);
}

function hexOf(node: JsonNode): string {
  const hex = node.string();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : node.fail(`"${node.path}" is not a SHA-256 digest in lowercase hex: ${shown(hex)}`);
}

function textsOf(list: JsonNode): string[] {
  return Array.from(list.elements(), (node) => node.string());
}

function uriOf(node: JsonNode): string {
  const uri = node.string();
  return isAbsoluteUri(uri) ? uri : node.fail(`"${node.path}" is not an absolute URI: ${shown(uri)}`);
}

/** RFC 3339 in UTC, as the framework writes times. */
function timeOf(node: JsonNode): Date {
  const written = node.string();
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(written) ? new Date(written) : new Date(Number.NaN);
  // A day that does not exist, such as 30 February, would become another one.
  const isDay = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(written.slice(0, 10));
  return isDay ? time : node.fail(`"${node.path}" is not a time in UTC: ${shown(written)}`);
}
