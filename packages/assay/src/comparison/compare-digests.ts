import type { AssayError } from "../core/error.ts";
import type { FileInModel } from "../source/inventory.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { digestCount } from "../statement/serialization.ts";
import type { Difference } from "./difference.ts";
import { differenceOfFile } from "./difference-of-file.ts";
import type { Pairing } from "./pair-files.ts";

/** The digests of files, hashed as the manifest says. */
export interface FoundDigests {
  readonly digests: ReadonlyMap<string, FileDigests>;
  /** The files that could not be hashed. */
  readonly failures: ReadonlyMap<string, AssayError>;
  /** For each file 1 where its digests are the expected ones: cheaper than `digests`, of which no text is made. */
  readonly matching?: (expected: (file: number) => readonly string[]) => Uint8Array;
}

/** Which of the files in both are as they were signed. Those that could not be hashed are neither. */
export interface ComparedDigests {
  readonly changed: readonly Difference[];
  readonly matched: readonly FileInModel[];
}

/** Compares the digests of the files that are both signed and there. */
export function compareDigests(
  { signed, files }: Pairing<FileInModel>,
  found: FoundDigests,
  serialization: Serialization,
): ComparedDigests {
  const matching = found.matching?.((file) => signed[file]?.digests ?? []);
  const changed: Difference[] = [];
  const matched: FileInModel[] = [];
  for (const [index, entry] of signed.entries()) {
    const file = files[index];
    if (file === undefined || found.failures.has(file.name)) continue;
    const isSame = matching?.[index] === 1 && isOfSize(entry, file, serialization);
    const digests = isSame ? undefined : found.digests.get(file.name);
    const difference = digests === undefined ? undefined : differenceOfFile(entry, digests, serialization);
    if (isSame || (digests !== undefined && difference === undefined)) matched.push(file);
    else if (difference !== undefined) changed.push(difference);
  }
  return { changed, matched };
}

/** Whether a file has as many digests as were signed, and the signed size where one is known. */
function isOfSize({ digests, size }: FileDigests, file: FileInModel, serialization: Serialization): boolean {
  return digests.length === digestCount(file.size, serialization) && (size === undefined || size === file.size);
}
