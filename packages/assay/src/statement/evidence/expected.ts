import { AssayError } from "../../core/error.ts";
import { shown } from "../names.ts";
import { UNNAMED_VERIFIER } from "./predicates.ts";
import type { EvidenceContent } from "./read.ts";

/** What evidence must be about, and from whom. What is undefined may be anything. */
export interface ExpectedEvidence {
  /** Default: a verifier without a name. A signer may be trusted as one verifier, and not as another. */
  readonly verifierId?: string | undefined;
  readonly resourceUri?: string | undefined;
  readonly policy?: ExpectedPolicy | undefined;
}

/** A policy by its bytes, and by those of the files that it names. */
export interface ExpectedPolicy {
  /** `sha256:` and hex. */
  readonly digest: string;
  /** Digests, in any order; undefined where only the policy's own is known. */
  readonly files: readonly string[] | undefined;
}

/** A verifier's clock may be this much ahead of the reader's. */
const MAX_SKEW_MS = 5 * 60_000;

/**
 * Requires what can be told without the model: the verifier, the resource, the policy, and that the policy allows it. Throws
 * EVIDENCE_VERIFIER, EVIDENCE_RESOURCE, EVIDENCE_POLICY, EVIDENCE_FAILED.
 */
export function requireExpected(evidence: EvidenceContent, { verifierId = UNNAMED_VERIFIER, resourceUri, policy }: ExpectedEvidence): void {
  if (evidence.verifierId !== verifierId) {
    throw new AssayError(
      "EVIDENCE_VERIFIER",
      `the evidence is of the verifier ${shown(evidence.verifierId)}, expected ${shown(verifierId)}`,
      {
        remedy: "name-verifier",
      },
    );
  }
  if (resourceUri !== undefined && evidence.resourceUri !== resourceUri) {
    throw new AssayError("EVIDENCE_RESOURCE", `the evidence is about ${shown(evidence.resourceUri)}, expected ${shown(resourceUri)}`);
  }
  if (policy !== undefined) requirePolicy(evidence.policy, policy);
  if (evidence.result === "PASSED") return;
  const why = evidence.decidedBy === undefined ? "" : `, by ${evidence.decidedBy}`;
  const what = evidence.decision === "deny" ? "was denied" : "could not be decided about";
  throw new AssayError("EVIDENCE_FAILED", `the model did not pass its check: it ${what}${why}`);
}

function requirePolicy(found: EvidenceContent["policy"], { digest, files }: ExpectedPolicy): void {
  if (found.digest !== digest) {
    throw new AssayError("EVIDENCE_POLICY", `the evidence is of another policy: ${found.uri}, ${found.digest}; expected ${digest}`);
  }
  if (files === undefined || found.files.toSorted().join() === files.toSorted().join()) return;
  throw new AssayError(
    "EVIDENCE_POLICY",
    `the policy ${found.uri} is the same, and a key, certificate or other file that it names is another one`,
  );
}

/** Requires that the evidence is about these bytes. Throws EVIDENCE_MODEL. */
export function requireModel({ manifestDigest }: EvidenceContent, found: string): void {
  if (manifestDigest === found) return;
  throw new AssayError("EVIDENCE_MODEL", `the evidence is about another model: ${manifestDigest}; this one is ${found}`);
}

/**
 * Requires that the check is not older than `maxAge` milliseconds, and not of the future. Undefined: any age. Throws
 * EVIDENCE_OLD, EVIDENCE_TIME.
 */
export function requireAge({ time }: EvidenceContent, maxAge: number | undefined, now: Date): void {
  const age = now.getTime() - time.getTime();
  if (age < -MAX_SKEW_MS) {
    throw new AssayError(
      "EVIDENCE_TIME",
      `the evidence is of a later time, ${time.toISOString()}: a clock is wrong, here or where it was made`,
    );
  }
  if (maxAge === undefined || age <= maxAge) return;
  throw new AssayError("EVIDENCE_OLD", `the evidence is of ${time.toISOString()}, which is longer ago than is accepted`, {
    remedy: "check-again",
  });
}
