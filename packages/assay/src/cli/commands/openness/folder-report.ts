import { endsOfDigest } from "../../text/digests.ts";
import { sha256Text } from "../../../report/digest-text.ts";
import { leftOutRow, notCoveredBlocks } from "../../text/coverage.ts";
import { escapeName } from "../../text/escape.ts";
import { signerPhrase } from "../../text/names.ts";
import { sourceRows } from "../../text/source.ts";
import { answer, row, type Block, type Report } from "../../text/report.ts";
import { formatSize, groupDigits, plural } from "../../text/sizes.ts";
import type { Evaluation, FolderCoverage, OpennessAssessment } from "../../../index.ts";
import { CLASS_NAMES, claimsNote, countFor, progressText, SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";
import { componentBlocks } from "./folder-components.ts";
import { licenseRows } from "./folder-licenses.ts";
import { lacksText, stepBlocks } from "./folder-steps.ts";
import { cut, missingBlocks, moreRow, shortenPath } from "./short-report.ts";

/** The two answers about a folder, what they rest on, and what to do next. */
export function folderReport(assessment: OpennessAssessment, verbose: boolean): Report {
  const { source, coverage, written, notCovered } = assessment;
  return [
    firstLine(assessment),
    ...answerRows(assessment),
    ...notReadRows(assessment),
    ...modelRows(assessment),
    ...licenseRows(assessment),
    ...componentBlocks(assessment),
    ...stepBlocks(assessment),
    { kind: "blank" },
    ...sourceRows(source),
    ...boundRows(assessment, verbose),
    ...notCoveredBlocks("left out", notCovered),
    ...coverageBlocks(coverage),
    ...writtenRows(written),
    ...(written === undefined ? [row("your model?", "--write starts its mof.yml, with what to do for the class")] : []),
  ];
}

const MAX_SHORT_LICENSES = 2;
const MAX_SHORT_LIMITS = 2;
/** The files of a limit may be many. */
const MAX_LIMIT = 110;

/** Both answers, the licenses and what is missing for the next class: 25 lines at most. */
export function shortFolderReport(assessment: OpennessAssessment, verbose: boolean): Report {
  const { source, findings, asFound, coverage, written, notCovered } = assessment;
  return [
    firstLine(assessment),
    ...answerRows(assessment),
    ...notReadRows(assessment, MAX_SHORT_LIMITS),
    ...licenseRows(assessment, MAX_SHORT_LICENSES),
    ...missingBlocks(asFound.evaluation, " by what is in the folder"),
    ...lacksText(findings, asFound.evaluation, written !== undefined),
    ...sourceRows(source),
    ...boundRows(assessment, verbose).slice(0, verbose ? undefined : 1),
    ...leftOutRow(notCovered),
    ...coverageBlocks(coverage, 3),
    ...writtenRows(written),
    moreRow(),
  ];
}

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

/** Both answers; where claims add nothing, or take something away, the reason. */
function answerRows({ findings, asFound, ifClaimsHold }: OpennessAssessment): Block[] {
  const note = claimsNote(findings.components, asFound.evaluation, ifClaimsHold.evaluation);
  return [
    row("as found", progressOf(asFound.evaluation)),
    row("with claims", progressOf(ifClaimsHold.evaluation)),
    ...(note === undefined ? [] : [row("", note)]),
  ];
}

function progressOf({ class: best, progress }: Evaluation): string {
  return `${best === null ? "no class" : CLASS_NAMES[best]}; progress ${progressText(progress)}`;
}

/** Where reading stopped: what is there may say more. */
function notReadRows(assessment: OpennessAssessment, most?: number): Block[] {
  // The label says it already.
  const notRead = assessment.notRead.map((line) => line.replace(/^not read: /, ""));
  const shown = most === undefined ? notRead : notRead.slice(0, most).map((line) => cut(line, MAX_LIMIT));
  const rest = notRead.length - shown.length;
  const lines = rest > 0 ? [...shown, `and ${rest} more such ${rest === 1 ? "line" : "lines"}; --full shows them`] : shown;
  return lines.map((line, index) => row(index === 0 ? "not read" : "", line));
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
  return [row("model", parts.join(", ")), ...alsoRow(findings.alsoFound), ...note];
}

/** What a line of 60 columns holds beside the label and the rest's number. */
const MAX_ALSO = 34;

/** Configuration and tokenizers, in one line of a narrow terminal. */
function alsoRow(names: readonly string[]): Block[] {
  const [first, ...others] = names.map((name) => shortenPath(name, MAX_ALSO));
  if (first === undefined) return [];
  let line = first;
  let left = others.length;
  for (const name of others) {
    if (line.length + name.length + 2 > MAX_ALSO) break;
    line = `${line}, ${name}`;
    left -= 1;
  }
  return [row("also here", left === 0 ? line : `${line} and ${groupDigits(left)} more`)];
}

function boundRows({ source, binding }: OpennessAssessment, verbose: boolean): Block[] {
  if (binding === undefined && source !== undefined) return [row("digest", "not computed: only small files and headers were read")];
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
    ...(uncovered.length > most ? [row("", `and ${groupDigits(uncovered.length - most)} more`)] : []),
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
