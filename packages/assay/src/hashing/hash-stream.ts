import { createHash, type Hash } from "node:crypto";
import { AssayError } from "../core/error.ts";
import type { RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { loadHasher, type Hasher, type RunningHash } from "./hasher.ts";
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
  const digests = new Map<string, FileDigests>();
  const failures = new Map<string, AssayError>();
  const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
  const progress = { bytesDone: 0, filesDone: 0 };
  let reported = 0;
  const report = (current: string | undefined, isForced = false): void => {
    if (onProgress === undefined || (!isForced && Date.now() - reported < INTERVAL_MS)) return;
    reported = Date.now();
    onProgress({ ...progress, bytesTotal, filesTotal: files.length, current });
  };
  const pending = files.values();
  const work = async (): Promise<void> => {
    // One for each: the portable BLAKE3 has one running hash.
    const hasher = await loadHasher(serialization.hash);
    for (const file of pending) {
      try {
        digests.set(
          file.name,
          await hashOne(model, file, serialization, hasher, (bytes) => {
            progress.bytesDone += bytes;
            report(file.name);
          }),
        );
      } catch (error) {
        if (!(error instanceof AssayError) || !OF_ONE_FILE.has(error.code)) throw error;
        failures.set(file.name, error);
      }
      progress.filesDone += 1;
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(parallel, files.length)) }, work);
  // All end before the first failure is thrown: none may read on behind it.
  await Promise.allSettled(workers);
  await Promise.all(workers);
  report(undefined, true);
  return { digests, failures };
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
  const own = serialization.method === "files" && serialization.hash === "sha256" && file.digest?.kind === "sha256";
  const listed = own ? undefined : listedHash(file);
  await model.stream(file, (piece) => {
    shards.update(piece);
    listed?.update(piece);
    onBytes(piece.length);
  });
  const digests = shards.finish(file.size);
  const found = listed?.digest("hex") ?? digests[0];
  if (file.digest !== undefined && found !== file.digest.hex) {
    const what = file.digest.kind === "sha256" ? "SHA-256" : "git SHA-1";
    throw new AssayError(
      "REMOTE_DIGEST",
      `${file.name} is not what ${model.source.host} lists: its ${what} is ${found}, and ${file.digest.hex} is listed`,
    );
  }
  return { name: file.name, digests, size: file.size };
}

/** A git blob is hashed with its header before the bytes. */
function listedHash({ digest, size }: RemoteFile): Hash | undefined {
  if (digest === undefined) return undefined;
  return digest.kind === "sha256" ? createHash("sha256") : createHash("sha1").update(`blob ${size}\0`);
}

/** Consecutive shards of one file, or all of it as one. */
class Shards {
  readonly #hasher: Hasher;
  readonly #shardSize: number | undefined;
  readonly #digests: string[] = [];
  #running: RunningHash | undefined;
  #room: number;

  constructor(hasher: Hasher, shardSize: number | undefined) {
    this.#hasher = hasher;
    this.#shardSize = shardSize;
    this.#room = shardSize ?? Infinity;
  }

  update(piece: Uint8Array): void {
    let rest = piece;
    while (rest.length > 0) {
      this.#running ??= this.#hasher.start();
      const part = rest.subarray(0, Math.min(rest.length, this.#room));
      this.#running.update(part);
      this.#room -= part.length;
      rest = rest.subarray(part.length);
      if (this.#room === 0) this.#end();
    }
  }

  /** An empty file has one digest, and in shards none. */
  finish(size: number): readonly string[] {
    if (size === 0 && this.#shardSize === undefined) this.#running ??= this.#hasher.start();
    if (this.#running !== undefined) this.#end();
    return this.#digests;
  }

  #end(): void {
    this.#digests.push(Buffer.from(this.#running?.digest() ?? []).toString("hex"));
    this.#running = undefined;
    this.#room = this.#shardSize ?? Infinity;
  }
}
