import { endsOfDigest } from "../../text/digests.ts";
import { sha256Text } from "../../../report/digest-text.ts";
import { leftOutRow, notCoveredBlocks } from "../../text/coverage.ts";
import { escapeName } from "../../text/escape.ts";
import { signerPhrase } from "../../text/names.ts";
import { missingBlocks, moreRow, shorten } from "./short-report.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { formatSize, groupDigits, plural } from "../../text/sizes.ts";
import type {
  ComponentFindings,
  ComponentSign,
  EvaluatedComponent,
  Evaluation,
  FolderAnswer,
  FolderBinding,
  FolderCoverage,
  LicenseFile,
  OpennessAssessment,
} from "../../../index.ts";
import { CLASS_NAMES, countFor, isOpenStatus, progressText, SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";

/** Component names are up to 31 characters long. */
const COLUMN = 36;

/** The two answers about a folder, what they rest on, and what to do next. */
export function folderReport(assessment: OpennessAssessment, verbose: boolean): Report {
  const { findings, asFound, ifClaimsHold, binding, coverage, written, notCovered } = assessment;
  const inState = (state: ComponentFindings["state"]): readonly ComponentFindings[] =>
    findings.components.filter((component) => component.state === state);
  return [
    firstLine(assessment),
    row("as found", progressOf(asFound.evaluation)),
    row("with claims", progressOf(ifClaimsHold.evaluation)),
    ...modelRows(assessment),
    ...licenseRows(assessment),
    ...section(
      "Found in the folder",
      inState("found").map((component) => foundEntry(component, asFound)),
    ),
    ...section(
      "Claimed, and not in the folder",
      inState("claimed").map((component) => claimedEntry(component, ifClaimsHold)),
    ),
    ...unknownBlocks(inState("unknown")),
    ...stepBlocks(assessment),
    { kind: "blank" },
    ...boundRows(binding, verbose),
    ...notCoveredBlocks("left out", notCovered),
    ...coverageBlocks(coverage),
    ...writtenRows(written),
  ];
}

/** Both answers, the licenses and what is missing for the next class: 25 lines at most. */
export function shortFolderReport(assessment: OpennessAssessment, verbose: boolean): Report {
  const { findings, asFound, ifClaimsHold, binding, coverage, written, notCovered } = assessment;
  return [
    firstLine(assessment),
    row("as found", progressOf(asFound.evaluation)),
    row("with claims", progressOf(ifClaimsHold.evaluation)),
    ...licenseRows(assessment, MAX_SHORT_LICENSES),
    ...missingBlocks(asFound.evaluation, " by what is in the folder"),
    ...lacksText(findings, asFound.evaluation),
    ...boundRows(binding, verbose).slice(0, verbose ? undefined : 1),
    ...leftOutRow(notCovered),
    ...coverageBlocks(coverage, 3),
    ...writtenRows(written),
    moreRow(),
  ];
}

const MAX_SHORT_LICENSES = 2;

function firstLine({ name, asFound, ifClaimsHold }: OpennessAssessment): Block {
  const shown = escapeName(name);
  const [found, claims] = [asFound.evaluation.class, ifClaimsHold.evaluation.class];
  const better =
    claims !== null && (found === null || claims < found) ? `; ${SHORT_CLASS_NAMES[claims]} if what its files claim is true` : "";
  if (found !== null) return answer("yes", CLASS_NAMES[found], `${shown}, by what is in the folder${better}`);
  const { has, asked } = countFor(asFound.evaluation, 3);
  const { has: claimed } = countFor(ifClaimsHold.evaluation, 3);
  const withClaims = better === "" && claimed > has ? `, and ${claimed} with what its files claim` : better;
  return answer(
    better === "" ? "no" : "unsure",
    "No class",
    `${shown} shows ${has} of the ${asked} components that Class III asks for${withClaims}`,
  );
}

function progressOf({ class: best, progress }: Evaluation): string {
  return `${best === null ? "no class" : CLASS_NAMES[best]}; progress ${progressText(progress)}`;
}

function modelRows({ findings }: OpennessAssessment): Block[] {
  const { architecture, parameters, baseModels } = findings.facts;
  const parts = [
    plural(findings.fileCount, "file"),
    ...(architecture === undefined ? [] : [escapeName(architecture)]),
    ...(parameters === undefined ? [] : [`${groupDigits(parameters)} parameters`]),
    ...(baseModels.length === 0 ? [] : [`made from ${baseModels.map(escapeName).join(", ")}`]),
  ];
  const note = findings.isDataSet ? [row("", "its card is of a data set; the framework is for models")] : [];
  const also = findings.alsoFound.slice(0, MAX_ALSO).map(escapeName).join(", ");
  const rest = findings.alsoFound.length > MAX_ALSO ? ` and ${findings.alsoFound.length - MAX_ALSO} more` : "";
  return [row("model", parts.join(", ")), ...(also === "" ? [] : [row("also here", also + rest)]), ...note];
}

function licenseRows({ findings, asFound, ifClaimsHold }: OpennessAssessment, most = 6): Block[] {
  const { licenseClaims } = findings;
  // License texts that are not open come first.
  const licenseFiles = [...findings.licenseFiles].sort((a, b) => Number(a.isOpen) - Number(b.isOpen));
  const texts = licenseFiles.slice(0, most).map((file) => `${shorten(file.path)} ${describeText(file)}`);
  if (licenseFiles.length > most) texts.push(`and ${plural(licenseFiles.length - most, "more text")} of licenses or terms`);
  const claims = licenseClaims.slice(0, most).map(({ file, name, isByLink = false }) => {
    return `${shorten(file)} ${isByLink ? "links to" : "says"} ${shorten(name)}`;
  });
  if (texts.length + claims.length === 0) return [row("license", "missing: neither a license file nor a statement")];
  if (texts.length === 0) claims.push("no license text in the folder");
  return [
    ...[...texts, ...claims].map((line, index) => row(index === 0 ? "license" : "", line)),
    ...restrictionRows(asFound, ifClaimsHold).slice(0, most),
  ];
}

/** Why licenses that apply are not open, each once. */
function restrictionRows(...answers: readonly FolderAnswer[]): Block[] {
  const lines = new Set<string>();
  for (const { evaluation } of answers) {
    for (const { license, restriction } of evaluation.components) {
      if (restriction !== null) lines.add(`${escapeName(shownLicense(license))}: ${restriction.reason} (${restriction.clause})`);
    }
  }
  return [...lines].slice(0, 6).map((line, index) => row(index === 0 ? "not open" : "", line));
}

function describeText({ text: found, found: by, unread, isUsePolicy }: LicenseFile): string {
  if (unread !== undefined) return `was not read (${unread})`;
  switch (found.kind) {
    case "exact":
      return `is ${found.ids.length > 1 ? found.ids.join(" or ") : (found.ids[0] ?? found.name)}, word for word`;
    case "near":
      if (found.newerVersion !== undefined) return `names version ${found.newerVersion}, newer than ${found.ids[0] ?? found.name}: unknown`;
      return `${found.title === undefined ? "" : `calls itself ${found.title}, `}is like ${found.ids[0] ?? found.name} (${found.similarity} %), and was changed`;
    case "named":
      return `calls itself ${found.name}`;
    case "unknown":
      if (isUsePolicy) return "limits what the model may be used for";
      return by === "content" ? "has terms of an unknown license" : "is not a known license";
  }
}

function section(title: string, entries: readonly Block[]): Block[] {
  return entries.length === 0 ? [] : [{ kind: "blank" }, { kind: "heading", text: title }, ...entries];
}

function foundEntry({ name, signs, files }: ComponentFindings, { evaluation }: FolderAnswer): Block {
  const [first] = signs;
  const evaluated = evaluation.components.find((component) => component.name === name);
  const more = files.length > 1 ? ` and ${plural(files.length - 1, "more", "more")}` : "";
  const file = first === undefined ? "" : `${escapeName(first.file)} (${first.why})${more}`;
  return entry(name, `${isGood(evaluated) ? "✔" : "✘"} ${file}${licenseWords(evaluated)}`);
}

const MAX_ALSO = 6;
const PLURALS = { code: "code", data: "data", document: "documents" } as const;

function isGood(evaluated: EvaluatedComponent | undefined): boolean {
  return isOpenStatus(evaluated?.status);
}

function licenseWords(evaluated: EvaluatedComponent | undefined): string {
  switch (evaluated?.status) {
    case "included":
    case "optional":
      return `, ${evaluated.license ?? ""}${evaluated.typeAppropriate === false ? `, open, and not recommended for ${PLURALS[evaluated.kind]}` : ""}`;
    case "unlicensed":
      return ", and no license text covers it";
    case "invalid":
      return `, under ${shownLicense(evaluated.license)}, which is not open`;
    default:
      return "";
  }
}

/** The names for unknown texts are written in files; a person reads words. */
function shownLicense(license: string | null): string {
  if (license === null) return "no license";
  return license
    .replace(/LicenseRef-unknown-text/g, "an unknown license")
    .replace(/LicenseRef-no-license/g, "no license")
    .replace(/LicenseRef-changed-(\S+)/g, "a changed $1")
    .replace(/LicenseRef-/g, "");
}

function claimedEntry({ name, signs }: ComponentFindings, { evaluation }: FolderAnswer): Block {
  const [first, ...others] = signs;
  const evaluated = evaluation.components.find((component) => component.name === name);
  const more = others.length === 0 ? "" : `, and ${plural(others.length, "more claim")}`;
  const license = isGood(evaluated)
    ? `; ${evaluated?.license ?? ""} if that is true`
    : evaluated?.status === "invalid"
      ? `; under ${shownLicense(evaluated.license)}, not open`
      : "; its license is not stated";
  return entry(name, `? ${first === undefined ? "" : describeClaim(first)}${more}${license}`);
}

function describeClaim({ file, why }: ComponentSign): string {
  return `${escapeName(file)} ${why}`;
}

function unknownBlocks(components: readonly ComponentFindings[]): Block[] {
  if (components.length === 0) return [];
  const names = components.map(({ name }) => name).join(", ");
  return [{ kind: "blank" }, { kind: "heading", text: "Unknown: no file in the folder mentions them" }, text(names)];
}

function stepBlocks({ findings, asFound }: OpennessAssessment): Block[] {
  const { nextClass, steps } = asFound.evaluation;
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  const advised = steps.filter(({ problem }) => problem === "not-fit");
  return [
    ...(nextClass === null || needed.length === 0
      ? []
      : [
          { kind: "blank" } as const,
          { kind: "heading", text: `To reach ${SHORT_CLASS_NAMES[nextClass]} by what is in the folder` } as const,
          ...lacksText(findings, asFound.evaluation),
          ...needed.map(stepEntry),
        ]),
    ...(advised.length === 0
      ? []
      : [
          { kind: "blank" } as const,
          { kind: "heading", text: "Recommended, and not required for the class" } as const,
          ...advised.map(stepEntry),
        ]),
  ];
}

function lacksText({ licenseFiles }: OpennessAssessment["findings"], { steps }: Evaluation): Block[] {
  if (licenseFiles.length > 0 || !steps.some(({ problem }) => problem === "no-license")) return [];
  return [text("Put the license's text into the folder, as a file LICENSE: a name alone is a claim. Then:")];
}

function stepEntry({ component, text: what, example }: Evaluation["steps"][number], index: number): Block {
  return entry(`${index + 1}. ${component}`, `${what}. In mof.yml: ${example}`);
}

function boundRows(binding: FolderBinding | undefined, verbose: boolean): Block[] {
  if (binding === undefined) return [row("digest", "missing: the answer is not bound to the bytes of the model")];
  const shown = (hex: string): string => (verbose ? sha256Text(hex) : endsOfDigest(sha256Text(hex)));
  return [
    row("manifest", `${shown(binding.manifestDigest)}, ${plural(binding.fileCount, "file")}, ${formatSize(binding.totalBytes)}`),
    ...(verbose ? [row("root digest", sha256Text(binding.rootDigest))] : []),
  ];
}

const MAX_UNCOVERED = 20;

function coverageBlocks(coverage: FolderCoverage | undefined, most = MAX_UNCOVERED): Block[] {
  if (coverage === undefined) return [];
  const { verification, files } = coverage;
  if (verification.outcome !== "verified") {
    const word = verification.outcome === "failed" ? "not verified" : "could not tell";
    return [row("signature", `${word}: ${verification.error.message}`), row("", "none of the files above counts as signed")];
  }
  const uncovered = files.filter(({ covered }) => !covered);
  const signer = signerPhrase(verification.signer);
  if (uncovered.length === 0)
    return [row("signature", `covers all ${plural(files.length, "file")} that the answers rest on; by ${signer}`)];
  return [
    row("signature", `covers ${files.length - uncovered.length} of ${plural(files.length, "file")} that the answers rest on; by ${signer}`),
    ...uncovered.slice(0, most).map(({ name }, index) => row(index === 0 ? "not covered" : "", escapeName(name))),
  ];
}

function writtenRows(written: OpennessAssessment["written"]): Block[] {
  if (written === undefined) return [];
  const { name, isNew, added, toConfirm } = written;
  const what = added.length === 0 ? "nothing was missing in it" : `${plural(added.length, "entry", "entries")} added`;
  return [
    row("written", `${escapeName(name)}, ${isNew ? "new" : what}`),
    ...(toConfirm.length === 0 ? [] : [row("to confirm", `${toConfirm.join(", ")}: marked in the file as claimed`)]),
  ];
}

function entry(term: string, content: string): Block {
  return { kind: "entry", term, text: content, column: COLUMN };
}
