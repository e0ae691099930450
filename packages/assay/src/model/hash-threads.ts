import { Worker } from "node:worker_threads";
import { AssayError } from "../error.ts";
import type { ErrorCode } from "../error-codes.ts";
import type { Remedy } from "../remedies.ts";
import type { HashFailure } from "./work-off.ts";
import { stopWork, type WorkList } from "./work-list.ts";

/** A failure as a worker sends it: errors do not keep their class between threads. */
export interface FailureMessage {
  readonly file: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
  readonly remedy: Remedy | undefined;
}

// Beside this file: as TypeScript when Node runs the sources, as JavaScript when they are built. The
// command's bundle has the worker as an entry of its own under the same name.
const WORKER = new URL(`./hash-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** How long a stopped thread may take to finish its read before it is ended by force. */
const GRACE_MS = 500;

/** Threads at work on one list beside the main one. */
export class HashThreads {
  readonly #list: WorkList;
  readonly #workers: readonly Worker[];
  readonly #exits: readonly Promise<void>[];
  /** What ended a thread that should not have ended; the others do its work. */
  crash: Error | undefined;

  constructor(list: WorkList, count: number, onFailure: (failure: HashFailure) => void) {
    this.#list = list;
    this.#workers = Array.from({ length: count }, () => new Worker(WORKER, { workerData: list, execArgv: [] }));
    this.#exits = this.#workers.map(
      (worker) =>
        new Promise((resolve) => {
          worker.on("message", (failure: FailureMessage) => onFailure(fromMessage(failure)));
          worker.on("error", (error: Error) => (this.crash = error));
          worker.on("exit", () => resolve());
        }),
    );
  }

  /** Waits until all threads are done. */
  async finish(): Promise<void> {
    await Promise.all(this.#exits);
  }

  /** Ends all threads: politely, so that they close their files, then by force. */
  async stop(): Promise<void> {
    stopWork(this.#list);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, GRACE_MS)));
    await Promise.race([patience, Promise.all(this.#exits)]);
    clearTimeout(timer);
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function fromMessage({ file, code, message, hint, remedy }: FailureMessage): HashFailure {
  return { file, error: new AssayError(code, message, { hint, remedy }) };
}
