import { Buffer } from "node:buffer";
import { AssayError } from "../error.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { fileAccess, type FileAccess } from "./file-access.ts";
import { HashThreads } from "./hash-threads.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";
import type { ProgressReport } from "./progress-report.ts";
import { digestCount } from "./shards.ts";
import { throwIfAborted, Turns } from "./turns.ts";
import { pieceAt, stopWork, type HashRequest, type WorkList } from "./work-list.ts";
import { workOff, type HashFailure } from "./work-off.ts";

/** What became of each file that was to be hashed. */
export interface HashOutcome {
  readonly digests: Map<string, FileDigests>;
  /** By name; under "keep failures" the other files were hashed all the same. */
  readonly failures: ReadonlyMap<string, AssayError>;
}

export type FailureMode = "stop at failures" | "keep failures";

/** Works a list off, in this thread and `extra` others. Throws ABORTED, and INTERNAL where a piece was left undone. */
export async function runHashing(
  list: WorkList,
  requests: readonly HashRequest[],
  serialization: Serialization,
  extra: number,
  mode: FailureMode,
  progress: ProgressReport,
  { access = fileAccess, signal }: { readonly access?: FileAccess; readonly signal?: AbortSignal },
): Promise<HashOutcome> {
  const failures = new Map<string, AssayError>();
  const onFailure = ({ file, error }: HashFailure): void => {
    failures.set(requests[file]?.file.name ?? "", error);
    if (mode === "stop at failures") stopWork(list);
  };
  const threads = new HashThreads(list, extra, onFailure);
  const onAbort = (): void => void threads.stop();
  signal?.addEventListener("abort", onAbort);
  try {
    await workOff(list, access, onFailure, new Turns(signal));
    await threads.finish();
    throwIfAborted(signal);
    if (mode === "stop at failures" && failures.size > 0) return { digests: new Map(), failures };
    checkAllDone(list, requests, failures, threads.crash);
    progress.finish();
    return { digests: collectDigests(list, requests, serialization, failures), failures };
  } finally {
    signal?.removeEventListener("abort", onAbort);
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
