import { createHash, type Hash } from "node:crypto";
import { AssayError } from "../core/error.ts";
import { otherThanListed } from "../source/remote/listed-digest.ts";
import type { RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { hashTogether } from "./hash-together.ts";
import { loadHasher, type Hasher } from "./hasher.ts";
import { Shards } from "./shards.ts";
import type { ProgressListener } from "./work-options.ts";

/** How files are hashed while they arrive. */
export interface StreamHashOptions {
  /** Files at once. Default 4. */
  readonly parallel?: number;
  readonly onProgress?: ProgressListener | undefined;
}

/** The digests of files, and why some have none. */
export interface StreamedDigests {
  readonly digests: ReadonlyMap<string, FileDigests>;
  readonly failures: ReadonlyMap<string, AssayError>;
}

const INTERVAL_MS = 100;

/**
 * Hashes files of a remote model while they arrive; nothing is kept. Each is also hashed as its server lists it, so that a
 * server which gives other bytes than it lists is found. OMS section 6.3.
 *
 * A failure that is about one file is in `failures`: REMOTE_DIGEST, REMOTE_CHANGED, REMOTE_TRUNCATED. Throws what else `stream` throws.
 */
export async function hashStreams(
  model: RemoteModel,
  files: readonly RemoteFile[],
  serialization: Serialization,
  { parallel = 4, onProgress }: StreamHashOptions = {},
): Promise<StreamedDigests> {
  const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
  const progress = { bytesDone: 0, filesDone: 0 };
  let reported = 0;
  const report = (current: string | undefined, isForced = false): void => {
    if (onProgress === undefined || (!isForced && Date.now() - reported < INTERVAL_MS)) return;
    reported = Date.now();
    onProgress({ ...progress, bytesTotal, filesTotal: files.length, current });
  };
  const onBytes = ({ name }: RemoteFile, bytes: number): void => {
    progress.bytesDone += bytes;
    report(name);
  };
  const together = await hashTogether(model, files, serialization, isOfOneFile, onBytes);
  const [digests, failures] = [new Map(together.digests), new Map(together.failures)];
  progress.filesDone = digests.size + failures.size;
  const pending = together.rest.values();
  const work = async (): Promise<void> => {
    // One for each: the portable BLAKE3 has one running hash.
    const hasher = await loadHasher(serialization.hash);
    for (const file of pending) {
      try {
        digests.set(file.name, await hashOne(model, file, serialization, hasher, (bytes) => onBytes(file, bytes)));
      } catch (error) {
        if (!(error instanceof AssayError) || !isOfOneFile(error)) throw error;
        failures.set(file.name, error);
      }
      progress.filesDone += 1;
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(parallel, together.rest.length)) }, work);
  // All end before the first failure is thrown: none may read on behind it.
  await Promise.allSettled(workers);
  await Promise.all(workers);
  report(undefined, true);
  return { digests, failures };
}

function isOfOneFile({ code }: AssayError): boolean {
  return OF_ONE_FILE.has(code);
}

const OF_ONE_FILE: ReadonlySet<string> = new Set(["REMOTE_DIGEST", "REMOTE_CHANGED", "REMOTE_TRUNCATED"]);

async function hashOne(
  model: RemoteModel,
  file: RemoteFile,
  serialization: Serialization,
  hasher: Hasher,
  onBytes: (bytes: number) => void,
): Promise<FileDigests> {
  const shards = new Shards(hasher, serialization.method === "shards" ? serialization.shardSize : undefined);
  const isSame = serialization.method === "files" && serialization.hash === "sha256" && file.digest?.kind === "sha256";
  const listed = isSame ? undefined : listedHash(file);
  await model.stream(file, (piece) => {
    shards.update(piece);
    listed?.update(piece);
    onBytes(piece.length);
    return undefined;
  });
  const digests = shards.finish(file.size);
  const found = listed?.digest("hex") ?? digests[0];
  if (file.digest !== undefined && found !== file.digest.hex) {
    throw otherThanListed(model.source.host, file, found ?? "");
  }
  return { name: file.name, digests, size: file.size };
}

/** A git blob is hashed with its header before the bytes. */
function listedHash({ digest, size }: RemoteFile): Hash | undefined {
  if (digest === undefined) return undefined;
  return digest.kind === "sha256" ? createHash("sha256") : createHash("sha1").update(`blob ${size}\0`);
}
