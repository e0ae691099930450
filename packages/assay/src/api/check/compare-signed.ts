import type { Comparison } from "../../comparison/difference.ts";
import type { FileWork } from "../../hashing/file-work.ts";
import type { HashOptions } from "../../hashing/hash.ts";
import type { FileInModel, Inventory } from "../../source/inventory.ts";
import { withoutGitPaths } from "../../source/without-git-paths.ts";
import type { FileDigests, Manifest } from "../../statement/manifest.ts";
import { compareModel } from "../compare-model.ts";
import { digestWalked } from "../digest-walked.ts";
import { unchangedDigests } from "../folder-coverage.ts";
import type { Digested } from "../results.ts";

/** A model that was hashed, and compared with what was signed, if anything was. */
export interface HashedModel {
  readonly digested: Digested;
  readonly comparison: Comparison | undefined;
}

/**
 * Hashes every file of a model once: as its signature asks and, where that is not the way of `digest`, in that way too. The
 * digests are those of the whole model, whatever its signer left out: without git's own files.
 *
 * Throws what walking, comparing and hashing throw: then the model has no identity.
 */
export async function hashAndCompare<File extends FileInModel>(
  walked: Inventory<File>,
  manifest: Manifest | undefined,
  options: HashOptions,
  work: FileWork<File>,
): Promise<HashedModel> {
  const model = withoutGitPaths(walked);
  if (manifest === undefined) return { digested: await digestWalked(model, options, work), comparison: undefined };
  const { comparison } = await compareModel(manifest, walked, { ...options, ignoreUnsignedFiles: true }, work);
  const digested = await digestWalked(model, options, work, known(model, manifest, comparison));
  return { digested, comparison };
}

/** The digests that the comparison found as signed. The name of a single file is the walk's: statements may call it `.`. */
function known({ kind, files }: Inventory<FileInModel>, manifest: Manifest, { differences }: Comparison): ReadonlyMap<string, FileDigests> {
  const same = unchangedDigests(manifest, differences);
  const [file] = files;
  const [only] = same.values();
  if (kind === "directory" || file === undefined || only === undefined) return same;
  return new Map([[file.name, { ...only, name: file.name }]]);
}
