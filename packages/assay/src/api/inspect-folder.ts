import { describeClaimed, describeFound } from "../openness/folder/describe.ts";
import type { ModelFindings } from "../openness/folder/findings.ts";
import { withFolderSteps } from "../openness/folder/folder-steps.ts";
import { licenseWarnings } from "../openness/folder/license-warnings.ts";
import { withStatedLicenses } from "../openness/folder/stated-license.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { HashOptions } from "../hashing/hash.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { evaluate } from "../openness/evaluate.ts";
import type { Evaluation } from "../openness/evaluation.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { ModelDescription } from "../openness/model.ts";
import { readModelFile } from "../openness/read-model.ts";
import { gatherFindings } from "../probe/gather.ts";
import { filesOfModel } from "../probe/model-on-disk.ts";
import type { FileInModel, Inventory, LeftOut } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import type { SourceFacts } from "../source/remote/remote-model.ts";
import { withoutName } from "../source/second-look.ts";
import { Turns } from "../source/turns.ts";
import type { FileDigests } from "../statement/manifest.ts";
import type { VerificationRecord } from "../verdict/record.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import type { CompareOptions } from "./compare-model.ts";
import { digestWalked } from "./digest-walked.ts";
import type { AnyModel, OpenedModel } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
import type { ProvenSignature } from "./prove-signature.ts";
import type { Digested, Verification } from "./results.ts";
import { verifyFiles } from "./verify-files.ts";

/** Which files of a folder count, and how the model in it is evaluated. */
export interface FolderOptions extends WalkOptions, WorkOptions, RemoteOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  readonly licenses: LicenseCatalog;
  /** The Model Openness Tool's answer in every detail. Default false. */
  readonly strict?: boolean;
  /** The path of the signature, which is not part of the model. Default: as for `digest`. */
  readonly signature?: string;
}

/** One of the two answers: a description, and what it comes to. */
export interface FolderAnswer {
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

/** A folder that was walked and read, and the answers that this gives. */
export interface FolderInspection {
  /** The folder's name. */
  readonly name: string;
  readonly findings: ModelFindings;
  /** By the files in the folder. */
  readonly asFound: FolderAnswer;
  /** If everything that its files claim is true. */
  readonly ifClaimsHold: FolderAnswer;
  /** In the folder and not read: what ignore rules hide, and the signature. */
  readonly notCovered: readonly LeftOut[];
  readonly warnings: readonly Warning[];
}

/** An inspection with its one walk: what was read, and what more is asked of the same files. */
export interface WalkedInspection extends FolderInspection {
  readonly inventory: Inventory<FileInModel>;
  /** Where the model was read, of one on a server. */
  readonly source: SourceFacts | undefined;
  /** As `checkUnchanged`; without the name of a file that was written meanwhile. */
  readonly checkUnchanged: (signal: AbortSignal | undefined, written?: string) => Promise<void>;
  /** As `digestWalked`. */
  readonly digest: (options: HashOptions, known: ReadonlyMap<string, FileDigests>) => Promise<Digested>;
  /** As `verifyFiles`. */
  readonly verify: (proven: ProvenSignature, options: CompareOptions, record: VerificationRecord) => Promise<Verification>;
}

/**
 * Walks a folder, or a model on a server, once, and reads what says how open the model in it is. The folder is hostile input: nothing in it
 * is executed, links are followed only where the caller allows them, every read has a bound.
 *
 * Throws FILE_NOT_FOUND, USAGE for what is not a folder, INTERNAL where the installation lacks its license texts, ABORTED.
 */
export async function inspectFolder(folder: AnyModel, options: FolderOptions): Promise<WalkedInspection> {
  return withOpened(folder, options, async (model) => inspectOpened(model, options));
}

async function inspectOpened<File extends FileInModel>(model: OpenedModel<File>, options: FolderOptions): Promise<WalkedInspection> {
  if (model.kind !== "directory") throw new AssayError("USAGE", `${model.given} is not a folder`);
  const aside = await model.signatureAside(options.signature);
  const inventory = await model.inventory({ ...options, signature: aside.excludedFile, seen: aside.seen });
  const inspection = await inspectWalked(model, inventory, options);
  return { ...inspection, warnings: [...aside.warnings, ...inspection.warnings] };
}

/** Inspects a model that was walked, by any question. The second look is the caller's, before the answer. */
export async function inspectWalked<File extends FileInModel>(
  model: OpenedModel<File>,
  inventory: Inventory<File>,
  { licenses, strict = false }: Pick<FolderOptions, "licenses" | "strict">,
): Promise<WalkedInspection> {
  const { name } = model;
  const findings = await gatherFindings(filesOfModel(model, inventory), (bytes) => readModelFile(bytes, "mof.yml").model, {
    isOpen: (id) => licenses.find(id)?.isOpen === true,
    isClosedName: (closed) => licenses.find(closed)?.isOpen === false,
    find: (written) => licenses.find(written),
  });
  const found = describeFound(findings, licenses, name);
  const claimed = describeClaimed(findings, found, name);
  const answerOf = (description: ModelDescription): FolderAnswer => ({
    model: description,
    evaluation: withFolderSteps(evaluate(description, licenses, { strict }), findings, claimed),
  });
  return {
    name,
    findings,
    asFound: withStated(answerOf(found), findings),
    ifClaimsHold: answerOf(claimed),
    inventory,
    source: model.source,
    notCovered: model.leftOut(inventory),
    warnings: [...inventory.warnings, ...findings.warnings, ...licenseWarnings(findings, licenses)],
    checkUnchanged: async (signal, written) =>
      checkUnchanged(model, written === undefined ? inventory : withoutName(inventory, written), new Turns(signal)),
    digest: async (hashing, known) => digestWalked(inventory, hashing, model, known),
    verify: async (proven, comparing, record) => verifyFiles(model, proven, inventory, comparing, record),
  };
}

function withStated(answer: FolderAnswer, findings: ModelFindings): FolderAnswer {
  return { ...answer, evaluation: withStatedLicenses(answer.evaluation, findings) };
}

/**
 * Looks at the folder a second time: before anything is written into it, and before the answer.
 *
 * Throws FILE_CHANGED, by name, where it is not what it was when it was walked; ABORTED.
 */
export async function checkInspection(inspection: WalkedInspection, signal: AbortSignal | undefined, written?: string): Promise<void> {
  await inspection.checkUnchanged(signal, written);
}
