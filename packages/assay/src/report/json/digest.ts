import type { Digested } from "../../api/results.ts";
import { sha256Text } from "../digest-text.ts";
import type { DigestDocument } from "./documents.ts";
import { head } from "./head.ts";
import { digestCountsPart, notCoveredPart, orNull, sourcePart, warningParts } from "./parts.ts";

/** The document of a model's digests: schemas/digest.v1.json. */
export function digestDocument(digested: Digested): DigestDocument {
  return {
    ...head("digest"),
    exitCode: 0,
    model: digested.model,
    source: sourcePart(digested.source),
    digests: orNull(digested.digestOrigins, digestCountsPart),
    hash: digested.hash,
    rootDigest: sha256Text(digested.rootDigest),
    manifestDigest: sha256Text(digested.manifestDigest),
    totalBytes: digested.totalBytes,
    files: digested.files.map(({ name, size, digests }) => ({
      name,
      size,
      digests,
      origin: digested.digestOrigins?.get(name) ?? "computed",
    })),
    notCovered: digested.notCovered.map(notCoveredPart),
    warnings: warningParts(digested.warnings),
  };
}
