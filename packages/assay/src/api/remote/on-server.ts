import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { asAssayError, type AssayError } from "../../core/error.ts";
import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import type { Warning } from "../../core/warning.ts";
import { readBounded } from "../../files/read-bounded.ts";
import { filesOnServer } from "../../hashing/files-on-server.ts";
import { isModelBundle, isSignatureName } from "../../source/signature-names.ts";
import type { RemoteFile, RemoteModel } from "../../source/remote/remote-model.ts";
import { Seen } from "../../source/seen.ts";
import { saidOfOlder, type SignatureAside } from "../../source/signature-aside.ts";
import { saidOfOthers } from "../other-signatures.ts";
import type { AttachedBundle, OpenedModel, OpeningOptions } from "../opened/opened-model.ts";
import type { ReadSignature } from "../../verdict/prove.ts";
import { findRemoteSignature, remoteSignatureByDigest, remoteSignatures } from "./remote-signature.ts";

/** A model on a server. Once a read fails, every other fails alike, and the question ends with that failure. */
export function onServer(model: RemoteModel, options: OpeningOptions): OpenedModel<RemoteFile> {
  const { source, kind, name } = model;
  const { cwd = process.cwd(), parallel, digests, remoteCache } = options;
  let failure: AssayError | undefined;
  const work = filesOnServer(model, {
    ...(parallel === undefined ? {} : { parallel }),
    ...(digests === undefined ? {} : { digests }),
    remoteCache,
  });
  return {
    ...work,
    given: source.pinned,
    source,
    kind,
    name,
    cwd,
    // A signature elsewhere leaves nothing out, and its path would be signed as one that does.
    inventory: async ({ signature, ...request }) =>
      model.inventory({ ...request, signature: model.files.some((file) => file.name === signature) ? signature : undefined }),
    // What reads files for findings passes over those that it cannot read: of a server, nothing may be passed over.
    read: async (file, from, length) => {
      if (failure !== undefined) throw failure;
      try {
        return await model.read(file, from, length);
      } catch (thrown) {
        throw (failure ??= asAssayError(thrown));
      }
    },
    changes: async (...asked) => {
      if (failure !== undefined) throw failure;
      return work.changes(...asked);
    },
    signatureAside: async (named) => setAside(model, named, cwd),
    readSignature: async (named) => readSignature(model, named, cwd),
    attach: model.attach === undefined ? undefined : async (bundle) => attachTo(model, bundle),
    olderSignatures: async (inventory) => {
      const bundles = new Set((await remoteSignatures(model)).filter(({ bytes }) => isModelBundle(bytes)).map(({ file }) => file.name));
      return saidOfOlder(inventory, (file) => bundles.has(file.name));
    },
    otherSignatures: async ({ files }, { unsigned, notCovered }, path) => {
      if (model.files.every((file) => file.name === path || !isSignatureName(file.name))) return [];
      const bundles = new Set((await remoteSignatures(model)).filter(({ bytes }) => isModelBundle(bytes)).map(({ file }) => file.name));
      return saidOfOthers({ files: [...files.keys()], others: [...unsigned, ...notCovered] }, (name) => name !== path && bundles.has(name));
    },
  };
}

async function attachTo(model: RemoteModel, bundle: Uint8Array): Promise<AttachedBundle> {
  const reference = (await model.attach?.(bundle)) ?? "";
  const { signatures = [] } = (await model.attachments?.()) ?? {};
  return { reference, others: signatures.filter(({ pinned }) => pinned !== reference).map(({ digest }) => digest) };
}

/** As on disk: the one that is named, else the only bundle in the model; of several, all are files of the model. */
async function setAside(model: RemoteModel, named: string | undefined, cwd: string): Promise<SignatureAside> {
  if (named !== undefined) {
    const isLocal = existsSync(resolve(cwd, named));
    if (isLocal || model.files.every(({ name }) => name !== named)) return aside(undefined);
    return aside(named);
  }
  const bundles = (await remoteSignatures(model)).filter(({ bytes }) => isModelBundle(bytes)).map(({ file }) => file.name);
  const [only, ...others] = bundles;
  if (others.length === 0) return aside(only);
  return {
    ...aside(undefined),
    warnings: [inModel(`the model holds ${bundles.length} signatures, ${bundles.join(", ")}: all count as files of the model`)],
  };
}

function aside(excludedFile: string | undefined): SignatureAside {
  return { excludedFile, seen: new Seen(), warnings: [] };
}

/** One that is named is the digest of one of this model, a file of this machine or, where that is missing, a file of the model. */
async function readSignature(model: RemoteModel, named: string | Uint8Array | undefined, cwd: string): Promise<ReadSignature> {
  if (named instanceof Uint8Array) return read(named, undefined, false);
  if (named === undefined) {
    const { path, bytes } = await findRemoteSignature(model);
    return read(bytes, path, true);
  }
  const chosen = await remoteSignatureByDigest(model, named);
  if (chosen !== undefined) return read(chosen.bytes, chosen.path, false);
  const path = resolve(cwd, named);
  const there = existsSync(path) ? undefined : model.files.find(({ name }) => name === named);
  if (there === undefined || there.size > MAX_BUNDLE_BYTES)
    return read(readBounded(path, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE"), path, false);
  return read(await model.read(there, 0, there.size), there.name, false);
}

function read(bytes: Uint8Array, path: string | undefined, found: boolean): ReadSignature {
  return { bytes, source: { path, found, bytes: bytes.length }, warnings: [] };
}

function inModel(message: string): Warning {
  return { code: "SIGNATURE_IN_MODEL", message };
}
