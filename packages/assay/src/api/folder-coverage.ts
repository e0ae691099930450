import type { ModelFindings } from "../openness/folder/findings.ts";
import type { FileDigests } from "../statement/manifest.ts";
import type { Trust } from "../trust/trust.ts";
import type { FolderInspection, FolderOptions } from "./inspect-folder.ts";
import type { Verification } from "./results.ts";
import { verify } from "./verify.ts";

/** Which of the files that the answers rest on are under a signature that verified. */
export interface FolderCoverage {
  readonly verification: Verification;
  /** Every file that an answer rests on; none is covered unless the signature is verified. */
  readonly files: readonly { readonly name: string; readonly covered: boolean }[];
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
    // What is not signed is listed file by file.
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

/** The files that a verification hashed as `digest` does, and found as they were signed. */
export function hashedAsSigned(verification: Verification): ReadonlyMap<string, FileDigests> {
  const { outcome, manifest } = verification;
  if (manifest === undefined || manifest.serialization.method !== "files" || manifest.serialization.hash !== "sha256") return new Map();
  if (outcome === "verified") return manifest.files;
  // Where a gate before the comparison said no, nothing was hashed, and nothing differs either.
  if (outcome !== "failed" || verification.differences.length === 0) return new Map();
  const differing = new Set(verification.differences.map(({ name }) => name));
  return new Map([...manifest.files].filter(([name]) => !differing.has(name)));
}
