import { AssayError } from "../core/error.ts";
import type { FileDigests, Manifest, Serialization } from "../statement/manifest.ts";
import type { Warning } from "../core/warning.ts";
import { differenceOfFile, findRenamed } from "./difference-of-file.ts";
import type { Comparison, Difference, NotDownloaded, VerifiedModel } from "./difference.ts";
import { comparable } from "../source/comparable.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import { hashEach, type HashOptions } from "../hashing/hash.ts";
import type { HashOutcome } from "../hashing/hashed.ts";
import type { Inventory, InventoryFile } from "../source/inventory.ts";
import { hiddenSince } from "../source/left-out.ts";
import { pointerWarnings, readPointers, type PointerFile } from "../source/lfs-pointer.ts";
import { sortByName } from "../statement/name-order.ts";
import { modelChanged, secondLook } from "../source/second-look.ts";
import { digestCount } from "../statement/serialization.ts";
import { Turns } from "../source/turns.ts";
import { Uncertain } from "./uncertain.ts";

export interface CompareOptions extends HashOptions {
  /** Whether the caller allowed links. Default false: then the signer did, where any were followed. */
  readonly allowSymlinks?: boolean;
  /** Extra files are listed instead of failing. Default false. */
  readonly ignoreUnsignedFiles?: boolean;
  /** Nothing that is not covered is tolerated, whoever left it out. Default false. */
  readonly requireAll?: boolean;
}

/** `verified` exists only where nothing differs, and with `requireAll` nothing is uncovered. */
export type ComparisonOutcome =
  | { readonly verified: VerifiedModel; readonly comparison: Comparison }
  | { readonly verified: undefined; readonly comparison: Comparison };

/** A single-file model in the reference's words. */
const SINGLE_FILE = ".";

/**
 * Compares a model that was walked with what was signed: OMS sections 8.4 and 8.5. Every difference is found,
 * not only the first. Hash and shards follow the manifest; a listed file is compared whatever hides it.
 *
 * Throws MODEL_MISMATCH where a folder was signed and MODEL is a file, or the other way round, and
 * what `comparable` and hashing throw: those are no comparison at all. FILE_CHANGED, by name, where a file changed
 * during the run and no other file differs.
 */
export async function compareModel(manifest: Manifest, found: Inventory, options: CompareOptions): Promise<ComparisonOutcome> {
  const { serialization, files: signed } = manifest;
  const walked = comparable(found, options.ignoreUnsignedFiles ?? false);
  checkKind(manifest, walked);
  const inventory = setEmptyFilesAside(walked, serialization, "verify", signed);

  const entries: FileDigests[] = [];
  const files: InventoryFile[] = [];
  const extra: InventoryFile[] = [];
  for (const file of inventory.files) {
    const entry = signed.get(file.name) ?? (inventory.kind === "file" ? signed.get(SINGLE_FILE) : undefined);
    if (entry === undefined) extra.push(file);
    else {
      entries.push(entry);
      files.push(file);
    }
  }
  const hashed = await hashListed(entries, files, manifest, { ...options, root: inventory.root });
  const { failures, mayBePointers } = hashed;
  const matching = hashed.matching?.((request) => entries[request]?.digests ?? []);

  const differences: Difference[] = [];
  const matched: InventoryFile[] = [];
  for (const [index, entry] of entries.entries()) {
    const file = files[index];
    if (file === undefined || failures.has(file.name)) continue;
    const isSame = matching?.[index] === 1 && isOfSize(entry, file, serialization);
    const digests = isSame ? undefined : hashed.digests.get(file.name);
    const difference = digests === undefined ? undefined : differenceOfFile(entry, digests, serialization);
    if (isSame || (digests !== undefined && difference === undefined)) matched.push(file);
    else if (difference !== undefined) differences.push(difference);
  }
  const there = new Set(entries);
  const missing = there.size === signed.size ? [] : [...signed.values()].filter((entry) => !there.has(entry));

  const renamed = await renamedFiles(missing, extra, manifest, { ...options, root: inventory.root });
  const extraSizes = new Map(extra.map(({ name, size }) => [name, size]));
  for (const { name, size } of missing) {
    const newName = renamed.get(name);
    if (newName !== undefined) differences.push({ kind: "renamed", name, newName, size: extraSizes.get(newName) });
    else differences.push({ kind: "missing", name, signedSize: size, why: inventory.notFiles.get(name) });
  }
  const newNames = new Set(renamed.values());
  const extras = [...extra.filter(({ name }) => !newNames.has(name)), ...inventory.undecodable, ...inventory.unfollowedLinks];
  const unsigned = extras.map(({ name, size }) => ({ name, size }));
  if (options.ignoreUnsignedFiles !== true) {
    for (const { name, size } of unsigned) differences.push({ kind: "extra", name, foundSize: size });
  }
  const pointers = readPointers(
    worthReading(mayBePointers, differences, inventory, options.cache !== undefined || serialization.method === "shards"),
  );
  // The walk's own inventory: what was set aside as empty could have been written to.
  const uncertain = new Uncertain(failures, await secondLook(walked, new Turns(options.signal), hashed.look));
  const certain = uncertain.certain(differences);
  if (certain.length === 0) uncertain.throwIfAny();
  const matchedFiles = uncertain.certain(matched);

  const names = pointers.length === 0 ? undefined : new Set(matchedFiles.map(({ name }) => name));
  const signedPointers = pointers.filter(({ name }) => names?.has(name));

  const comparison: Comparison = {
    differences: sortByName(certain),
    unsigned: options.ignoreUnsignedFiles === true ? sortByName(unsigned) : [],
    notCovered: inventory.leftOut,
    notDownloaded: notDownloaded(certain, pointers, manifest),
    matchedFiles: matchedFiles.length,
    matchedBytes: matchedFiles.reduce((sum, { size }) => sum + size, 0),
    links: inventory.linksFollowed === 0 ? "none" : options.allowSymlinks === true ? "allowed by the caller" : "allowed by the signer",
    warnings: [
      ...inventory.warnings,
      ...nameWarning(manifest, inventory),
      ...uncertain.warnings(),
      ...pointerWarnings(signedPointers, "the signature covers the pointer"),
    ],
  };
  const isShort = options.requireAll === true && comparison.notCovered.length + comparison.unsigned.length > 0;
  if (certain.length > 0 || matchedFiles.length !== signed.size || isShort) return { verified: undefined, comparison };
  if (options.requireAll === true && inventory.kind === "directory") {
    const hidden = await hiddenSince(inventory, signed, new Turns(options.signal));
    if (hidden.length > 0) throw modelChanged(hidden.map((name) => ({ name, what: "was added", isFolder: false })));
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say so: nothing differs
  return { verified: { ...comparison, manifest, root: inventory.root } as VerifiedModel, comparison };
}

function checkKind({ files }: Manifest, { kind, root }: Inventory): void {
  if (kind === "directory" && files.has(SINGLE_FILE)) {
    throw new AssayError("MODEL_MISMATCH", `a single file was signed, and the model ${root} is a folder`, {
      hint: "name the file itself as the model",
    });
  }
  const [name = SINGLE_FILE, ...others] = files.keys();
  if (kind === "file" && (others.length > 0 || name.includes("/"))) {
    const count = files.size === 1 ? "the file " + name : `${files.size} files`;
    throw new AssayError("MODEL_MISMATCH", `a folder was signed (${count} in it), and the model ${root} is a single file`, {
      hint: "name the folder as the model",
    });
  }
}

async function hashListed(
  entries: readonly FileDigests[],
  files: readonly InventoryFile[],
  { serialization }: Manifest,
  options: HashOptions,
): Promise<HashOutcome> {
  // Of a file that grew, only the shards that were signed can match: the rest need not be read.
  const requests = files.map((file, index) => ({ file, mostShards: entries[index]?.digests.length ?? 0 }));
  // One file that changes meanwhile hides no difference in another.
  return hashEach(requests, serialization, options, "keep failures");
}

/** Whether a file has as many digests as were signed, and the signed size where one is known. */
function isOfSize({ digests, size }: FileDigests, file: InventoryFile, serialization: Serialization): boolean {
  return digests.length === digestCount(file.size, serialization) && (size === undefined || size === file.size);
}

/** Extra files are read only where something is missing, and one that cannot be read is simply not the missing one. */
async function renamedFiles(
  missing: readonly FileDigests[],
  extra: readonly InventoryFile[],
  { serialization }: Manifest,
  options: HashOptions,
): Promise<Map<string, string>> {
  if (missing.length === 0 || extra.length === 0) return new Map();
  const sizes = new Set(missing.map(({ size }) => size));
  const candidates = extra.filter(({ size }) => sizes.has(undefined) || sizes.has(size));
  const requests = candidates.map((file) => ({ file, mostShards: Infinity }));
  const { digests } = await hashEach(requests, serialization, options, "keep failures");
  return findRenamed(missing, [...digests.values()]);
}

/**
 * Which files are read again, to see whether they are pointers. Where hashing did not look at the first bytes
 * (shards, the cache), only what differs is: a model that is as it was signed costs no second read.
 */
function worthReading(
  files: readonly InventoryFile[],
  differences: readonly Difference[],
  { kind }: Inventory,
  isUnread: boolean,
): readonly InventoryFile[] {
  if (!isUnread || kind === "file" || files.length === 0) return files;
  const changed = new Set(differences.map(({ name }) => name));
  return files.filter(({ name }) => changed.has(name));
}

/** Of the changed files those that are pointers, with whether they are to the signed bytes. */
function notDownloaded(
  differences: readonly Difference[],
  pointers: readonly PointerFile[],
  { files, serialization }: Manifest,
): NotDownloaded[] {
  if (pointers.length === 0) return [];
  const byName = new Map(pointers.map((pointer) => [pointer.name, pointer]));
  return differences.flatMap(({ kind, name }): NotDownloaded[] => {
    // The only file of a single-file model may be signed under the reference's own name for it.
    const pointer = byName.get(name) ?? (name === SINGLE_FILE ? pointers[0] : undefined);
    const signed = files.get(name);
    if (kind !== "changed" || pointer === undefined || signed === undefined) return [];
    const isWhole = serialization.method === "files" || (signed.digests.length === 1 && pointer.size <= serialization.shardSize);
    const isComparable = serialization.hash === "sha256" && isWhole;
    return [{ ...pointer, name, isSigned: isComparable ? signed.digests[0] === pointer.oid : undefined }];
  });
}

function nameWarning({ format, modelName }: Manifest, inventory: Inventory): Warning[] {
  if (format !== "oms-1.0" || modelName === inventory.modelName) return [];
  return [
    { code: "SUBJECT_NAME_DIFFERS", message: `the signature is for a model named ${modelName}; this one is named ${inventory.modelName}` },
  ];
}
