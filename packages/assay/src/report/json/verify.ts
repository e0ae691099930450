import type { Verification } from "../../api/results.ts";
import { sha256Text } from "../digest-text.ts";
import type { VerifyDocument } from "./documents.ts";
import { head } from "./head.ts";
import {
  differencePart,
  digestCountsPart,
  errorPart,
  EXIT_CODE_OF_OUTCOME,
  manifestPart,
  notCoveredPart,
  orNull,
  signatureSourcePart,
  sourcePart,
  warningParts,
  type HintOf,
} from "./parts.ts";
import { evidencePart, revocationPart, signerPart } from "./signer.ts";

/** How the document of a verification is written. */
export interface VerifyDocumentOptions {
  /** What to do about an error; by default the library's own words. */
  readonly hintOf?: HintOf;
}

/** The document of a verification: schemas/verify.v1.json. */
export function verifyDocument(verification: Verification, { hintOf }: VerifyDocumentOptions = {}): VerifyDocument {
  const files = verification.outcome === "verified" ? verification.verifiedModel : verification;
  return {
    ...head("verify"),
    outcome: verification.outcome,
    exitCode: EXIT_CODE_OF_OUTCOME[verification.outcome],
    model: verification.model,
    source: sourcePart(verification.source),
    digests: orNull(verification.digestOrigins, digestCountsPart),
    files: orNull(verification.digestOrigins, (origins) => [...origins].map(([name, digests]) => ({ name, digests }))),
    signature: orNull(verification.signature, signatureSourcePart),
    signer: orNull(verification.signer, signerPart),
    verifiedAt:
      verification.verifiedAt === undefined
        ? null
        : { time: verification.verifiedAt.time.toISOString(), source: verification.verifiedAt.source },
    evidence: orNull(verification.evidence, evidencePart),
    revocation: orNull(verification.revocation, revocationPart),
    manifest: orNull(verification.manifest, manifestPart),
    matchedFiles: "matchedFiles" in files ? files.matchedFiles : null,
    differences: "differences" in files ? files.differences.map(differencePart) : [],
    unsigned: "unsigned" in files ? files.unsigned.map(({ name, size }) => ({ name, size })) : [],
    notCovered: "notCovered" in files ? files.notCovered.map(notCoveredPart) : [],
    saved: orNull(verification.saved, ({ state, folder, files, bytes }) => ({ state, folder, files, bytes })),
    notDownloaded: files.notDownloaded.map(({ name, oid, size, isSigned }) => ({
      name,
      oid: sha256Text(oid),
      size,
      isSigned: isSigned ?? null,
    })),
    error: verification.outcome === "verified" ? null : errorPart(verification.error, hintOf),
    warnings: warningParts(verification.warnings),
  };
}
