import type {
  Difference,
  Digested,
  Diff,
  Inspection,
  LeftOut,
  Manifest,
  ManifestContent,
  Signed,
  SignerIdentity,
  Verification,
} from "../../index.ts";
import type { AssayError } from "../../error.ts";
import type { SignatureSource } from "../../results.ts";
import type { Warning } from "../../warning.ts";
import { VERSION } from "../version.ts";
import { escapeJson } from "./escape.ts";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The documents that `--json` prints; packages/assay/schemas holds a schema for each. */
export type SchemaName = "sign" | "verify" | "digest" | "inspect" | "diff" | "error";

/** The identifier of a schema: changed when a field is removed or changes its meaning, not when one is added. */
export function schemaId(name: SchemaName): string {
  return `urn:assay:schema:${name}:v1`;
}

/** One JSON document, for a file or a terminal. */
export function printJson(document: JsonObject): string {
  return `${escapeJson(JSON.stringify(document, undefined, 2))}\n`;
}

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
    manifest: manifestJson(verification.manifest),
    matchedFiles: "matchedFiles" in files ? files.matchedFiles : null,
    differences: "differences" in files ? files.differences.map(differenceJson) : [],
    unsigned: "unsigned" in files ? files.unsigned.map(({ name, size }) => ({ name, size })) : [],
    notCovered: "notCovered" in files ? files.notCovered.map(leftOutJson) : [],
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
    manifest: manifestJson(signed.manifest),
    totalBytes: signed.totalBytes,
    notCovered: signed.leftOut.map(leftOutJson),
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
    notCovered: digested.leftOut.map(leftOutJson),
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
          },
    tlogEntries: inspection.tlogEntries,
    timestamps: inspection.timestamps,
    manifest: manifestJson(inspection.manifest),
    files: [...inspection.manifest.files.values()].map(({ name, size, digests }) => ({ name, size: size ?? null, digests })),
    warnings: warnings.map(warningJson),
  };
}

export function diffJson(diff: Diff, exitCode: number, warnings: readonly Warning[]): JsonObject {
  return {
    ...head("diff"),
    exitCode,
    a: { kind: diff.a.kind, path: diff.a.path },
    b: { kind: diff.b.kind, path: diff.b.path },
    same: diff.same,
    differences: diff.differences.map(differenceJson),
    notes: diff.notes,
    warnings: warnings.map(warningJson),
  };
}

/** What `--json` prints when there is no other answer: the command line was wrong, or the work stopped. */
export function errorJson(command: string | undefined, error: AssayError, exitCode: number): JsonObject {
  return { ...head("error"), exitCode, command: command ?? null, error: errorFields(error) };
}

/** `sha256:HEX`, whether or not the prefix was there. */
export function sha256(digest: string): string {
  return digest.includes(":") ? digest : `sha256:${digest}`;
}

function head(name: SchemaName): { readonly schema: string; readonly version: string } {
  return { schema: schemaId(name), version: VERSION };
}

function errorFields(error: AssayError): JsonObject {
  return { code: error.code, outcome: error.outcome, message: error.message, hint: error.hint ?? null };
}

function sourceJson(source: SignatureSource | undefined): JsonValue {
  return source === undefined ? null : { path: source.path ?? null, found: source.found, bytes: source.bytes };
}

function signerJson(signer: SignerIdentity | undefined): JsonValue {
  if (signer === undefined) return null;
  if (signer.method === "key") return { method: signer.method, algorithm: signer.algorithm, fingerprint: signer.fingerprint };
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

function manifestJson(manifest: ManifestContent | Manifest | undefined): JsonValue {
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

function differenceJson(difference: Difference): JsonObject {
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

function leftOutJson(leftOut: LeftOut): JsonObject {
  return {
    name: leftOut.name,
    kind: leftOut.kind,
    fileCount: leftOut.fileCount,
    bytes: leftOut.bytes,
    atLeast: leftOut.atLeast,
    reason: leftOut.reason,
  };
}

function warningJson(warning: Warning): JsonObject {
  return { code: warning.code, message: warning.message };
}
