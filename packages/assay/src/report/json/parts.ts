import type { Diff, Digested, DigestOrigin, SignatureSource } from "../../api/results.ts";
import type { AssayError } from "../../core/error.ts";
import type { Warning } from "../../core/warning.ts";
import type { ManifestContent } from "../../statement/manifest.ts";
import { sha256Text } from "../digest-text.ts";
import type {
  DifferencePart,
  DigestCountsPart,
  ErrorPart,
  ManifestPart,
  NotCoveredPart,
  ModelSourcePart,
  SignatureSourcePart,
  WarningPart,
} from "./documents.ts";

// Parts of many documents.

/** The exit code of the command for an answer, which documents carry. */
export const EXIT_CODE_OF_OUTCOME = { verified: 0, failed: 1, usage: 2, incomplete: 3 } as const;

/** What to do about an error, in one line; undefined where nothing is known to help. */
export type HintOf = (error: AssayError) => string | undefined;

/** The library's own words. The command has others, with its options. */
const OWN_HINT: HintOf = ({ hint }) => hint;

export function errorPart(error: AssayError, hintOf: HintOf = OWN_HINT): ErrorPart {
  const { code, outcome, message, details } = error;
  const place = details !== undefined && "line" in details ? { file: details.file, line: details.line, column: details.column } : null;
  return { code, outcome, message, hint: hintOf(error) ?? null, details: place };
}

/** How many digests are of either origin. */
export function digestCountsPart(origins: ReadonlyMap<string, DigestOrigin>): DigestCountsPart {
  const attested = [...origins.values()].filter((origin) => origin === "attested").length;
  return { computed: origins.size - attested, attested };
}

export function warningParts(warnings: readonly Warning[]): readonly WarningPart[] {
  return warnings.map(({ code, message }) => ({ code, message }));
}

export function signatureSourcePart(source: SignatureSource): SignatureSourcePart {
  return { path: source.path ?? null, found: source.found, bytes: source.bytes };
}

export function manifestPart(manifest: ManifestContent): ManifestPart {
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
    rootDigest: sha256Text(manifest.rootDigest),
    manifestDigest: sha256Text(manifest.manifestDigest),
  };
}

export function differencePart(difference: Diff["differences"][number]): DifferencePart {
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

export function notCoveredPart(leftOut: Digested["notCovered"][number]): NotCoveredPart {
  return {
    name: leftOut.name,
    kind: leftOut.kind,
    fileCount: leftOut.fileCount,
    bytes: leftOut.bytes,
    atLeast: leftOut.atLeast,
    reason: leftOut.reason,
  };
}

export function sourcePart(source: Digested["source"]): ModelSourcePart | null {
  return source === undefined ? null : { kind: source.kind, given: source.given, pinned: source.pinned, host: source.host };
}

/** A part that may be missing: null in JSON. */
export function orNull<Value, Part>(value: Value | undefined, part: (value: Value) => Part): Part | null {
  return value === undefined ? null : part(value);
}
