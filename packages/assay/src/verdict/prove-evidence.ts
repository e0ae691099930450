import { parseBundle } from "../bundle/parse.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { requireExpected, type ExpectedEvidence } from "../statement/evidence/expected.ts";
import { isEvidenceStatement, readEvidence, type ProvenEvidence } from "../statement/evidence/read.ts";
import type { SignerIdentity, VerifiedEnvelope } from "../trust/envelope.ts";
import { methodOf } from "../trust/method.ts";
import type { Trust } from "../trust/trust.ts";
import { verifyEnvelope } from "../trust/verify-envelope.ts";

/** What is known of a piece of evidence so far. It grows gate by gate, so that a no tells what was proven before it. */
export interface FoundEvidence {
  evidence: ProvenEvidence | undefined;
  signer: SignerIdentity | undefined;
  /** What else was proven of the signature. */
  proof: Pick<VerifiedEnvelope, "verifiedAt" | "evidence" | "revocation"> | undefined;
  readonly warnings: Warning[];
}

/** Who must have signed, and what the evidence must say. */
export interface ExpectedSignedEvidence extends ExpectedEvidence {
  /** Undefined: no signer is trusted, and the method of the signature is in the error. */
  readonly trust: Trust | undefined;
  readonly now: Date;
}

/**
 * The gates from the bytes of evidence to what it says: the signature first, then verifier, resource, policy and result.
 * Throws EVIDENCE_UNSIGNED, USAGE where no signer is trusted, and what each gate throws.
 */
export async function proveEvidence(
  bytes: Uint8Array,
  { trust, now, ...expected }: ExpectedSignedEvidence,
  found: FoundEvidence,
): Promise<ProvenEvidence> {
  if (isEvidenceStatement(bytes)) {
    throw new AssayError("EVIDENCE_UNSIGNED", "the evidence is unsigned: nothing shows who wrote it", { remedy: "sign-evidence" });
  }
  const bundle = parseBundle(bytes);
  if (trust === undefined) {
    throw new AssayError("USAGE", `no signer is trusted: the evidence is signed by the method ${methodOf(bundle)}`, {
      remedy: "name-trusted-signer",
    });
  }
  const envelope = await verifyEnvelope(bundle, trust, now);
  found.signer = envelope.signer;
  found.proof = { verifiedAt: envelope.verifiedAt, evidence: envelope.evidence, revocation: envelope.revocation };
  found.warnings.push(...envelope.warnings);
  const evidence = readEvidence(envelope);
  found.evidence = evidence;
  requireExpected(evidence, expected);
  return evidence;
}
