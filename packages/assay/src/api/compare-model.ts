import { compare, type CompareRules } from "../comparison/compare.ts";
import { compareDigests } from "../comparison/compare-digests.ts";
import type { Difference } from "../comparison/difference.ts";
import { pairFiles, renameCandidates, type Pairing } from "../comparison/pair-files.ts";
import { Uncertain } from "../comparison/uncertain.ts";
import { hashEach, type HashOptions } from "../hashing/hash.ts";
import type { HashOutcome } from "../hashing/hashed.ts";
import { modelChanged } from "../source/change.ts";
import { comparable } from "../source/comparable.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { Inventory, InventoryFile } from "../source/inventory.ts";
import { hiddenSince } from "../source/left-out.ts";
import { readPointers } from "../source/read-pointers.ts";
import { secondLook } from "../source/second-look.ts";
import { Turns } from "../source/turns.ts";
import type { FileDigests, Manifest } from "../statement/manifest.ts";
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
export async function compareModel(manifest: Manifest, found: Inventory, options: CompareOptions): Promise<ComparisonOutcome> {
  const walked = comparable(found, options.ignoreUnsignedFiles ?? false);
  const inventory = setEmptyFilesAside(walked, manifest.serialization, "verify", manifest.files);
  const pairing = pairFiles(manifest, inventory);
  const hashing = { ...options, root: inventory.root };
  const hashed = await hashListed(pairing, manifest, hashing);
  const compared = compareDigests(pairing, hashed, manifest.serialization);
  const candidates = await hashCandidates(pairing, manifest, hashing);
  const pointers = readPointers(worthReading(hashed.mayBePointers, compared.changed, inventory, isUnread(manifest, options)));
  // The walk's own inventory: a file set aside as empty may have been written to.
  const changes = await secondLook(walked, new Turns(options.signal), hashed.look);
  const uncertain = new Uncertain(hashed.failures, changes);
  const comparison = compare(manifest, { inventory, ...pairing, ...compared, candidates, pointers, uncertain }, options);

  const requireAll = options.requireAll === true;
  const outcome = verdictOf(manifest, comparison, inventory.root, requireAll);
  if (outcome.verified !== undefined && requireAll) await checkNothingHidden(inventory, manifest, options.signal);
  return outcome;
}

/** One file that changes meanwhile hides no difference in another. Of one that grew, the signed shards are enough. */
async function hashListed({ signed, files }: Pairing, { serialization }: Manifest, options: HashOptions): Promise<HashOutcome> {
  const requests = files.map((file, index) => ({ file, maxShards: signed[index]?.digests.length ?? 0 }));
  return hashEach(requests, serialization, options, "keep failures");
}

/** One that cannot be read is simply not the missing one. */
async function hashCandidates(pairing: Pairing, { serialization }: Manifest, options: HashOptions): Promise<Iterable<FileDigests>> {
  const candidates = renameCandidates(pairing);
  if (candidates.length === 0) return [];
  const requests = candidates.map((file) => ({ file, maxShards: Infinity }));
  return (await hashEach(requests, serialization, options, "keep failures")).digests.values();
}

/**
 * Which files are read again, to see whether they are pointers. Where hashing did not look at the first bytes
 * (shards, the cache), only what differs is: a model that is as it was signed costs no second read.
 */
function worthReading(
  files: readonly InventoryFile[],
  changed: readonly Difference[],
  { kind }: Inventory,
  isUnread: boolean,
): readonly InventoryFile[] {
  if (!isUnread || kind === "file" || files.length === 0) return files;
  const names = new Set(changed.map(({ name }) => name));
  return files.filter(({ name }) => names.has(name));
}

/** Whether hashing saw no first bytes of some files. */
function isUnread({ serialization }: Manifest, { cache }: HashOptions): boolean {
  return cache !== undefined || serialization.method === "shards";
}

/** What appeared in a place that the rules hide, and was not there when the model was walked. Throws FILE_CHANGED. */
async function checkNothingHidden(inventory: Inventory, { files }: Manifest, signal: AbortSignal | undefined): Promise<void> {
  if (inventory.kind === "file") return;
  const hidden = await hiddenSince(inventory, files, new Turns(signal));
  if (hidden.length > 0) throw modelChanged(hidden.map((name) => ({ name, what: "was added", isFolder: false })));
}
