import { WORKER } from "../embedded.ts";
import { AssayError } from "../../../assay/src/core/error.ts";
import type { PageFile } from "../files/listing.ts";
import type { FileResult, HashSettings, HashTask, WorkerMessage } from "./messages.ts";

/** Bytes and files hashed so far. */
export interface HashProgress {
  readonly bytesDone: number;
  readonly filesDone: number;
  readonly bytesTotal: number;
  readonly filesTotal: number;
}

export interface HashRun extends HashSettings {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: HashProgress) => void;
}

/** More do not help: the browser reads files in one process. */
const MAX_WORKERS = 4;
/** A task has so many files, or a few large ones. */
const TASK_FILES = 64;
const TASK_BYTES = 4 * 1024 * 1024;

/**
 * Hashes files in workers, which are made for this and ended after it. Results are in the order of `files`.
 * Throws ABORTED where the signal says so.
 */
export async function hashFiles(
  files: readonly PageFile[],
  { signal, onProgress, hash, shardSize }: HashRun,
): Promise<readonly FileResult[]> {
  const results: FileResult[] = [];
  const tasks = cut(files).values();
  const total = { bytesTotal: files.reduce((sum, { size }) => sum + size, 0), filesTotal: files.length };
  let bytesDone = 0;
  let filesDone = 0;
  const count = Math.min(MAX_WORKERS, navigator.hardwareConcurrency, files.length);
  const url = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
  const workers: Worker[] = [];
  try {
    const runs = Array.from({ length: count }, () => {
      const worker = new Worker(url);
      workers.push(worker);
      return new Promise<void>((resolve, reject) => {
        const next = (): void => {
          const { value } = tasks.next();
          if (value === undefined) resolve();
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
          else worker.postMessage({ files: value, hash, shardSize } satisfies HashTask);
        };
        worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
          if (data.kind === "bytes") bytesDone += data.bytes;
          else {
            for (const result of data.results) results[result.index] = result;
            filesDone += data.results.length;
            next();
          }
          onProgress({ bytesDone, filesDone, ...total });
        });
        worker.addEventListener("error", (event) => reject(new Error(`the hash worker failed: ${event.message}`)));
        signal.addEventListener("abort", () => reject(stopped()), { once: true });
        next();
      });
    });
    if (signal.aborted) throw stopped();
    await Promise.all(runs);
  } finally {
    for (const worker of workers) worker.terminate();
    URL.revokeObjectURL(url);
  }
  return results;
}

function stopped(): AssayError {
  const when = "while the files were hashed";
  return new AssayError("ABORTED", `stopped ${when}`, { details: { when, aftermath: "" } });
}

/** The largest files first, so that none is left alone at the end; small ones many at a time. */
function cut(files: readonly PageFile[]): HashTask["files"][] {
  const ordered = files.map(({ file }, index) => ({ index, file })).sort((a, b) => b.file.size - a.file.size);
  const tasks: { index: number; file: File }[][] = [];
  let room = 0;
  for (const item of ordered) {
    const last = tasks.at(-1);
    if (last === undefined || last.length >= TASK_FILES || item.file.size > room) {
      tasks.push([item]);
      room = TASK_BYTES - item.file.size;
    } else {
      last.push(item);
      room -= item.file.size;
    }
  }
  return tasks;
}
