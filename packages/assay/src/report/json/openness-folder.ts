import type { OpennessAssessment } from "../../api/assess-openness.ts";
import { sha256Text } from "../digest-text.ts";
import type { OpennessDocument } from "./documents.ts";
import { head } from "./head.ts";
import { answerPart } from "./openness.ts";
import { errorPart, EXIT_CODE_OF_OUTCOME, notCoveredPart, orNull, sourcePart, warningParts, type HintOf } from "./parts.ts";
import { signerPart } from "./signer.ts";

/** How the document is written. */
export interface FolderDocumentOptions {
  /** What to do about an error of the signature; by default the library's own words. */
  readonly hintOf?: HintOf;
}

type OfFolder = Extract<OpennessDocument, { readonly folder: string }>;
type LicenseFilePart = OfFolder["licenseFiles"][number];
type LicenseText = OpennessAssessment["findings"]["licenseFiles"][number]["text"];

/** The document of a folder: schemas/openness.v1.json. */
export function opennessFolderDocument(assessment: OpennessAssessment, { hintOf }: FolderDocumentOptions = {}): OfFolder {
  const { source, findings, asFound, ifClaimsHold, notCovered, notRead, strict, binding, coverage, written, warnings } = assessment;
  return {
    ...head("openness"),
    strict,
    // A signature that was asked for and does not verify is a no, whatever the class.
    exitCode: coverage === undefined ? 0 : EXIT_CODE_OF_OUTCOME[coverage.verification.outcome],
    ...answerPart(asFound),
    folder: findings.folder,
    source: sourcePart(source),
    manifestDigest: orNull(binding, ({ manifestDigest }) => sha256Text(manifestDigest)),
    rootDigest: orNull(binding, ({ rootDigest }) => sha256Text(rootDigest)),
    files: findings.fileCount,
    ifClaimsHold: answerPart(ifClaimsHold),
    evidence: findings.components.map(({ name, state, shortfall, files, signs }) => ({
      name,
      state,
      shortfall: shortfall ?? null,
      files: files.length,
      signs: signs.map(({ state, file, target, why }) => ({ state, file, target: target ?? null, why })),
    })),
    alsoFound: findings.alsoFound,
    licenseFiles: findings.licenseFiles.map(({ path, scope, onlyFor, text }) => ({
      path,
      scope: scope ?? (onlyFor?.length === 1 ? (onlyFor[0] ?? null) : null),
      ...textFields(text),
    })),
    licenseStatements: findings.licenseClaims.map(({ file, name, link, about, sentence }) => ({
      file,
      name,
      link: link ?? null,
      about: about ?? null,
      sentence: sentence ?? null,
    })),
    notCovered: notCovered.map(notCoveredPart),
    notRead,
    signature: orNull(coverage, (one) => coveragePart(one, hintOf)),
    written: written?.name ?? null,
    warnings: warningParts(warnings),
  };
}

function textFields(text: LicenseText): Pick<LicenseFilePart, "match" | "licenses" | "similarity" | "changes"> {
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

type Coverage = NonNullable<OpennessAssessment["coverage"]>;

function coveragePart({ verification, files }: Coverage, hintOf: HintOf | undefined): OfFolder["signature"] {
  return {
    outcome: verification.outcome,
    signer: orNull(verification.signer, signerPart),
    error: verification.outcome === "verified" ? null : errorPart(verification.error, hintOf),
    files: files.map(({ name, covered }) => ({ name, covered })),
  };
}
