import type { FolderBinding, FolderCoverage, FolderInspection } from "../../api/assess-openness.ts";
import type { Warning } from "../../core/warning.ts";
import { sha256Text } from "../digest-text.ts";
import type { OpennessDocument } from "./documents.ts";
import { head } from "./head.ts";
import { answerPart } from "./openness.ts";
import { errorPart, notCoveredPart, orNull, warningParts, type HintOf } from "./parts.ts";
import { signerPart } from "./signer.ts";

/** A folder that was evaluated. */
export interface EvaluatedFolder {
  readonly inspection: FolderInspection;
  readonly strict: boolean;
  /** The digests of the model; undefined where it has none. */
  readonly binding: FolderBinding | undefined;
  /** Undefined where no signature was asked for. */
  readonly coverage: FolderCoverage | undefined;
  /** The mof.yml that was written; undefined for none. */
  readonly written: string | undefined;
  readonly warnings: readonly Warning[];
  /** What to do about an error of the signature; by default the library's own words. */
  readonly hintOf?: HintOf;
}

type OfFolder = Extract<OpennessDocument, { readonly folder: string }>;
type LicenseFilePart = OfFolder["licenseFiles"][number];
type LicenseText = FolderInspection["findings"]["licenseFiles"][number]["text"];

/** A signature that was asked for and does not verify is a no, whatever the class. */
const EXIT_CODES = { verified: 0, failed: 1, incomplete: 3 } as const;

/** The document of a folder: schemas/openness.v1.json. */
export function opennessFolderDocument(evaluated: EvaluatedFolder): OfFolder {
  const { inspection, strict, binding, coverage, written, warnings, hintOf } = evaluated;
  const { findings, asFound, ifClaimsHold, notCovered } = inspection;
  return {
    ...head("openness"),
    strict,
    exitCode: coverage === undefined ? 0 : EXIT_CODES[coverage.verification.outcome],
    ...answerPart(asFound),
    folder: findings.folder,
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
    licenseFiles: findings.licenseFiles.map(({ path, scope, text }) => ({ path, scope: scope ?? null, ...textFields(text) })),
    licenseStatements: findings.licenseClaims.map(({ file, name, link }) => ({ file, name, link: link ?? null })),
    notCovered: notCovered.map(notCoveredPart),
    signature: orNull(coverage, (one) => coveragePart(one, hintOf)),
    written: written ?? null,
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

function coveragePart({ verification, files }: FolderCoverage, hintOf: HintOf | undefined): OfFolder["signature"] {
  return {
    outcome: verification.outcome,
    signer: orNull(verification.signer, signerPart),
    error: verification.outcome === "verified" ? null : errorPart(verification.error, hintOf),
    files: files.map(({ name, covered }) => ({ name, covered })),
  };
}
