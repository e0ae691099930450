import type { AssayError } from "../core/error.ts";
import type {
  Difference,
  Evidence,
  LeftOut,
  ManifestContent,
  ProvenTime,
  RevocationReport,
  SignerIdentity,
  TrustSource,
} from "../index.ts";
import type { SignatureSource } from "../api/results.ts";
import type { Warning } from "../core/warning.ts";
import { adviceText } from "../cli/text/advice.ts";
import { sha256 } from "../cli/commands/digest/report.ts";
import type { JsonObject, JsonValue } from "./json.ts";

// The parts that several documents of `--json` share; the schemas name them in `$defs`.

export function errorFields(error: AssayError): JsonObject {
  return { code: error.code, outcome: error.outcome, message: error.message, hint: adviceText(error) ?? null };
}

export function sourceJson(source: SignatureSource | undefined): JsonValue {
  return source === undefined ? null : { path: source.path ?? null, found: source.found, bytes: source.bytes };
}

export function signerJson(signer: SignerIdentity | undefined): JsonValue {
  if (signer === undefined) return null;
  if (signer.method === "key") return { method: signer.method, algorithm: signer.algorithm, fingerprint: signer.fingerprint };
  if (signer.method === "sigstore") {
    return {
      method: signer.method,
      algorithm: signer.algorithm,
      identity: signer.identity,
      identityType: signer.identityType,
      identityProvider: signer.identityProvider,
      claims: signer.claims,
      anchor: signer.anchor ?? null,
      fingerprint: signer.fingerprint,
      notBefore: signer.notBefore.toISOString(),
      notAfter: signer.notAfter.toISOString(),
      path: signer.path,
    };
  }
  return {
    method: signer.method,
    algorithm: signer.algorithm,
    subject: signer.subject,
    issuer: signer.issuer,
    names: signer.names,
    anchor: signer.anchor ?? null,
    fingerprint: signer.fingerprint,
    notBefore: signer.notBefore.toISOString(),
    notAfter: signer.notAfter.toISOString(),
    path: signer.path,
  };
}

/** Everything in it was verified. */
export function evidenceJson(evidence: Evidence | undefined): JsonValue {
  if (evidence === undefined) return null;
  return {
    logEntries: evidence.logEntries.map((entry) => ({
      log: entry.log,
      logId: entry.logId,
      logIndex: entry.logIndex,
      entry: entry.entry,
      integratedTime: entry.integratedTime?.toISOString() ?? null,
      inclusion: entry.inclusion,
      treeSize: entry.treeSize ?? null,
    })),
    timestamps: evidence.timestamps.map(provenTimeJson),
    certificateLogs: evidence.certificateLogs.map(provenTimeJson),
    trustedRoot: trustSourceJson(evidence.trustedRoot),
  };
}

export function revocationJson(revocation: RevocationReport | undefined): JsonValue {
  if (revocation === undefined) return null;
  return {
    lists: revocation.lists.map((list) => ({
      issuer: list.issuer,
      number: list.number ?? null,
      thisUpdate: list.thisUpdate.toISOString(),
      nextUpdate: list.nextUpdate.toISOString(),
      fingerprint: list.fingerprint,
    })),
    certificates: revocation.certificates.map(({ subject, fingerprint, revokedLater }) => ({
      subject,
      fingerprint,
      revokedLater: revokedLater?.date.toISOString() ?? null,
    })),
  };
}

function provenTimeJson({ authority, time }: ProvenTime): JsonObject {
  return { authority, time: time.toISOString() };
}

export function trustSourceJson({ kind, name, date, isCurrent, problem }: TrustSource): JsonObject {
  return { kind, name, date: date?.toISOString() ?? null, isCurrent, problem: problem ?? null };
}

export function manifestJson(manifest: ManifestContent | undefined): JsonValue {
  if (manifest === undefined) return null;
  const { serialization } = manifest;
  return {
    format: manifest.format,
    modelName: manifest.modelName,
    method: serialization.method,
    hash: serialization.hash,
    shardSize: serialization.method === "shards" ? serialization.shardSize : null,
    allowSymlinks: manifest.allowSymlinks,
    ignorePaths: manifest.ignorePaths,
    fileCount: manifest.files.size,
    resourceCount: manifest.resourceCount,
    rootDigest: sha256(manifest.rootDigest),
    manifestDigest: sha256(manifest.manifestDigest),
  };
}

export function differenceJson(difference: Difference): JsonObject {
  switch (difference.kind) {
    case "changed":
      return {
        kind: difference.kind,
        name: difference.name,
        signedDigest: difference.signedDigest,
        foundDigest: difference.foundDigest,
        signedSize: difference.signedSize ?? null,
        foundSize: difference.foundSize ?? null,
        shards: difference.shards === undefined ? null : { changed: difference.shards.changed, total: difference.shards.total },
      };
    case "missing":
      return { kind: difference.kind, name: difference.name, signedSize: difference.signedSize ?? null, why: difference.why ?? null };
    case "extra":
      return { kind: difference.kind, name: difference.name, foundSize: difference.foundSize ?? null };
    case "renamed":
      return { kind: difference.kind, name: difference.name, newName: difference.newName, size: difference.size ?? null };
  }
}

export function leftOutJson(leftOut: LeftOut): JsonObject {
  return {
    name: leftOut.name,
    kind: leftOut.kind,
    fileCount: leftOut.fileCount,
    bytes: leftOut.bytes,
    atLeast: leftOut.atLeast,
    reason: leftOut.reason,
  };
}

export function warningJson(warning: Warning): JsonObject {
  return { code: warning.code, message: warning.message };
}
