import type { FileDigests, HashAlgorithm, Serialization } from "../statement/manifest.ts";
import type { Difference } from "./difference.ts";
import { digestCount } from "../statement/serialization.ts";

/** What is needed of a manifest, or of a model at hand, to compare its files. */
export interface FileSet {
  readonly serialization: Serialization;
  readonly files: ReadonlyMap<string, FileDigests>;
}

type Changed = Extract<Difference, { kind: "changed" }>;

/** The difference between a file as signed and as found, under digests that can be compared; undefined: the same. */
export function differenceOfFile(signed: FileDigests, found: FileDigests, a: Serialization, b: Serialization = a): Changed | undefined {
  // Of a file that grew, only as many shards as were signed are hashed: its size tells how many there are.
  const shardsFound = found.size === undefined ? found.digests.length : digestCount(found.size, b);
  const total = Math.max(signed.digests.length, shardsFound);
  const compared = Math.min(signed.digests.length, found.digests.length);
  let changed = total - compared;
  let first = compared;
  for (let index = compared - 1; index >= 0; index--) {
    if (a.hash === b.hash && signed.digests[index] === found.digests[index]) continue;
    changed++;
    first = index;
  }
  const resized = signed.size !== undefined && found.size !== undefined && signed.size !== found.size;
  if (changed === 0 && !resized) return undefined;
  return {
    kind: "changed",
    name: signed.name,
    signedDigest: digestText(a.hash, signed.digests[first]),
    foundDigest: digestText(b.hash, found.digests[first]),
    signedSize: signed.size,
    foundSize: found.size,
    shards: a.method === "shards" && b.method === "shards" ? { changed, total } : undefined,
  };
}

function digestText(hash: HashAlgorithm, hex: string | undefined): string {
  return hex === undefined ? "none" : `${hash}:${hex}`;
}

/** Pairs what is missing with extra files of the same bytes, each at most once, in the order of names. */
export function findRenamed(missing: readonly FileDigests[], extra: readonly FileDigests[]): Map<string, string> {
  const byContent = new Map<string, string[]>();
  // From the back, so that the first name of many with the same content is the one to pop: `shift` on a
  // long list moves all of it.
  for (const { name, digests } of extra.toReversed()) {
    const names = byContent.get(digests.join());
    if (names === undefined) byContent.set(digests.join(), [name]);
    else names.push(name);
  }
  const renamed = new Map<string, string>();
  for (const { name, digests } of missing) {
    const newName = byContent.get(digests.join())?.pop();
    if (newName !== undefined) renamed.set(name, newName);
  }
  return renamed;
}
