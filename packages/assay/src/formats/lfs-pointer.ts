import { hasSignature } from "./first-bytes.ts";

/** The line that every git-LFS pointer begins with: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const FIRST_LINE = "version https://git-lfs.github.com/spec/";

/** The size that a git-LFS pointer names, by the first bytes of the file; undefined for any other file. */
export function lfsPointer(head: Uint8Array): { readonly size: number | undefined } | undefined {
  if (!hasSignature(head, FIRST_LINE)) return undefined;
  const size = Number(/\nsize (\d{1,15})\n/.exec(new TextDecoder().decode(head.subarray(0, 1024)))?.[1]);
  return { size: Number.isSafeInteger(size) ? size : undefined };
}
