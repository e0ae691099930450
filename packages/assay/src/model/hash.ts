import { Buffer } from "node:buffer";
import { availableParallelism } from "node:os";
import { AssayError } from "../error.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { fileAccess, type FileAccess } from "./file-access.ts";
import { HashThreads } from "./hash-threads.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";
import type { InventoryFile } from "./inventory.ts";
import { compareNames } from "./name-order.ts";
import type { WorkOptions } from "./options.ts";
import { ProgressReport } from "./progress-report.ts";
import { digestCount } from "./shards.ts";
import { throwIfAborted, Turns } from "./turns.ts";
import { cutPieces, layOut, pieceAt, stopWork, type HashRequest, type WorkList } from "./work-list.ts";
import { workOff, type HashFailure } from "./work-off.ts";

export interface HashOptions extends WorkOptions {
  /** The model's root, which the cache must not lie in. */
  readonly root?: string;
  /** For tests; with it, everything happens in the calling thread. */
  readonly access?: FileAccess;
}

/** What became of each file that was to be hashed. */
export interface HashOutcome {
  readonly digests: Map<string, FileDigests>;
  /** By name; empty unless failures were to be kept. */
  readonly failures: ReadonlyMap<string, AssayError>;
}

/** A thread costs about 40 ms and 15 MB: it pays from this much work for each. */
const WORK_PER_THREAD = 160 * 1024 * 1024;
/** What opening and checking a file costs, in bytes hashed meanwhile. */
const FILE_OVERHEAD = 20_000;
const MOST_DIGESTS = 20_000_000;

/**
 * Hashes files that a walk found, whole or in shards. OMS section 6.3.
 *
 * The result is in the order of `files`; with shards, a zero-byte file has no digests.
 * Throws FILE_CHANGED for a file that is not, or does not stay, what the walk saw; FILE_UNREADABLE;
 * USAGE for shards so small that their digests are beyond measure; CACHE_UNSAFE; ABORTED.
 */
export async function hashFiles(
  files: readonly InventoryFile[],
  serialization: Serialization,
  options: HashOptions = {},
): Promise<Map<string, FileDigests>> {
  const requests = files.map((file) => ({ file, mostShards: Infinity }));
  return (await hashEach(requests, serialization, options, "stop at failures")).digests;
}

/** Like `hashFiles`, with a bound on shards for each file, and failures kept where that is asked for. */
export async function hashEach(
  requests: readonly HashRequest[],
  serialization: Serialization,
  options: HashOptions,
  mode: "stop at failures" | "keep failures",
): Promise<HashOutcome> {
  throwIfAborted(options.signal);
  const threads = threadCount(options.threads);
  checkDigestCount(requests, serialization);
  const pieces = cutPieces(requests, serialization, DIGEST_LENGTHS[serialization.hash]);
  const extra = options.access === undefined ? Math.min(threads - 1, threadsThatPay(requests), pieces.list.length - 1) : 0;
  const list = layOut(requests, pieces, serialization, extra > 0);
  const failures = await runThreads(list, requests, options, extra, mode === "stop at failures");
  const [first] = [...failures].sort(([a], [b]) => compareNames(a, b));
  if (first !== undefined && mode === "stop at failures") throw first[1];
  return { digests: collectDigests(list, requests, serialization, failures), failures };
}

async function runThreads(
  list: WorkList,
  requests: readonly HashRequest[],
  options: HashOptions,
  extra: number,
  stopAtFailures: boolean,
): Promise<ReadonlyMap<string, AssayError>> {
  const failures = new Map<string, AssayError>();
  const onFailure = ({ file, error }: HashFailure): void => {
    const name = requests[file]?.file.name;
    if (name === undefined) return;
    failures.set(name, error);
    if (stopAtFailures) stopWork(list);
  };
  const progress = new ProgressReport(list, requests, options.onProgress);
  const threads = new HashThreads(list, extra, onFailure);
  const onAbort = (): void => void threads.stop();
  options.signal?.addEventListener("abort", onAbort);
  try {
    await workOff(list, options.access ?? fileAccess, onFailure, new Turns(options.signal));
    await threads.finish();
    throwIfAborted(options.signal);
    if (stopAtFailures && failures.size > 0) return failures;
    checkAllDone(list, requests, failures, threads.crash);
    progress.finish();
    return failures;
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    progress.stop();
    await threads.stop();
  }
}

/** No digest is ever taken from a piece that nobody finished, whatever became of the thread that had it. */
function checkAllDone(
  list: WorkList,
  requests: readonly HashRequest[],
  failures: ReadonlyMap<string, AssayError>,
  crash: Error | undefined,
): void {
  for (const [index, done] of list.done.entries()) {
    if (done === 1 || failures.has(requests[pieceAt(list, index).file]?.file.name ?? "")) continue;
    throw new AssayError("INTERNAL", `a hashing thread ended before its work was done: ${crash?.message ?? "no reason given"}`, {
      cause: crash,
    });
  }
}

function collectDigests(
  list: WorkList,
  requests: readonly HashRequest[],
  serialization: Serialization,
  failures: ReadonlyMap<string, AssayError>,
): Map<string, FileDigests> {
  const hex = Buffer.from(list.digests.buffer);
  const length = DIGEST_LENGTHS[serialization.hash];
  const digests = new Map<string, FileDigests>();
  let offset = 0;
  for (const { file, mostShards } of requests) {
    const count = Math.min(digestCount(file.size, serialization), mostShards);
    const own = Array.from({ length: count }, (_, index) => hex.toString("hex", offset + index * length, offset + (index + 1) * length));
    offset += count * length;
    if (!failures.has(file.name)) digests.set(file.name, { name: file.name, digests: own, size: file.size });
  }
  return digests;
}

function threadCount(threads: number | undefined): number {
  if (threads === undefined) return availableParallelism();
  if (Number.isSafeInteger(threads) && threads >= 1) return threads;
  throw new AssayError("USAGE", `the number of threads is a whole number from 1 on, not ${threads}`);
}

function threadsThatPay(requests: readonly HashRequest[]): number {
  const work = requests.reduce((sum, { file }) => sum + file.size + FILE_OVERHEAD, 0);
  return Math.floor(work / WORK_PER_THREAD);
}

function checkDigestCount(requests: readonly HashRequest[], serialization: Serialization): void {
  if (serialization.method === "files") return;
  const count = requests.reduce((sum, { file, mostShards }) => sum + Math.min(digestCount(file.size, serialization), mostShards), 0);
  if (count <= MOST_DIGESTS) return;
  throw new AssayError("USAGE", `shards of ${serialization.shardSize} bytes would cut this model into ${count.toLocaleString("en-US")} pieces`, {
    hint: "take a larger shard size; 1000000000 is usual",
  });
}
