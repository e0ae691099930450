import type { ComponentName, OpennessClass } from "../openness/components.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { Lock, SignerRecord } from "./lock.ts";

/** A fact that could not be established, and why. No rule passes by it. */
export interface Unavailable {
  readonly unavailable: string;
}

/**
 * All that a decision about one model rests on: results, never files. Recorded as JSON it decides the same again. The order
 * of lists means nothing, but for the signers, whose order is the policy's.
 */
export interface Facts {
  readonly model: ModelFacts;
  /** For each signer of the two scopes, in the policy's order, whether it signed this model. */
  readonly signature: SignatureFacts | Unavailable;
  /** What is of the model and not under the signature; all of it for an unsigned model. */
  readonly uncovered: readonly UncoveredFile[] | Unavailable;
  readonly lock: LockFacts | Unavailable;
  readonly load: LoadRiskFacts | Unavailable;
  readonly weights: readonly WeightFile[] | Unavailable;
  /** Bytes of all files. */
  readonly totalBytes: number | Unavailable;
  readonly license: LicenseFactsOfModel | Unavailable;
  readonly openness: OpennessOfModel | Unavailable;
  readonly digests: "computed" | "attested" | Unavailable;
  readonly advisories: AdvisoryFacts | Unavailable;
}

/** What the model is called, and its identity. */
export interface ModelFacts {
  /** `owner/name` of a hub, else the name of the folder or file. */
  readonly name: string;
  /** Without revision: `hf:owner/name`, `file:NAME`. */
  readonly reference: string;
  /** `sha256:` and hex, over every file of the model. */
  readonly manifestDigest: string;
  /** Of the reference; undefined where none is named. */
  readonly revision?: string | undefined;
}

/** What is known of the signature. */
export interface SignatureFacts {
  /** False where the model has no signature. */
  readonly isSigned: boolean;
  /** Names of signed files whose bytes differ or that are missing. */
  readonly changed: readonly string[];
  readonly always: readonly SignerCheck[];
  readonly entry: readonly SignerCheck[];
}

/** Whether one signer of the policy signed. */
export interface SignerCheck {
  readonly outcome: "fits" | "does-not-fit" | "unknown";
  /** Why not, or what is unknown. */
  readonly why: string | undefined;
  /** Who signed, where it fits. */
  readonly signer: SignerRecord | undefined;
  /** When, where a log or a timestamp proves it: ISO 8601. */
  readonly provenTime: string | undefined;
}

/** A file of the model that is not under the signature. */
export interface UncoveredFile {
  readonly name: string;
  /** Whether a loader would read it as weights or run it, or a scan examines it. */
  readonly isLoaded: boolean;
}

/** What was pinned before. */
export interface LockFacts {
  /** Undefined for a missing lock file. */
  readonly lock: Lock | undefined;
}

/** What happens when the model is loaded, by a scan. */
export interface LoadRiskFacts {
  readonly outcome: "data-only" | "code" | "unknown" | "invalid";
  readonly findings: readonly LoadFact[];
}

/** One finding of a scan. */
export interface LoadFact {
  readonly reason: string;
  readonly outcome: "code" | "unknown" | "invalid";
  readonly file: string;
  readonly what: string;
  readonly offset: number | undefined;
  /** The exact name that a policy may allow. */
  readonly name: string | undefined;
}

/** A file of weights. */
export interface WeightFile {
  readonly name: string;
  /** By content; undefined for a format that is not known. */
  readonly format: string | undefined;
  /** What its weights take in memory; undefined where the header does not tell. */
  readonly memoryBytes: number | undefined;
}

/** The license of the weights, as SPDX expressions or names. */
export interface LicenseFactsOfModel {
  /** Of a text that was recognized. */
  readonly found: string | undefined;
  /** Of a card, mof.yml or header. */
  readonly claimed: string | undefined;
  /** True where a text is there that matches no known license. */
  readonly hasUnknownText: boolean;
}

/** How open the model is, by what is found and by what is claimed. */
export interface OpennessOfModel {
  readonly found: OpennessGrade;
  readonly claimed: OpennessGrade;
}

/** One of the two answers. */
export interface OpennessGrade {
  readonly class: OpennessClass | null;
  /** The components that are there under an open license. */
  readonly open: readonly ComponentName[];
}

/** What advisories say of the model. */
export interface AdvisoryFacts {
  readonly sources: readonly AdvisorySource[];
  readonly hits: readonly AdvisoryHit[];
  /** Advisories with a range that cannot be told without a network. */
  readonly undecided: readonly string[];
}

/** A file or folder of advisories. */
export interface AdvisorySource {
  readonly path: string;
  /** When it was made: ISO 8601; undefined where it does not say. */
  readonly generated: string | undefined;
  /** Why it, or a part of it, cannot be read. */
  readonly problem: string | undefined;
}

/** An advisory about this model. */
export interface AdvisoryHit {
  readonly id: string;
  readonly summary: string;
}

/** What does not change from model to model. */
export interface DecisionKnowledge {
  readonly licenses: LicenseCatalog;
}

export function isUnavailable(fact: unknown): fact is Unavailable {
  return typeof fact === "object" && fact !== null && "unavailable" in fact;
}
