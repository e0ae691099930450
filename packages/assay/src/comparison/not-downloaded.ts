import type { PointerFile } from "../source/lfs-pointer.ts";
import type { Manifest } from "../statement/manifest.ts";
import type { Difference, NotDownloaded } from "./difference.ts";
import { SINGLE_FILE } from "./pair-files.ts";

/** The changed files that are git-LFS pointers, with whether each is to the signed bytes. */
export function notDownloaded(
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
