import { basename, join, resolve } from "node:path";
import type { DigestOptions } from "./digest.ts";
import { digestWalked } from "./digest-walked.ts";
import { withModel } from "../source/open-model.ts";
import { asAssayError, AssayError } from "../core/error.ts";
import { licenseWarnings } from "../openness/folder/license-warnings.ts";
import { describeClaimed, describeFound } from "../openness/folder/describe.ts";
import type { ModelFindings } from "../openness/folder/findings.ts";
import { filesOfFolder, listFolder, resolveFolder } from "../probe/folder.ts";
import { gatherFindings } from "../probe/gather.ts";
import { hubCacheOf } from "../source/hub-cache.ts";
import { ignoreRules } from "../source/ignore-rules.ts";
import type { LeftOut } from "../source/inventory.ts";
import { LeftOutCounter } from "../source/left-out.ts";
import { findModel } from "../source/model-place.ts";
import type { WalkOptions } from "../source/options.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { checkUnchanged, type Walked } from "../source/second-look.ts";
import { seeFolder, withoutName } from "../source/see-folder.ts";
import { Turns } from "../source/turns.ts";
import { evaluate } from "../openness/evaluate.ts";
import type { Evaluation } from "../openness/evaluation.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { ModelDescription } from "../openness/model.ts";
import { readModelFile } from "../openness/read-model.ts";
import type { Digested, Verification } from "./results.ts";
import type { FileDigests } from "../statement/manifest.ts";
import { compareNames } from "../statement/name-order.ts";
import type { Trust } from "../trust/trust.ts";
import { signatureAside } from "../source/signature-aside.ts";
import { verify } from "./verify.ts";
import type { Warning } from "../core/warning.ts";

export interface FolderOptions extends WalkOptions, WorkOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  readonly licenses: LicenseCatalog;
  /** The Model Openness Tool's answer in every detail. Default false. */
  readonly strict?: boolean;
  /** The signature to ask which files are covered; without `trust`, none is. */
  readonly signature?: string;
  readonly trust?: Trust;
}

/** One of the two answers: what was judged, and how. */
export interface FolderAnswer {
  readonly model: ModelDescription;
  readonly evaluation: Evaluation;
}

export interface FolderInspection {
  /** As the caller named it. */
  readonly name: string;
  readonly findings: ModelFindings;
  /** By what lies in the folder. */
  readonly asFound: FolderAnswer;
  /** If everything that its files say is true. */
  readonly ifClaimsHold: FolderAnswer;
  /** The folder as it was before it was read. */
  readonly before: Walked;
  /** In the folder, and not looked at: what ignore rules hide, and the signature. */
  readonly notCovered: readonly LeftOut[];
  readonly warnings: readonly Warning[];
}

/** The answer tied to bytes: an openness statement cannot be moved to another model. */
export interface FolderBinding {
  /** `sha256:` and hex, as every digest that stands for a model. */
  readonly rootDigest: string;
  readonly manifestDigest: string;
  readonly fileCount: number;
  readonly totalBytes: number;
}

/** Which of the files that the answers rest on are under a signature that verified. */
export interface FolderCoverage {
  readonly verification: Verification;
  /** Every file that an answer rests on; none is covered unless the signature is verified. */
  readonly files: readonly { readonly name: string; readonly covered: boolean }[];
}

/**
 * How open is the model in this folder, by the Model Openness Framework? The folder is hostile input:
 * nothing in it is executed, links lead nowhere unless the caller allows them, every read has a bound.
 *
 * Throws FILE_NOT_FOUND, USAGE where there is no folder, INTERNAL where the installation lacks its license texts, ABORTED.
 */
export async function inspectFolder(folder: string, options: FolderOptions): Promise<FolderInspection> {
  const { cwd = process.cwd(), licenses, strict = false } = options;
  const path = resolve(cwd, folder);
  const root = resolveFolder(path);
  const aside = signatureAside(path, options.signature, cwd);
  const { reasons } = ignoreRules(findModel(path, cwd), {
    cwd,
    ignorePaths: options.ignorePaths ?? [],
    ignoreGitPaths: options.ignoreGitPaths ?? true,
    signedIgnorePaths: [],
    excludedFile: aside.excludedFile,
  });
  const allowLinks = options.allowSymlinks ?? false;
  const turns = new Turns(options.signal);
  const before = await seeFolder(root, {
    ignoreRules: reasons,
    allowLinks: allowLinks || hubCacheOf(root) !== undefined,
    turns,
    signal: options.signal,
  });
  before.seen.add(aside.seen);
  const leftOut: string[] = [];
  const listing = await listFolder(root, {
    leftOut: (name) => {
      const isLeftOut = reasons.has(name);
      if (isLeftOut) leftOut.push(name);
      return isLeftOut;
    },
    allowLinks,
    turns,
  });
  const counter = new LeftOutCounter(turns, new Set(), reasons);
  const notCovered: LeftOut[] = [];
  for (const name of leftOut.sort(compareNames)) {
    const reason = reasons.get(name);
    const counted = reason === undefined ? undefined : await counter.count(join(root, name), name, reason);
    if (counted !== undefined) notCovered.push(counted);
  }
  const findings = await gatherFindings(filesOfFolder(listing), (bytes) => readModelFile(bytes, "mof.yml").model, {
    isOpen: (id) => licenses.find(id)?.isOpen === true,
    isClosedName: (name) => licenses.find(name)?.isOpen === false,
  });
  const name = basename(path) || "model";
  const found = describeFound(findings, licenses, name);
  const answerOf = (model: ModelDescription): FolderAnswer => ({
    model,
    evaluation: withShortfalls(evaluate(model, licenses, { strict }), findings),
  });
  return {
    name,
    findings,
    asFound: answerOf(found),
    ifClaimsHold: answerOf(describeClaimed(findings, found, name)),
    before,
    notCovered,
    warnings: [...aside.warnings, ...findings.warnings, ...licenseWarnings(findings, licenses)],
  };
}

/**
 * Looks at the folder a second time: before anything is written into it, and before the answer.
 *
 * Throws FILE_CHANGED, by name, where it is not what it was before it was inspected; ABORTED.
 */
export async function checkInspection(inspection: FolderInspection, signal: AbortSignal | undefined, written?: string): Promise<void> {
  const { before } = inspection;
  await checkUnchanged(written === undefined ? before : withoutName(before, written), new Turns(signal));
}

/** A step for what is there and too little says so, instead of "not there". */
function withShortfalls(evaluation: Evaluation, { components }: ModelFindings): Evaluation {
  const steps = evaluation.steps.map((step) => {
    const shortfall = components.find(({ name }) => name === step.component)?.shortfall;
    return step.problem === "missing" && shortfall !== undefined ? { ...step, text: shortfall } : step;
  });
  return { ...evaluation, steps };
}

/** What happened to the model since it was inspected, before it is bound. */
export interface Meanwhile {
  /** A file that was written into it. */
  readonly written?: string | undefined;
  /** What `coverageOf` answered: the files that it hashed and found as signed need not be read again. */
  readonly coverage?: FolderCoverage | undefined;
}

/**
 * Hashes the model, so that what was found out is bound to its bytes: as `digest` does. Where it has no
 * digest (links, pipes), the answer is bound to nothing, and a warning says why.
 *
 * Throws FILE_CHANGED where a file that was read is another one by now; ABORTED.
 */
export async function bindInspection(
  folder: string,
  inspection: FolderInspection,
  options: Pick<DigestOptions, "signature" | "cwd"> & WalkOptions & WorkOptions,
  { written, coverage }: Meanwhile = {},
): Promise<{ readonly binding: FolderBinding | undefined; readonly warnings: readonly Warning[] }> {
  let digested: Digested;
  try {
    const known = new Map(coverage === undefined ? [] : hashedAsSigned(coverage.verification));
    if (written !== undefined) known.delete(written);
    digested = await withModel(folder, options.cwd, async (model) => {
      const { excludedFile, seen } = signatureAside(model.place.given, options.signature, model.cwd);
      return digestWalked(await model.inventory({ ...options, signature: excludedFile, seen }), options, known);
    });
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "ABORTED" || error.code === "FILE_CHANGED") throw error;
    await checkInspection(inspection, options.signal, written);
    return { binding: undefined, warnings: [{ code: "EVIDENCE_NOT_BOUND", message: `the answer is bound to no bytes: ${error.message}` }] };
  }
  for (const { name, digests } of digested.files) {
    const seen = inspection.findings.read.get(name);
    if (seen === undefined || name === written || digests.length !== 1 || seen === digests[0]) continue;
    throw new AssayError("FILE_CHANGED", `${name} changed while the model was inspected`, {
      hint: "run it again when nothing writes to the model",
    });
  }
  await checkInspection(inspection, options.signal, written);
  const { rootDigest, manifestDigest, files, totalBytes } = digested;
  return { binding: { rootDigest, manifestDigest, fileCount: files.length, totalBytes }, warnings: digested.warnings };
}

/** The files that a verification hashed as `digest` does, and found as they were signed. */
function hashedAsSigned(verification: Verification): ReadonlyMap<string, FileDigests> {
  const { outcome, manifest } = verification;
  if (manifest === undefined || manifest.serialization.method !== "files" || manifest.serialization.hash !== "sha256") return new Map();
  if (outcome === "verified") return manifest.files;
  // Where a gate before the comparison said no, nothing was hashed, and nothing differs either.
  if (outcome !== "failed" || verification.differences.length === 0) return new Map();
  const differing = new Set(verification.differences.map(({ name }) => name));
  return new Map([...manifest.files].filter(([name]) => !differing.has(name)));
}

/** Asks of every file that an answer rests on whether the signature covers it. Throws what `verify` throws. */
export async function coverageOf(
  folder: string,
  { findings }: FolderInspection,
  trust: Trust,
  options: Omit<FolderOptions, "signature"> & { readonly signature?: string | Uint8Array },
): Promise<FolderCoverage> {
  const { signature } = options;
  const verification = await verify(folder, {
    ...options,
    trust,
    // What nobody signed is told file by file.
    ignoreUnsignedFiles: true,
    ...(signature === undefined ? {} : { signature }),
  });
  const signed = verification.outcome === "verified" ? verification.manifest.files : new Map<string, unknown>();
  return { verification, files: filesRestedOn(findings).map((name) => ({ name, covered: signed.has(name) })) };
}

/** Cards, licenses, configuration and whatever an answer rests on, in code-point order. */
function filesRestedOn({ components, licenseFiles, licenseClaims, card, modelFile, files: all }: ModelFindings): string[] {
  const names = new Set<string>();
  // A sign may name a folder, and then its files are named beside.
  const inFolder = new Set(all);
  for (const { signs, files } of components) {
    for (const { file } of signs) if (inFolder.has(file)) names.add(file);
    for (const file of files) names.add(file);
  }
  for (const { path } of licenseFiles) names.add(path);
  for (const { file } of licenseClaims) names.add(file);
  if (card !== undefined) names.add(card);
  if (modelFile !== undefined) names.add(modelFile.path);
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}
