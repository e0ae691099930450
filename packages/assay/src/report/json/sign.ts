import type { Signed } from "../../api/results.ts";
import type { Warning } from "../../core/warning.ts";
import type { SignDocument } from "./documents.ts";
import { head } from "./head.ts";
import { manifestPart, notCoveredPart, orNull, sourcePart, warningParts } from "./parts.ts";
import { evidencePart, signerPart } from "./signer.ts";

/** The document of a signature that was made: schemas/sign.v1.json. `warnings`: the signature's own, and others that a caller has. */
export function signDocument(signed: Signed, warnings: readonly Warning[] = signed.warnings): SignDocument {
  return {
    ...head("sign"),
    exitCode: 0,
    model: signed.model,
    source: sourcePart(signed.source),
    signature: signed.path === undefined ? null : { path: signed.path, bytes: signed.bundle.length, replaced: signed.replaced },
    attached: orNull(signed.attached, (reference) => reference),
    algorithm: signed.algorithm,
    signer: signerPart(signed.signer),
    evidence: orNull(signed.evidence, evidencePart),
    manifest: manifestPart(signed.manifest),
    totalBytes: signed.totalBytes,
    notCovered: signed.notCovered.map(notCoveredPart),
    warnings: warningParts(warnings),
  };
}
