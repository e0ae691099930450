import type { ModelFindings } from "../openness/folder/findings.ts";
import { withCrew } from "../hashing/crew.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { FileDigests, Manifest, ManifestContent } from "../statement/manifest.ts";
import { compareNames } from "../statement/name-order.ts";
import type { Trust } from "../trust/trust.ts";
import type { WalkedInspection, FolderOptions } from "./inspect-folder.ts";
import type { AnyModel, OpenedModel } from "./opened/opened-model.ts";
import { modelNameOf, withOpened } from "./opened/with-opened.ts";
import { proveSignature, type SignatureQuestion } from "./prove-signature.ts";
import type { Verification } from "./results.ts";
import { VerificationRecord } from "../verdict/record.ts";
import { verifyFiles } from "./verify-files.ts";

/** Which of the files that the answers rest on are under a signature that verified. */
export interface FolderCoverage {
  readonly verification: Verification;
  /** Every file that an answer rests on; none is covered unless the signature is verified. */
  readonly files: readonly { readonly name: string; readonly covered: boolean }[];
}

type CoverageOptions = Omit<FolderOptions, "signature"> & Pick<SignatureQuestion, "signature">;

/** Asks of every file that an answer rests on whether the signature covers it. Throws what `verify` throws. */
export async function coverageOf(
  folder: AnyModel,
  inspection: WalkedInspection,
  trust: Trust,
  options: CoverageOptions,
): Promise<FolderCoverage> {
  const verification = await verifyWalked(folder, inspection, { ...options, trust });
  const signed = verification.outcome === "verified" ? verification.manifest.files : new Map<string, unknown>();
  return { verification, files: filesRestedOn(inspection.findings).map((name) => ({ name, covered: signed.has(name) })) };
}

/** As `verify` does, over the walk of the inspection: the folder is walked again only where that does not answer. */
async function verifyWalked(
  folder: AnyModel,
  { inventory: walked, verify }: WalkedInspection,
  options: CoverageOptions & SignatureQuestion,
): Promise<Verification> {
  const record = new VerificationRecord(modelNameOf(folder, options.cwd));
  const verifyOpened = async <File extends FileInModel>(model: OpenedModel<File>): Promise<Verification> =>
    withCrew(options.threads, model.given, async (crew) => {
      if (model.source !== undefined) record.sourceKnown(model.source);
      const proven = await proveSignature(model, options, record);
      const { manifest: signed, source, seen } = proven;
      // What is not signed is listed file by file.
      const comparing = { ...options, crew, ignoreUnsignedFiles: true };
      if (answersFor(walked, signed)) {
        walked.seen.add(seen);
        return verify(proven, comparing, record);
      }
      const inventory = await model.inventory({ ...options, signature: source.path, signed, seen });
      return verifyFiles(model, proven, inventory, comparing, record);
    });
  return record.attempt(async () => withOpened(folder, options, verifyOpened));
}

/** Whether a walk that knew no manifest has all that this one lists, and nothing of which the signer's rules might say otherwise. */
function answersFor({ files, problems, undecodableNames, unfollowedLinks }: Inventory<FileInModel>, { files: signed }: Manifest): boolean {
  if (problems.count + undecodableNames.length + unfollowedLinks.length > 0) return false;
  const listed = files.filter(({ name }) => signed.has(name));
  return listed.length === signed.size;
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
  return [...names].sort(compareNames);
}

/** The files that a verification hashed as `digest` does, and found as they were signed. */
export function hashedAsSigned(verification: Verification): ReadonlyMap<string, FileDigests> {
  const { outcome, manifest } = verification;
  if (manifest === undefined) return new Map();
  if (outcome === "verified") return unchangedDigests(manifest, []);
  // Where a gate before the comparison said no, nothing was hashed, and nothing differs either.
  if (outcome !== "failed" || verification.differences.length === 0) return new Map();
  return unchangedDigests(manifest, verification.differences);
}

/** The digests of the signed files that were compared and do not differ, where they are those that `digest` computes. */
export function unchangedDigests(
  { serialization, files }: ManifestContent,
  differences: readonly { readonly name: string }[],
): ReadonlyMap<string, FileDigests> {
  if (serialization.method !== "files" || serialization.hash !== "sha256") return new Map();
  if (differences.length === 0) return files;
  const differing = new Set(differences.map(({ name }) => name));
  return new Map([...files].filter(([name]) => !differing.has(name)));
}
