import type { EvidenceVerification } from "../../../assay/src/api/evidence/verify-evidence.ts";
import { asAssayError, AssayError } from "../../../assay/src/core/error.ts";
import { requireAge, requireModel } from "../../../assay/src/statement/evidence/expected.ts";
import type { Trust } from "../../../assay/src/trust/trust.ts";
import { proveEvidence, type FoundEvidence } from "../../../assay/src/verdict/prove-evidence.ts";

/** What evidence must say, beside who signed it. Empty texts ask for nothing. */
export interface EvidenceConditions {
  readonly verifierId: string;
  readonly resourceUri: string;
  /** The policy's digest, `sha256:` and hex. */
  readonly policyDigest: string;
  /** The model's manifest digest, `sha256:` and hex. */
  readonly manifestDigest: string;
  readonly maxAgeDays: string;
}

export const NO_CONDITIONS: EvidenceConditions = { verifierId: "", resourceUri: "", policyDigest: "", manifestDigest: "", maxAgeDays: "" };

const DAY_MS = 24 * 60 * 60 * 1000;

/** The command's `verify evidence`, for a model that is named by its digest. Throws for the question itself. */
export async function verifyEvidence(
  file: { readonly name: string; readonly bytes: Uint8Array },
  trust: Trust,
  conditions: EvidenceConditions,
  now: Date,
): Promise<EvidenceVerification> {
  const found: FoundEvidence = { evidence: undefined, signer: undefined, proof: undefined, warnings: [] };
  const answer = (error: AssayError | undefined): EvidenceVerification => {
    const outcome = error === undefined ? "verified" : error.outcome === "failed" ? "failed" : "incomplete";
    return { outcome, file: file.name, ...found, model: undefined, error };
  };
  try {
    const [verifierId, resourceUri, policyDigest, manifestDigest, maxAge] = [
      asked(conditions.verifierId),
      asked(conditions.resourceUri),
      asked(conditions.policyDigest),
      asked(conditions.manifestDigest),
      asked(conditions.maxAgeDays),
    ];
    const policy = policyDigest === undefined ? undefined : { digest: policyDigest, files: undefined };
    const evidence = await proveEvidence(file.bytes, { trust, now, verifierId, resourceUri, policy }, found);
    if (manifestDigest !== undefined) requireModel(evidence, manifestDigest);
    requireAge(evidence, maxAge === undefined ? undefined : daysOf(maxAge), now);
    return answer(undefined);
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.outcome === "usage" || error.code === "INTERNAL") throw error;
    return answer(error);
  }
}

function asked(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** Milliseconds. What is not a number asks a wrong question: it must not pass for any age. */
function daysOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new AssayError("USAGE", `the age "${text}" is not a number of days`);
  return Number(text) * DAY_MS;
}
