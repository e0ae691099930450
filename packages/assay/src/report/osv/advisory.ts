import { AssayError } from "../../core/error.ts";
import { VERSION } from "../../core/version.ts";
import type { Digested } from "../../api/results.ts";
import type { PublishedSource } from "../../api/scan-and-digest.ts";
import type { FileRisk, GradedFinding, LoadRisk } from "../../risk/grade.ts";
import { plainText } from "../markdown-text.ts";
import type { OsvAffected, OsvDocument } from "./document.ts";

/** The version of the format whose fields are written. */
const SCHEMA_VERSION = "1.7.5";
const MAX_LISTED = 100;
const MAX_SUMMARY = 120;
const COMMIT = /^[0-9a-f]{40}$/i;
/** OSV leaves prefixes that begin with `x_` to everybody; others belong to a database. */
const OWN_ID = /^x_[A-Za-z0-9_]+-[\w.-]{1,100}$/;

/** What an advisory is made of. */
export interface AdvisoryFindings {
  readonly risk: LoadRisk;
  readonly digested: Pick<Digested, "manifestDigest" | "files">;
  /** Where the model is published; undefined for one that is only known by its bytes. */
  readonly published: PublishedSource | undefined;
}

/** What a person says of an advisory. */
export interface AdvisoryWords {
  /** `x_NAME-...`; default: made of the year and the manifest digest. */
  readonly id?: string | undefined;
  /** One line; default: the first finding. */
  readonly summary?: string | undefined;
  readonly time: Date;
}

/**
 * An advisory about what a scan found, for others to compare their models with: OSV 1.7. It names the manifest digest, the
 * digests of the files that have findings, and the package URL with the commit, where one is given: without a commit it
 * is about these bytes alone, as nothing says which revisions hold them. Nothing is said of severity.
 *
 * Throws ADVISORY_NO_FINDING where the scan found nothing, and USAGE for an id that is not one's own.
 */
export function osvAdvisory({ risk, digested, published }: AdvisoryFindings, { id, summary, time }: AdvisoryWords): OsvDocument {
  const files = risk.files
    .map((file) => ({ ...file, findings: file.findings.filter(counts) }))
    .filter(({ findings }) => findings.length > 0);
  const [first] = files.toSorted(byWeight);
  const { outcome } = risk;
  if (first === undefined || outcome === "data-only") {
    throw new AssayError("ADVISORY_NO_FINDING", "there is nothing to report: the scan has no finding about a file of this model");
  }
  if (id !== undefined && !OWN_ID.test(id)) {
    throw new AssayError("USAGE", `the id ${JSON.stringify(id)} is not of the form x_NAME-..., such as x_acme-2026-1`);
  }
  return {
    schema_version: SCHEMA_VERSION,
    id: id ?? `x_assay-${time.getUTCFullYear()}-${digested.manifestDigest.slice("sha256:".length).slice(0, 16)}`,
    modified: time.toISOString(),
    summary:
      summary === undefined ? shortened(oneLine(`${first.file} ${first.findings.toSorted(byOutcome)[0]?.what ?? ""}`)) : oneLine(summary),
    details: detailsOf(files),
    affected: [affectedBy(files, digested, published)],
    ...(published === undefined ? {} : { references: [{ type: "PACKAGE", url: published.url }] }),
    database_specific: {
      tool: `Assay ${VERSION}`,
      outcome,
      reasons: [...new Set(files.flatMap(({ findings }) => findings.map(({ reason }) => reason)))].toSorted(),
    },
  };
}

function affectedBy(
  files: readonly FileRisk[],
  digested: AdvisoryFindings["digested"],
  published: PublishedSource | undefined,
): OsvAffected {
  const digests = new Map(digested.files.filter(({ size }) => size > 0).map(({ name, digests: [digest] }) => [name, digest]));
  const found = files.flatMap(({ file }) => digests.get(file) ?? []).map((digest) => `sha256:${digest}`);
  const revision = published?.revision;
  return {
    ...(published === undefined || revision === undefined || !COMMIT.test(revision)
      ? {}
      : { package: { ecosystem: "GIT", name: published.url, purl: published.purl }, versions: [revision.toLowerCase()] }),
    database_specific: { digests: { manifest: digested.manifestDigest, files: [...new Set(found)].toSorted() } },
  };
}

function counts({ outcome, isWaived }: GradedFinding): boolean {
  return outcome !== "note" && !isWaived;
}

const OUTCOMES = ["code", "invalid", "unknown"];

function byOutcome(a: GradedFinding, b: GradedFinding): number {
  return OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome);
}

/** What is worst comes first; what is alike by name. */
function byWeight(a: FileRisk, b: FileRisk): number {
  return OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || (a.file < b.file ? -1 : 1);
}

/** Each finding with its place, in Markdown. Names and words of a model may be hostile. */
function detailsOf(files: readonly FileRisk[]): string {
  const lines = files.toSorted(byWeight).flatMap(({ file, findings }) =>
    findings.toSorted(byOutcome).map(({ outcome, what, member, offset, reason }) => {
      const place = [...(member === undefined ? [] : [`in ${plainText(member)}`]), ...(offset === undefined ? [] : [`at byte ${offset}`])];
      return `- ${plainText(file)}${place.length === 0 ? "" : ` (${place.join(", ")})`}: ${plainText(what)} [${outcome}, ${reason}]`;
    }),
  );
  const more = lines.length > MAX_LISTED ? [`- and ${lines.length - MAX_LISTED} more`] : [];
  return ["What a loader of this model does or cannot tell, by reading its files:", "", ...lines.slice(0, MAX_LISTED), ...more, ""].join(
    "\n",
  );
}

function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > MAX_SUMMARY ? `${characters.slice(0, MAX_SUMMARY - 1).join("")}…` : text;
}
