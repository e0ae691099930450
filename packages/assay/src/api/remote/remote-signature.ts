import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import { AssayError } from "../../core/error.ts";
import { isModelBundle, isSignatureName } from "../../source/signature-names.ts";
import type { RemoteFile, RemoteModel } from "../../source/remote/remote-model.ts";

/** A signature among the files of a remote model. */
export interface RemoteSignature {
  readonly file: RemoteFile;
  readonly bytes: Uint8Array;
}

/** The files that are bundles, under a name that signatures have. */
export async function remoteSignatures(model: RemoteModel): Promise<readonly RemoteSignature[]> {
  const named = model.files.filter(({ name, size }) => isSignatureName(name) && size <= MAX_BUNDLE_BYTES);
  const read: RemoteSignature[] = [];
  for (const file of named) read.push({ file, bytes: await model.read(file, 0, file.size) });
  // A single one need not be a bundle: its reader says what is wrong with it.
  return named.length === 1 ? read : read.filter(({ bytes }) => isModelBundle(bytes));
}

/** The only one. Throws SIGNATURE_NOT_FOUND, SIGNATURE_AMBIGUOUS. */
export async function findRemoteSignature(model: RemoteModel): Promise<RemoteSignature> {
  const [found, ...others] = await remoteSignatures(model);
  const folder = model.source.pinned;
  if (found === undefined) {
    throw new AssayError("SIGNATURE_NOT_FOUND", `no signature in ${folder}`, { remedy: "name-signature", details: { folder } });
  }
  if (others.length === 0) return found;
  const names = [found, ...others].map(({ file }) => file.name);
  throw new AssayError("SIGNATURE_AMBIGUOUS", `${folder} holds ${names.length} signatures: ${names.join(", ")}`, {
    remedy: "choose-signature",
    details: { folder, names },
  });
}
