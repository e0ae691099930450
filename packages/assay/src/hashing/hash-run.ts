import { AssayError } from "../core/error.ts";
import type { Serialization } from "../statement/manifest.ts";
import { fileAccess, type FileAccess } from "../source/file-access.ts";
import type { HashThreads } from "./hash-threads.ts";
import { Hashed } from "./hashed.ts";
import { pieceAt, type HashRequest } from "./pieces.ts";
import type { ProgressReport } from "./progress-report.ts";
import { throwIfAborted, Turns } from "../source/turns.ts";
import { stopWork, type WorkList } from "./work-list.ts";
import { workOff, type HashFailure } from "./work-off.ts";

export type FailureMode = "stop at failures" | "keep failures";

/** Works a list off, in this thread and beside it in `threads`. Throws ABORTED, and INTERNAL where a piece was left undone. */
export async function runHashing(
  list: WorkList,
  requests: readonly HashRequest[],
  serialization: Serialization,
  threads: HashThreads | undefined,
  mode: FailureMode,
  progress: ProgressReport,
  { access = fileAccess, signal }: { readonly access?: FileAccess; readonly signal?: AbortSignal },
): Promise<Hashed> {
  const failures = new Map<string, AssayError>();
  const onFailure = ({ file, error }: HashFailure): void => {
    failures.set(requests[file]?.file.name ?? "", error);
    if (mode === "stop at failures") stopWork(list);
  };
  const onAbort = (): void => stopWork(list);
  signal?.addEventListener("abort", onAbort);
  try {
    const others = threads?.work("hash", list, onFailure);
    await workOff(list, access, (file) => requests[file]?.file.path ?? "", onFailure, new Turns(signal));
    await others;
    throwIfAborted(signal);
    if (mode === "keep failures" || failures.size === 0) {
      checkAllDone(list, requests, failures, threads?.crash);
      progress.finish();
    }
    return new Hashed(list, requests, serialization, failures, threads);
  } finally {
    signal?.removeEventListener("abort", onAbort);
    progress.stop();
  }
}

/** No digest is ever taken from an unfinished piece, whatever became of the thread that had it. */
function checkAllDone(
  list: WorkList,
  requests: readonly HashRequest[],
  failures: ReadonlyMap<string, AssayError>,
  crash: Error | undefined,
): void {
  for (let index = list.done.indexOf(0); index !== -1; index = list.done.indexOf(0, index + 1)) {
    if (failures.has(requests[pieceAt(list.pieces, index).file]?.file.name ?? "")) continue;
    throw new AssayError("INTERNAL", `a hashing thread ended before its work was done: ${crash?.message ?? "no reason given"}`, {
      cause: crash,
    });
  }
}
