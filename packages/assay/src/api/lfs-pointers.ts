import { AssayError } from "../core/error.ts";
import type { PointerFile } from "../source/lfs-pointer.ts";
import { namedPointers } from "../verdict/not-downloaded-error.ts";

/** Throws LFS_POINTER where a model to be signed holds pointers: their signature would cover none of the files. */
export function refusePointers(pointers: readonly PointerFile[]): void {
  if (pointers.length === 0) return;
  const are =
    pointers.length === 1
      ? "1 file was not downloaded and is a git-LFS pointer"
      : `${pointers.length} files were not downloaded and are git-LFS pointers`;
  throw new AssayError("LFS_POINTER", `${are}: ${namedPointers(pointers)}`, { remedy: "pull-lfs" });
}
