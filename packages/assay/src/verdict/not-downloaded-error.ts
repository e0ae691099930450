import type { NotDownloaded } from "../comparison/difference.ts";
import { AssayError } from "../core/error.ts";
import type { PointerFile } from "../source/lfs-pointer.ts";

/** Names in one message. */
const MAX_NAMES = 5;

/** Why it could not be told whether the model is the signed one: files of it are pointers, and nothing else differs. */
export function notDownloadedError(files: readonly NotDownloaded[]): AssayError {
  const kinds = [
    [files.filter(({ isSigned }) => isSigned === true), "pointing to the signed bytes"],
    [files.filter(({ isSigned }) => isSigned === false), "pointing to other bytes than were signed"],
    [files.filter(({ isSigned }) => isSigned === undefined), "pointing to bytes that cannot be compared with the signature's digests"],
  ] as const;
  const found = kinds.filter(([some]) => some.length > 0).map(([some, what]) => `${namedPointers(some)} (${what})`);
  const are =
    files.length === 1
      ? "1 file was not downloaded and is a git-LFS pointer"
      : `${files.length} files were not downloaded and are git-LFS pointers`;
  return new AssayError("NOT_DOWNLOADED", `${are}: ${found.join("; ")}`, { remedy: "pull-lfs" });
}

/** The first names of pointers, for a message. */
export function namedPointers(files: readonly PointerFile[]): string {
  const names = files.slice(0, MAX_NAMES).map(({ name }) => name);
  return files.length > MAX_NAMES ? `${names.join(", ")} and ${files.length - MAX_NAMES} more` : names.join(", ");
}
