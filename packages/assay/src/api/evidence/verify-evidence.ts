import { resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import { asAssayError, type AssayError } from "../../core/error.ts";
import type { Warning } from "../../core/warning.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { WorkOptions } from "../../hashing/work-options.ts";
import type { WalkOptions } from "../../source/options.ts";
import type { RemoteOptions } from "../../source/remote/remote-options.ts";
import type { SourceFacts } from "../../source/remote/remote-model.ts";
import { requireAge, requireModel, type ExpectedEvidence } from "../../statement/evidence/expected.ts";
import type { ProvenEvidence } from "../../statement/evidence/read.ts";
import type { SignerIdentity, VerifiedEnvelope } from "../../trust/envelope.ts";
import type { Trust } from "../../trust/trust.ts";
import { proveEvidence, type FoundEvidence } from "../../verdict/prove-evidence.ts";
import { loadPolicy } from "../check/load-policy.ts";
import { digest } from "../digest.ts";

/** Whom the caller trusts to have checked a model, and what the evidence must be about. */
export interface EvidenceQuestion extends Omit<ExpectedEvidence, "policy">, Pick<WalkOptions, "allowSymlinks">, WorkOptions, RemoteOptions {
  /** Who must have signed. Undefined: no signer is trusted, and the method of the signature is in the error. */
  readonly trust: Trust | undefined;
  /** A policy file, whose named files count too, or its digest, `sha256:` and hex. */
  readonly policy?: string | undefined;
  /** The model that it must be about: a folder, a file or the reference of one on a server. Without it, the evidence is for whatever model it names. */
  readonly model?: string | undefined;
  /** The model's signature, which is not part of it. Default: as for `digest`. */
  readonly signature?: string | undefined;
  /** Milliseconds. */
  readonly maxAge?: number | undefined;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** Default: the system's clock. */
  readonly now?: () => Date;
}

/** What a piece of evidence proves. Only `verified` is a yes: a trusted verifier's policy allows the model. */
export interface EvidenceVerification {
  readonly outcome: "verified" | "failed" | "incomplete";
  /** Absolute path of the evidence. */
  readonly file: string;
  /** What it says; undefined where its signature does not prove that. */
  readonly evidence: ProvenEvidence | undefined;
  readonly signer: SignerIdentity | undefined;
  /** What else was proven of the signature. */
  readonly proof: Pick<VerifiedEnvelope, "verifiedAt" | "evidence" | "revocation"> | undefined;
  /** The model that it was compared with; undefined where that was not reached, or no model was named. */
  readonly model: { readonly path: string; readonly source: SourceFacts | undefined; readonly manifestDigest: string } | undefined;
  /** Why not; undefined for `verified`. */
  readonly error: AssayError | undefined;
  readonly warnings: readonly Warning[];
}

type Found = FoundEvidence & { model: EvidenceVerification["model"] };

/**
 * May the model that this evidence is about be used, by the word of a verifier that is trusted? The signature first, then what
 * it says: verifier, resource, policy, result, the model's bytes, and last its age.
 *
 * `file` is a Sigstore bundle over a statement of `check`. An unsigned statement is a no: nothing shows who wrote it. Throws
 * only for the question: codes with the outcome `usage`, and ABORTED.
 */
export async function verifyEvidence(file: string, question: EvidenceQuestion): Promise<EvidenceVerification> {
  const { cwd = process.cwd(), now = () => new Date() } = question;
  const path = resolve(cwd, file);
  const bytes = readBounded(path, "evidence", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
  const policy = await expectedPolicy(question.policy, cwd);
  const found: Found = { evidence: undefined, signer: undefined, proof: undefined, model: undefined, warnings: [] };
  const answer = (error: AssayError | undefined): EvidenceVerification => {
    const outcome = error === undefined ? "verified" : error.outcome === "failed" ? "failed" : "incomplete";
    return { outcome, file: path, ...found, error };
  };
  try {
    await prove(bytes, { ...question, cwd, expectedPolicy: policy, now: now() }, found);
    return answer(undefined);
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.outcome === "usage" || error.code === "ABORTED" || error.code === "INTERNAL") throw error;
    return answer(error);
  }
}

type Proving = Omit<EvidenceQuestion, "now"> & {
  readonly cwd: string;
  readonly now: Date;
  readonly expectedPolicy: ExpectedEvidence["policy"];
};

async function prove(bytes: Uint8Array, { trust, now, cwd, expectedPolicy: policy, ...question }: Proving, found: Found): Promise<void> {
  const { model, signature, maxAge, verifierId, resourceUri, policy: _named, ...options } = question;
  const evidence = await proveEvidence(bytes, { trust, now, verifierId, resourceUri, policy }, found);
  if (model !== undefined) {
    // By the rules of `check`, whose digest it is: links are the caller's to allow.
    const digested = await digest(model, { ...options, cwd, ...(signature === undefined ? {} : { signature }) });
    found.model = { path: digested.model, source: digested.source, manifestDigest: digested.manifestDigest };
    found.warnings.push(...digested.warnings);
    requireModel(evidence, digested.manifestDigest);
  }
  requireAge(evidence, maxAge, now);
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Throws what `loadPolicy` throws. */
async function expectedPolicy(named: string | undefined, cwd: string): Promise<ExpectedEvidence["policy"]> {
  if (named === undefined) return undefined;
  if (DIGEST.test(named)) return { digest: named, files: undefined };
  const { digest: ofPolicy, files } = await loadPolicy(named, cwd);
  return { digest: ofPolicy, files: files.map((file) => file.digest) };
}
