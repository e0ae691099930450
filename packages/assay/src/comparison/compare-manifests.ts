import type { FileDigests } from "../statement/manifest.ts";
import { differenceOfFile, findRenamed, type FileSet } from "./difference-of-file.ts";
import type { Difference } from "./difference.ts";
import { compareNames, sortByName } from "../statement/name-order.ts";

export interface ManifestComparison {
  /** `a` is as signed, `b` as found. */
  readonly differences: readonly Difference[];
  /** Files in both whose digests cannot be compared: another hash, or another shard size. */
  readonly notComparable: readonly string[];
  /** True only where every file is in both and known to be equal. */
  readonly same: boolean;
}

/**
 * Compares the files of two manifests, or of a manifest and a model hashed like it. Pure.
 *
 * A file's digests are comparable where both sides hash alike; with equal algorithms also where one
 * digest covers all of the file on both sides, whatever the shard size.
 */
export function compareManifests(a: FileSet, b: FileSet): ManifestComparison {
  const differences: Difference[] = [];
  const notComparable: string[] = [];
  const missing: FileDigests[] = [];
  for (const file of a.files.values()) {
    const other = b.files.get(file.name);
    if (other === undefined) missing.push(file);
    else if (!isComparable(a, file, b, other)) notComparable.push(file.name);
    else {
      const difference = differenceOfFile(file, other, a.serialization, b.serialization);
      if (difference !== undefined) differences.push(difference);
    }
  }
  const extra = [...b.files.values()].filter(({ name }) => !a.files.has(name));
  const renamed = hashAlike(a, b) ? findRenamed(missing, extra) : new Map<string, string>();
  for (const { name, size } of missing) {
    const newName = renamed.get(name);
    if (newName === undefined) differences.push({ kind: "missing", name, signedSize: size, why: undefined });
    else differences.push({ kind: "renamed", name, newName, size: size ?? b.files.get(newName)?.size });
  }
  const newNames = new Set(renamed.values());
  for (const { name, size } of extra) {
    if (!newNames.has(name)) differences.push({ kind: "extra", name, foundSize: size });
  }
  return {
    differences: sortByName(differences),
    notComparable: notComparable.sort(compareNames),
    same: differences.length + notComparable.length === 0,
  };
}

function hashAlike({ serialization: a }: FileSet, { serialization: b }: FileSet): boolean {
  if (a.hash !== b.hash) return false;
  if (a.method === "shards" && b.method === "shards") return a.shardSize === b.shardSize;
  return a.method === b.method;
}

function isComparable(a: FileSet, fileA: FileDigests, b: FileSet, fileB: FileDigests): boolean {
  if (hashAlike(a, b)) return true;
  if (fileA.size !== undefined && fileB.size !== undefined && fileA.size !== fileB.size) return true;
  return a.serialization.hash === b.serialization.hash && fileA.digests.length === 1 && fileB.digests.length === 1;
}
