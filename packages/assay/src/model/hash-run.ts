import { Buffer } from "node:buffer";
import { AssayError } from "../error.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { fileAccess, type FileAccess } from "./file-access.ts";
import type { InventoryFile } from "./inventory.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";
import { digestsWanted, pieceAt, type HashRequest } from "./pieces.ts";
import type { ProgressReport } from "./progress-report.ts";
import { throwIfAborted, Turns } from "./turns.ts";
import { stopWork, type WorkList } from "./work-list.ts";
import { workOff, type HashFailure } from "./work-off.ts";

/** What became of each file that was to be hashed. */
export interface HashOutcome {
  readonly digests: Map<string, FileDigests>;
  /** By name; under "keep failures" the other files were hashed all the same. */
  readonly failures: ReadonlyMap<string, AssayError>;
  /** Small files that may be git-LFS pointers: those that begin like one, and those that were not read here. */
  readonly mayBePointers: readonly InventoryFile[];
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
  // Loaded on use: small models need no threads, and `node:worker_threads` takes its time to load.
  const threads = extra === 0 ? undefined : new (await import("./hash-threads.ts")).HashThreads(list, extra, onFailure);
  const onAbort = (): void => {
    stopWork(list);
    void threads?.stop();
  };
  signal?.addEventListener("abort", onAbort);
  try {
    await workOff(list, access, onFailure, new Turns(signal));
    await threads?.finish();
    throwIfAborted(signal);
    if (mode === "stop at failures" && failures.size > 0) return { digests: new Map(), failures, mayBePointers: [] };
    checkAllDone(list, requests, failures, threads?.crash);
    progress.finish();
    const mayBePointers = requests.flatMap(({ file }, index) => (list.pointerLike[index] === 1 ? [file] : []));
    return { digests: collectDigests(list, requests, serialization, failures), failures, mayBePointers };
  } finally {
    signal?.removeEventListener("abort", onAbort);
    progress.stop();
    await threads?.stop();
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
    if (done === 1 || failures.has(requests[pieceAt(list.pieces, index).file]?.file.name ?? "")) continue;
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
  const digests = new Map<string, FileDigests>();
  const hexLength = DIGEST_LENGTHS[serialization.hash] * 2;
  const hex = new HexReader(list.digests);
  for (const request of requests) {
    const own: string[] = [];
    for (let count = digestsWanted(request, serialization); count > 0; count--) own.push(hex.next(hexLength));
    const { name, size } = request.file;
    if (!failures.has(name)) digests.set(name, { name, digests: own, size });
  }
  return digests;
}

/** Reads hex out of bytes one after another; made in large parts, which is faster and takes less memory than one by one. */
class HexReader {
  static readonly #PART_BYTES = 64 * 1024;
  readonly #bytes: Buffer;
  #read = 0;
  #part = "";
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next `length` digits; lengths that divide a part's are read without gaps. */
  next(length: number): string {
    if (this.#at === this.#part.length) {
      this.#part = this.#bytes.toString("hex", this.#read, this.#read + HexReader.#PART_BYTES);
      this.#read += HexReader.#PART_BYTES;
      this.#at = 0;
    }
    return this.#part.slice(this.#at, (this.#at += length));
  }
}
