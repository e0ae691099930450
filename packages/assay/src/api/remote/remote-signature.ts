import { AssayError } from "../../core/error.ts";
import type { RemoteFile, RemoteModel } from "../../source/remote/remote-model.ts";
import { listedSignatures, type ListedSignature } from "../../verdict/listed-signature.ts";

/** A signature of a remote model, in it or attached to it. */
export interface FoundRemoteSignature {
  /** Its name in the model, or a reference of its own where it is attached. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The files that are bundles, under a name that signatures have. */
export async function remoteSignatures(model: RemoteModel): Promise<readonly ListedSignature<RemoteFile>[]> {
  return listedSignatures(model.files, (file) => model.read(file, 0, file.size));
}

/** The only one, in the model or attached to it; the same one twice is one. Throws SIGNATURE_NOT_FOUND, SIGNATURE_AMBIGUOUS. */
export async function findRemoteSignature(model: RemoteModel): Promise<FoundRemoteSignature> {
  const inModel = await remoteSignatures(model);
  const { signatures: attached, others } = (await model.attachments?.()) ?? { signatures: [], others: [] };
  const all: readonly FoundRemoteSignature[] = [
    ...inModel.map(({ file, bytes }) => ({ path: file.name, bytes })),
    ...attached
      .filter(({ bytes }) => !inModel.some((one) => Buffer.compare(one.bytes, bytes) === 0))
      .map(({ pinned, bytes }) => ({ path: pinned, bytes })),
  ];
  const [found] = all;
  const folder = model.source.pinned;
  if (found === undefined) {
    const about =
      others.length === 0
        ? ""
        : `; what is attached to it is about the manifest as an image, and lists no files of a model: ${others.join(", ")}`;
    throw new AssayError("SIGNATURE_NOT_FOUND", `no signature in ${folder}${about}`, { remedy: "name-signature", details: { folder } });
  }
  if (all.length === 1) return found;
  const names = [...inModel.map(({ file }) => namedByDigest(file)), ...attached.map(({ digest }) => digest)];
  throw new AssayError("SIGNATURE_AMBIGUOUS", `${folder} has ${all.length} signatures: ${names.join(", ")}`, {
    remedy: attached.length > 0 ? "choose-attached" : "choose-signature",
    details: { folder, names },
  });
}

/** The one that a caller names by its digest; undefined where what is named is not a digest, or the model has no such signatures. */
export async function remoteSignatureByDigest(model: RemoteModel, digest: string): Promise<FoundRemoteSignature | undefined> {
  if (!DIGEST.test(digest) || model.attachedByDigest === undefined) return undefined;
  const inModel = (await remoteSignatures(model)).find(({ file }) => `sha256:${file.digest?.hex ?? ""}` === digest);
  if (inModel !== undefined) return { path: inModel.file.name, bytes: inModel.bytes };
  const { pinned, bytes } = await model.attachedByDigest(digest);
  return { path: pinned, bytes };
}

function namedByDigest({ name, digest }: RemoteFile): string {
  return digest?.kind === "sha256" ? `${name} (sha256:${digest.hex})` : name;
}
