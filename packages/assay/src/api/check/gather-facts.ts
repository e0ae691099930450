import type { Comparison } from "../../comparison/difference.ts";
import { plural } from "../../core/sizes.ts";
import { isOpenStatus, type Evaluation } from "../../openness/evaluation.ts";
import { licenseOfWeights } from "../../openness/folder/license-of-weights.ts";
import type { LicenseCatalog } from "../../openness/license.ts";
import type {
  DecisionKnowledge,
  Facts,
  LicenseFactsOfModel,
  LoadRiskFacts,
  OpennessGrade,
  OpennessOfModel,
  SignatureFacts,
  Unavailable,
  UncoveredFile,
  WeightFile,
} from "../../policy/facts.ts";
import type { PolicyEntry } from "../../policy/policy.ts";
import { mayHoldWeights } from "../../probe/load/known-formats.ts";
import type { FileRisk, LoadRisk } from "../../risk/grade.ts";
import { isGitPath } from "../../source/shared-rules.ts";
import type { FolderInspection } from "../inspect-folder.ts";
import type { Digested } from "../results.ts";
import type { ProvenSigners } from "./prove-signers.ts";

/** What the questions about one model answered. */
export interface Answers {
  readonly signers: ProvenSigners | undefined;
  readonly comparison: Comparison | undefined;
  readonly digested: Digested;
  readonly risk: LoadRisk;
  /** The server that does not list its files, where it is one: what else it has cannot be seen. */
  readonly unlistedHost: string | undefined;
  /** Undefined where no rule asks. */
  readonly inspection: FolderInspection | undefined;
}

/** A fact that nothing rests on. */
export const NOT_ASKED: Unavailable = { unavailable: "no rule asked for it" };

/** The facts that a decision rests on, as far as signature, bytes, load risk and openness give them. */
export function factsOf(
  { signers, comparison, digested, risk, unlistedHost, inspection }: Answers,
  entry: PolicyEntry | undefined,
  knowledge: DecisionKnowledge,
): Omit<Facts, "model" | "lock" | "advisories"> {
  return {
    signature: signers === undefined ? NOT_ASKED : signatureFacts(signers, comparison, entry),
    uncovered: unlistedHost === undefined ? uncoveredFiles(comparison, digested, risk) : unseenFiles(unlistedHost),
    load: loadFacts(risk),
    weights: weightFiles(risk.files),
    totalBytes: digested.totalBytes,
    license: inspection === undefined ? NOT_ASKED : licenseFacts(inspection, knowledge.licenses),
    openness: inspection === undefined ? NOT_ASKED : opennessFacts(inspection),
    digests: "computed",
  };
}

function signatureFacts(
  { isSigned, always, entries }: ProvenSigners,
  comparison: Comparison | undefined,
  entry: PolicyEntry | undefined,
): SignatureFacts | Unavailable {
  if (typeof isSigned !== "boolean") return isSigned;
  const { differences = [], notDownloaded = [] } = comparison ?? {};
  if (differences.length > 0 && differences.length === notDownloaded.length) {
    const [first] = notDownloaded;
    const count = `${plural(notDownloaded.length, "signed file")} ${notDownloaded.length === 1 ? "was" : "were"} not downloaded`;
    return { unavailable: `${count}: ${first?.name ?? ""} is a git-LFS pointer` };
  }
  return {
    isSigned,
    changed: differences.map(({ name }) => name),
    always,
    entry: (entry === undefined ? undefined : entries.get(entry)) ?? [],
  };
}

function unseenFiles(host: string): Unavailable {
  return { unavailable: `${host} does not list its files: whether it has others than the signed ones cannot be told` };
}

/** What a loader reads counts as loaded, and so does what no scan has seen. */
function uncoveredFiles(comparison: Comparison | undefined, { files }: Digested, risk: LoadRisk): readonly UncoveredFile[] {
  const isLoaded = new Map(risk.files.map((file) => [file.file, file.isLoaded]));
  const names =
    comparison === undefined
      ? files.map(({ name }) => name)
      : [...comparison.unsigned, ...comparison.notCovered].map(({ name }) => name).filter((name) => !isGitPath(name));
  return names.map((name) => ({ name, isLoaded: isLoaded.get(name) ?? true }));
}

function loadFacts({ outcome, files, findings }: LoadRisk): LoadRiskFacts {
  const ofFiles = files.flatMap(({ file, findings: all }) => all.map((finding) => ({ file, ...finding })));
  const all = [...ofFiles, ...findings.map((finding) => ({ file: "the model", ...finding }))];
  return {
    outcome,
    findings: all.flatMap(({ reason, outcome: graded, file, what, offset, name }) =>
      graded === "note" ? [] : [{ reason, outcome: graded, file, what, offset, name }],
    ),
  };
}

/** A pointer in the place of a file says nothing of its format: that is unknown, and no other format. */
function weightFiles(files: readonly FileRisk[]): readonly WeightFile[] | Unavailable {
  const pointer = files.find(({ findings }) => findings.some(({ reason }) => reason === "folder/lfs-pointer"));
  if (pointer !== undefined) return { unavailable: `${pointer.file} was not downloaded: a git-LFS pointer is in its place` };
  return files.filter(mayHoldWeights).map(weightFile);
}

function weightFile({ file, format, facts }: FileRisk): WeightFile {
  return { name: file, format, memoryBytes: facts.weightBytes };
}

function licenseFacts({ findings, ifClaimsHold }: FolderInspection, catalog: LicenseCatalog): LicenseFactsOfModel {
  return licenseOfWeights(findings, ifClaimsHold.evaluation, catalog);
}

function opennessFacts({ asFound, ifClaimsHold }: FolderInspection): OpennessOfModel {
  return { found: gradeOf(asFound.evaluation), claimed: gradeOf(ifClaimsHold.evaluation) };
}

function gradeOf({ class: reached, components }: Evaluation): OpennessGrade {
  return { class: reached, open: components.filter(({ status }) => isOpenStatus(status)).map(({ name }) => name) };
}
