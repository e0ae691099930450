import type { EvidenceVerification } from "../../api/evidence/verify-evidence.ts";
import type { EvidenceContent } from "../../statement/evidence/read.ts";
import type { VerifyEvidenceDocument } from "./documents.ts";
import { head } from "./head.ts";
import { errorPart, EXIT_CODE_OF_OUTCOME, orNull, sourcePart, warningParts, type HintOf } from "./parts.ts";
import { evidencePart, revocationPart, signerPart } from "./signer.ts";

/** The document of verified evidence: schemas/verify-evidence.v1.json. */
export function verifyEvidenceDocument(
  verification: EvidenceVerification,
  { hintOf }: { readonly hintOf?: HintOf } = {},
): VerifyEvidenceDocument {
  const { outcome, file, evidence, signer, proof, model, error, warnings } = verification;
  return {
    ...head("verify-evidence"),
    outcome,
    exitCode: EXIT_CODE_OF_OUTCOME[outcome],
    file,
    statement: orNull(evidence, statementPart),
    signer: orNull(signer, signerPart),
    verifiedAt: orNull(proof?.verifiedAt, ({ time, source }) => ({ time: time.toISOString(), source })),
    evidence: orNull(proof?.evidence, evidencePart),
    revocation: orNull(proof?.revocation, revocationPart),
    model: orNull(model, ({ path, source, manifestDigest }) => ({ path, source: sourcePart(source), manifestDigest })),
    error: orNull(error, (thrown) => errorPart(thrown, hintOf)),
    warnings: warningParts(warnings),
  };
}

function statementPart(evidence: EvidenceContent): NonNullable<VerifyEvidenceDocument["statement"]> {
  const { kind, predicateType, modelName, manifestDigest, verifierId, time, resourceUri, policy, result, decision, decidedBy, at } =
    evidence;
  return {
    kind,
    predicateType,
    modelName,
    manifestDigest,
    verifierId,
    time: time.toISOString(),
    at: at?.toISOString() ?? null,
    resourceUri,
    policy: { uri: policy.uri, digest: policy.digest, files: policy.files },
    result,
    decision,
    decidedBy: decidedBy ?? null,
  };
}
