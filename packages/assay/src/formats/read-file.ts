import { damaged, HEAD_BYTES, type FormatReading } from "./format.ts";
import { formatsOfName, sniff } from "./formats.ts";
import { lfsPointer } from "./lfs-pointer.ts";
import type { RandomAccess } from "./random-access.ts";

/** What a file is, by its name and content. */
export type FileReading =
  | FormatReading
  /** A git-LFS pointer: the file itself was not downloaded. `size` is that of the missing file. */
  | { readonly kind: "pointer"; readonly size: number | undefined }
  /** No known format has files of this name. */
  | { readonly kind: "unknown" };

/**
 * Reads a file as the format that its name says. Where a name may be that of several formats, the content decides;
 * content of another format than the name says is `damaged`. Rejects where `file.read` does.
 */
export async function readFile(name: string, file: RandomAccess): Promise<FileReading> {
  const head = await file.read(0, HEAD_BYTES);
  const pointer = lfsPointer(head);
  if (pointer !== undefined) return { kind: "pointer", size: pointer.size };
  if (file.size === 0) return damaged("the file is empty");
  const expected = formatsOfName(name);
  const [first] = expected;
  if (first === undefined) return { kind: "unknown" };
  const matching = expected.find(({ begins }) => begins(head, file.size));
  if (matching !== undefined) return matching.read(file, head);
  const actual = sniff(head, file.size);
  return actual === undefined ? first.read(file, head) : damaged(`not ${first.name}: the content begins as ${actual.name}`);
}
