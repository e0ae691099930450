import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { AssayError } from "../core/error.ts";
import type { FileInModel } from "../source/inventory.ts";
import { isModelBundle, isSignatureName } from "../source/signature-names.ts";

/** A signature among the files of a listed model. */
export interface ListedSignature<File extends FileInModel> {
  readonly file: File;
  readonly bytes: Uint8Array;
}

/** The files that are bundles, under a name that signatures have. `read` returns all of a file. */
export async function listedSignatures<File extends FileInModel>(
  files: readonly File[],
  read: (file: File) => Promise<Uint8Array>,
): Promise<readonly ListedSignature<File>[]> {
  const named = files.filter(({ name, size }) => isSignatureName(name) && size <= MAX_BUNDLE_BYTES);
  const found: ListedSignature<File>[] = [];
  for (const file of named) found.push({ file, bytes: await read(file) });
  // A single one need not be a bundle: its reader says what is wrong with it.
  return named.length === 1 ? found : found.filter(({ bytes }) => isModelBundle(bytes));
}

/** The only one of those found in `folder`. Throws SIGNATURE_NOT_FOUND, SIGNATURE_AMBIGUOUS. */
export function onlySignature<File extends FileInModel>(found: readonly ListedSignature<File>[], folder: string): ListedSignature<File> {
  const [first, ...others] = found;
  if (first === undefined) {
    throw new AssayError("SIGNATURE_NOT_FOUND", `no signature in ${folder}`, { remedy: "name-signature", details: { folder } });
  }
  if (others.length === 0) return first;
  const names = found.map(({ file }) => file.name);
  throw new AssayError("SIGNATURE_AMBIGUOUS", `${folder} holds ${names.length} signatures: ${names.join(", ")}`, {
    remedy: "choose-signature",
    details: { folder, names },
  });
}
