import { availableParallelism } from "node:os";
import { AssayError } from "../core/error.ts";
import type { RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { hashTogether } from "./hash-together.ts";
import { hashHere, type FileHash, type StreamHashTask } from "./stream-hash.ts";
import type { StreamThreads } from "./stream-threads.ts";
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
/** A thread costs about 40 ms and 15 MB to start: it pays from this much to hash. */
const WORK_FOR_THREADS = 64 * 1024 * 1024;
/** A smaller file is hashed sooner than it is passed to a thread. */
const LARGE = 4 * 1024 * 1024;

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
  const threads = await threadsFor(together.rest, parallel);
  const work = async (): Promise<void> => {
    for (const file of pending) {
      try {
        digests.set(
          file.name,
          await hashOne(
            model,
            file,
            serialization,
            threads !== undefined && isLarge(file) ? async (task) => threads.hash(task) : hashHere,
            (bytes) => onBytes(file, bytes),
          ),
        );
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
  await threads?.stop();
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
  start: (task: StreamHashTask) => Promise<FileHash>,
  onBytes: (bytes: number) => void,
): Promise<FileDigests> {
  const { hash: algorithm } = serialization;
  const shardSize = serialization.method === "shards" ? serialization.shardSize : undefined;
  const isSame = shardSize === undefined && algorithm === "sha256" && file.digest?.kind === "sha256";
  const hash = await start({ hash: algorithm, shardSize, listed: isSame ? undefined : file.digest?.kind, size: file.size });
  await model.stream(file, (piece) => {
    onBytes(piece.length);
    return hash.update(piece);
  });
  const { digests, listed } = await hash.finish();
  const found = listed ?? digests[0];
  if (file.digest !== undefined && found !== file.digest.hex) {
    const what = file.digest.kind === "sha256" ? "SHA-256" : "git SHA-1";
    throw new AssayError(
      "REMOTE_DIGEST",
      `${file.name} is not what ${model.source.host} lists: its ${what} is ${found}, and ${file.digest.hex} is listed`,
    );
  }
  return { name: file.name, digests, size: file.size };
}

/** Threads for so many files at once; undefined: they would not pay. */
async function threadsFor(files: readonly RemoteFile[], parallel: number): Promise<StreamThreads | undefined> {
  const large = files.filter(isLarge);
  const count = Math.min(parallel, large.length, availableParallelism());
  if (availableParallelism() === 1 || large.reduce((sum, { size }) => sum + size, 0) < WORK_FOR_THREADS) return undefined;
  // Loaded on use: small models need no threads, and `node:worker_threads` is slow to load.
  const { StreamThreads } = await import("./stream-threads.ts");
  return new StreamThreads(count);
}

function isLarge({ size }: RemoteFile): boolean {
  return size >= LARGE;
}
