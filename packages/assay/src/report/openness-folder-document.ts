import type { FolderBinding, FolderCoverage, FolderInspection } from "../api/assess-openness.ts";
import type { IdentifiedText } from "../openness/folder/identified-text.ts";
import { sha256 } from "../cli/commands/digest/report.ts";
import { errorFields, leftOutJson, signerJson } from "./document-parts.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { answerJson } from "./openness-document.ts";

/** What the JSON of a folder has beside the evaluation of what was found. */
export function folderJson(
  { findings, ifClaimsHold, notCovered }: FolderInspection,
  binding: FolderBinding | undefined,
  coverage: FolderCoverage | undefined,
  written: string | undefined,
): JsonObject {
  return {
    folder: findings.folder,
    manifestDigest: binding === undefined ? null : sha256(binding.manifestDigest),
    rootDigest: binding === undefined ? null : sha256(binding.rootDigest),
    files: findings.fileCount,
    ifClaimsHold: answerJson(ifClaimsHold),
    evidence: findings.components.map(({ name, state, shortfall, files, signs }) => ({
      name,
      state,
      shortfall: shortfall ?? null,
      files: files.length,
      signs: signs.map(({ state, file, target, why }) => ({ state, file, target: target ?? null, why })),
    })),
    alsoFound: findings.alsoFound,
    licenseFiles: findings.licenseFiles.map(({ path, scope, text }) => ({ path, scope: scope ?? null, ...textJson(text) })),
    licenseStatements: findings.licenseClaims.map(({ file, name, link }) => ({ file, name, link: link ?? null })),
    notCovered: notCovered.map(leftOutJson),
    signature: coverage === undefined ? null : coverageJson(coverage),
    written: written ?? null,
  };
}

function textJson(text: IdentifiedText): { readonly [key: string]: JsonValue } {
  switch (text.kind) {
    case "exact":
      return { match: "exact", licenses: text.ids };
    case "near":
      return {
        match: "near",
        licenses: text.ids,
        similarity: text.similarity,
        changes: text.changes.map(({ added, missing }) => ({ added, missing })),
      };
    case "named":
      return { match: "title", licenses: [text.name] };
    case "unknown":
      return { match: "none", licenses: [] };
  }
}

function coverageJson({ verification, files }: FolderCoverage): JsonObject {
  return {
    outcome: verification.outcome,
    signer: signerJson(verification.signer),
    error: verification.outcome === "verified" ? null : errorFields(verification.error),
    files: files.map(({ name, covered }) => ({ name, covered })),
  };
}
