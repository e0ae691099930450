import { compare, type CompareRules } from "../comparison/compare.ts";
import { compareDigests } from "../comparison/compare-digests.ts";
import type { Difference } from "../comparison/difference.ts";
import { pairFiles, renameCandidates, type Pairing } from "../comparison/pair-files.ts";
import { Uncertain } from "../comparison/uncertain.ts";
import type { FileWork } from "../hashing/file-work.ts";
import type { HashOptions } from "../hashing/hash.ts";
import type { HashOutcome } from "../hashing/hashed.ts";
import { modelChanged } from "../source/change.ts";
import { comparable } from "../source/comparable.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import { Turns } from "../source/turns.ts";
import type { Manifest } from "../statement/manifest.ts";
import { verdictOf, type ComparisonOutcome } from "../verdict/conclude.ts";

export interface CompareOptions extends HashOptions, CompareRules {
  /** Nothing that is not covered is tolerated, by whatever rule it was left out. Default false. */
  readonly requireAll?: boolean;
}

/**
 * Compares a model that was walked with what was signed: hashes its files as the manifest says, and takes the
 * second look. A listed file is compared whatever hides it.
 *
 * Throws MODEL_MISMATCH where a folder was signed and the model is a file, or the other way round, and what
 * `comparable` and hashing throw: nothing was compared then. FILE_CHANGED, by name, where a file changed
 * during the run and no other file differs.
 */
export async function compareModel<File extends FileInModel>(
  manifest: Manifest,
  found: Inventory<File>,
  options: CompareOptions,
  work: FileWork<File>,
): Promise<ComparisonOutcome> {
  const { serialization } = manifest;
  const walked = comparable(found, options.ignoreUnsignedFiles ?? false);
  const inventory = setEmptyFilesAside(walked, serialization, "verify", manifest.files);
  const pairing = pairFiles(manifest, inventory);
  const hashing = { ...options, root: inventory.root };
  const hashed = await hashListed(pairing, manifest, hashing, work);
  const compared = compareDigests(pairing, hashed, serialization);
  const candidates = await work.hashCandidates(renameCandidates(pairing), serialization, hashing);
  const isUnread = !work.seesBeginnings || options.cache !== undefined || serialization.method === "shards";
  const pointers = await work.readPointers(worthReading(hashed.mayBePointers, compared.changed, inventory.kind, isUnread));
  // The walk's own inventory: a file set aside as empty may have been written to.
  const changes = await work.changes(walked, new Turns(options.signal), hashed.look);
  const uncertain = new Uncertain(hashed.failures, changes);
  const comparison = compare(manifest, { inventory, ...pairing, ...compared, candidates, pointers, uncertain }, options);

  const requireAll = options.requireAll === true;
  const outcome = verdictOf(manifest, comparison, inventory.root, requireAll);
  if (outcome.verified !== undefined && requireAll && inventory.kind === "directory") {
    checkNothingHidden(await work.hiddenSince(inventory, manifest.files, new Turns(options.signal)));
  }
  return outcome;
}

/** One file that changes meanwhile hides no difference in another. Of one that grew, the signed shards are enough. */
async function hashListed<File extends FileInModel>(
  { signed, files }: Pairing<File>,
  { serialization }: Manifest,
  options: HashOptions,
  work: FileWork<File>,
): Promise<HashOutcome<File>> {
  const requests = files.map((file, index) => ({ file, maxShards: signed[index]?.digests.length ?? 0 }));
  return work.hash(requests, serialization, options, "keep failures");
}

/**
 * Which files are read again, to see whether they are pointers. Where hashing did not look at the first bytes
 * (shards, the cache, a server), only what differs is: a model that is as it was signed costs no second read.
 */
function worthReading<File extends FileInModel>(
  files: readonly File[],
  changed: readonly Difference[],
  kind: "directory" | "file",
  isUnread: boolean,
): readonly File[] {
  if (!isUnread || kind === "file" || files.length === 0) return files;
  const names = new Set(changed.map(({ name }) => name));
  return files.filter(({ name }) => names.has(name));
}

/** What appeared in a place that the rules hide, and was not there when the model was walked. Throws FILE_CHANGED. */
function checkNothingHidden(hidden: readonly string[]): void {
  if (hidden.length > 0) throw modelChanged(hidden.map((name) => ({ name, what: "was added", isFolder: false })));
}
