import { AssayError } from "../../core/error.ts";
import { hashStreams, type StreamHashOptions } from "../../hashing/hash-stream.ts";
import { isModelBundle } from "../../source/signature-names.ts";
import { setEmptyFilesAside } from "../../source/empty-files.ts";
import type { WalkOptions } from "../../source/options.ts";
import type { RemoteModel } from "../../source/remote/remote-model.ts";
import { digestsOf } from "../../statement/digests.ts";
import { serializationFor, type SerializationOptions } from "../../statement/serialization.ts";
import type { Digested } from "../results.ts";
import { remoteSignatures } from "./remote-signature.ts";

interface RemoteDigestOptions extends Pick<WalkOptions, "ignorePaths" | "ignoreGitPaths">, SerializationOptions, StreamHashOptions {
  /** The name of the signature in the model. */
  readonly signature?: string;
}

/** The digests of a model on a server, whose files are hashed while they arrive. As `digest`. */
export async function digestRemote(model: RemoteModel, options: RemoteDigestOptions): Promise<Digested> {
  const serialization = serializationFor(options);
  const signature = options.signature ?? (await onlySignature(model));
  const inventory = setEmptyFilesAside(await model.inventory({ ...options, signature }), serialization, "sign");
  const { files, warnings } = inventory;
  if (files.length === 0) throw new AssayError("MODEL_EMPTY", `the model ${model.source.pinned} holds no file besides what is left out`);
  const { digests, failures } = await hashStreams(model, files, serialization, options);
  const [failure] = failures.values();
  if (failure !== undefined) throw failure;
  const ordered = new Map(
    files.flatMap(({ name }) => (digests.has(name) ? [[name, digests.get(name) ?? { name, digests: [], size: 0 }] as const] : [])),
  );
  const { rootDigest, manifestDigest } = await digestsOf(ordered, serialization);
  const aside = model.files.find(({ name }) => name === signature);
  return {
    model: model.source.pinned,
    source: model.source,
    hash: serialization.hash,
    rootDigest,
    manifestDigest,
    files: files.map(({ name, size }) => ({ name, size, digests: digests.get(name)?.digests ?? [] })),
    totalBytes: files.reduce((sum, { size }) => sum + size, 0),
    notCovered: [
      ...inventory.leftOut,
      ...(aside === undefined
        ? []
        : [{ name: aside.name, kind: "file", fileCount: 1, bytes: aside.size, atLeast: false, reason: "signature" } as const]),
    ],
    warnings,
  };
}

/** As on disk: the only bundle in the model is not part of it; of several, all are. */
async function onlySignature(model: RemoteModel): Promise<string | undefined> {
  const bundles = (await remoteSignatures(model)).filter(({ bytes }) => isModelBundle(bytes));
  return bundles.length === 1 ? bundles[0]?.file.name : undefined;
}
