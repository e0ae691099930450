import type { Inspection } from "../../api/results.ts";
import type { InspectDocument } from "./documents.ts";
import { head } from "./head.ts";
import { manifestPart, signatureSourcePart, sourcePart, warningParts } from "./parts.ts";

/** The document of what a bundle says, nothing of it verified: schemas/inspect.v1.json. */
export function inspectDocument(inspection: Inspection): InspectDocument {
  const { claimed } = inspection;
  return {
    ...head("inspect"),
    exitCode: 0,
    verified: false,
    source: sourcePart(inspection.source),
    signature: signatureSourcePart(inspection.signature),
    bundleVersion: inspection.mediaVersion,
    method: inspection.method,
    claimed:
      claimed.kind === "key"
        ? { kind: claimed.kind, hint: claimed.hint ?? null }
        : {
            kind: claimed.kind,
            subject: claimed.subject,
            issuer: claimed.issuer,
            names: claimed.names,
            notBefore: claimed.notBefore.toISOString(),
            notAfter: claimed.notAfter.toISOString(),
            fingerprint: claimed.fingerprint,
            chainLength: claimed.chainLength,
            keyless: claimed.keyless === undefined ? null : { ...claimed.keyless },
          },
    tlogEntries: inspection.logEntries.length,
    timestamps: inspection.timestamps.length,
    logEntries: inspection.logEntries.map((entry) => ({
      logId: entry.logId,
      logIndex: entry.logIndex,
      entry: entry.entry,
      integratedTime: entry.integratedTime?.toISOString() ?? null,
    })),
    timestampTimes: inspection.timestamps.map((time) => time?.toISOString() ?? null),
    manifest: manifestPart(inspection.manifest),
    files: [...inspection.manifest.files.values()].map(({ name, size, digests }) => ({ name, size: size ?? null, digests })),
    warnings: warningParts(inspection.warnings),
  };
}
