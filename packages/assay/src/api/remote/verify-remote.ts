import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import { readBounded } from "../../files/read-bounded.ts";
import { hashStreams, type StreamHashOptions } from "../../hashing/hash-stream.ts";
import type { WalkOptions } from "../../source/options.ts";
import type { RemoteFile, RemoteModel } from "../../source/remote/remote-model.ts";
import type { FileDigests, Serialization } from "../../statement/manifest.ts";
import { resolve } from "node:path";
import { proveRead, type SignatureQuestion } from "../prove-signature.ts";
import type { Verification } from "../results.ts";
import type { ReadSignature } from "../../verdict/prove.ts";
import type { VerificationRecord } from "../../verdict/record.ts";
import { verifyListed } from "../../verdict/verify-listed.ts";
import { findRemoteSignature } from "./remote-signature.ts";

/** Whom the caller trusts, and what must be covered. */
export interface RemoteQuestion extends SignatureQuestion, Pick<WalkOptions, "ignorePaths" | "ignoreGitPaths">, StreamHashOptions {
  readonly ignoreUnsignedFiles?: boolean;
  readonly requireAll?: boolean;
  readonly cwd?: string;
}

/** Verifies a model on a server: its files are hashed while they arrive, and nothing is kept. As `verify`. */
export async function verifyRemote(model: RemoteModel, options: RemoteQuestion, record: VerificationRecord): Promise<Verification> {
  record.sourceKnown(model.source);
  const { read, name } = await readSignature(model, options);
  const proven = await proveRead(read, options, record);
  const inventory = await model.inventory({ ...options, signature: name, signed: proven.manifest });
  const { serialization } = proven.manifest;
  const digests = {
    ofSigned: (files: readonly RemoteFile[]) => hashStreams(model, files, serialization, options),
    ofCandidates: (files: readonly RemoteFile[]) => Promise.resolve(listedDigests(files, serialization)),
  };
  return verifyListed(proven, inventory, digests, options, record);
}

interface FoundSignature {
  readonly read: ReadSignature;
  /** In the model; undefined for one from elsewhere. */
  readonly name: string | undefined;
}

/** One that is given is the caller's: bytes, or a file of this machine. */
async function readSignature(model: RemoteModel, { signature, cwd = process.cwd() }: RemoteQuestion): Promise<FoundSignature> {
  if (signature === undefined) {
    const { file, bytes } = await findRemoteSignature(model);
    return { read: { bytes, source: { path: file.name, found: true, bytes: bytes.length }, warnings: [] }, name: file.name };
  }
  if (typeof signature !== "string") return givenSignature(signature, undefined);
  const path = resolve(cwd, signature);
  return givenSignature(readBounded(path, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE"), path);
}

function givenSignature(bytes: Uint8Array, path: string | undefined): FoundSignature {
  return { read: { bytes, source: { path, found: false, bytes: bytes.length }, warnings: [] }, name: undefined };
}

/** What the server lists says which missing file has another name: for the message alone. */
function listedDigests(files: readonly RemoteFile[], { method, hash }: Serialization): readonly FileDigests[] {
  if (method !== "files" || hash !== "sha256") return [];
  return files.flatMap(({ name, size, digest }) => (digest?.kind === "sha256" ? [{ name, size, digests: [digest.hex] }] : []));
}
