import type { AssayError } from "../core/error.ts";
import type { Diff, Digested, Inspection, Signed, Verification } from "../index.ts";
import type { Warning } from "../core/warning.ts";
import { sha256 } from "../cli/commands/digest/report.ts";
import {
  differenceJson,
  errorFields,
  evidenceJson,
  leftOutJson,
  manifestJson,
  revocationJson,
  signerJson,
  sourceJson,
  warningJson,
} from "./document-parts.ts";
import { head, type JsonObject } from "./json.ts";

export function verificationJson(verification: Verification, exitCode: number, warnings: readonly Warning[]): JsonObject {
  const files = verification.outcome === "verified" ? verification.verifiedModel : verification;
  return {
    ...head("verify"),
    outcome: verification.outcome,
    exitCode,
    model: verification.model,
    signature: sourceJson(verification.signature),
    signer: signerJson(verification.signer),
    verifiedAt:
      verification.verifiedAt === undefined
        ? null
        : { time: verification.verifiedAt.time.toISOString(), source: verification.verifiedAt.source },
    evidence: evidenceJson(verification.evidence),
    revocation: revocationJson(verification.revocation),
    manifest: manifestJson(verification.manifest),
    matchedFiles: "matchedFiles" in files ? files.matchedFiles : null,
    differences: "differences" in files ? files.differences.map(differenceJson) : [],
    unsigned: "unsigned" in files ? files.unsigned.map(({ name, size }) => ({ name, size })) : [],
    notCovered: "notCovered" in files ? files.notCovered.map(leftOutJson) : [],
    notDownloaded: files.notDownloaded.map(({ name, oid, size, isSigned }) => ({
      name,
      oid: sha256(oid),
      size,
      isSigned: isSigned ?? null,
    })),
    error: verification.outcome === "verified" ? null : errorFields(verification.error),
    warnings: warnings.map(warningJson),
  };
}

export function signedJson(signed: Signed, warnings: readonly Warning[]): JsonObject {
  return {
    ...head("sign"),
    exitCode: 0,
    model: signed.model,
    signature: signed.path === undefined ? null : { path: signed.path, bytes: signed.bundle.length, replaced: signed.replaced },
    algorithm: signed.algorithm,
    signer: signerJson(signed.signer),
    evidence: evidenceJson(signed.evidence),
    manifest: manifestJson(signed.manifest),
    totalBytes: signed.totalBytes,
    notCovered: signed.notCovered.map(leftOutJson),
    warnings: warnings.map(warningJson),
  };
}

export function digestedJson(digested: Digested, warnings: readonly Warning[]): JsonObject {
  return {
    ...head("digest"),
    exitCode: 0,
    model: digested.model,
    hash: digested.hash,
    rootDigest: sha256(digested.rootDigest),
    manifestDigest: sha256(digested.manifestDigest),
    totalBytes: digested.totalBytes,
    files: digested.files.map(({ name, size, digests }) => ({ name, size, digests })),
    notCovered: digested.notCovered.map(leftOutJson),
    warnings: warnings.map(warningJson),
  };
}

export function inspectionJson(inspection: Inspection, warnings: readonly Warning[]): JsonObject {
  const { claimed } = inspection;
  return {
    ...head("inspect"),
    exitCode: 0,
    verified: false,
    signature: sourceJson(inspection.signature),
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
    manifest: manifestJson(inspection.manifest),
    files: [...inspection.manifest.files.values()].map(({ name, size, digests }) => ({ name, size: size ?? null, digests })),
    warnings: warnings.map(warningJson),
  };
}

function sideJson({ kind, path, notCovered }: Diff["a"]): JsonObject {
  return { kind, path, notCovered: notCovered.map(leftOutJson) };
}

export function diffJson(diff: Diff, exitCode: number, warnings: readonly Warning[]): JsonObject {
  return {
    ...head("diff"),
    exitCode,
    a: sideJson(diff.a),
    b: sideJson(diff.b),
    same: diff.same,
    differences: diff.differences.map(differenceJson),
    notComparable: diff.notComparable,
    notes: diff.notes,
    warnings: warnings.map(warningJson),
  };
}

/** What `--json` prints when there is no other answer: the command line was wrong, or the work stopped. */
export function errorJson(command: string | undefined, error: AssayError, exitCode: number): JsonObject {
  return { ...head("error"), exitCode, command: command ?? null, error: errorFields(error) };
}
