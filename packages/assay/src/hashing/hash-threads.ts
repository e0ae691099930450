import type { Worker } from "node:worker_threads";
import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import type { Remedy } from "../core/remedies.ts";
import { startHashWorker } from "./start-worker.ts";
import type { HashFailure } from "./work-off.ts";
import { stopWork, type WorkList } from "./work-list.ts";

/** What a thread is told to do with a list. */
export interface Task {
  readonly kind: "hash" | "look";
  readonly list: WorkList;
}

/** What a thread sends: a failure (errors do not keep their class between threads), or that it is done with its task. */
export type Answer =
  | {
      readonly kind: "failure";
      readonly file: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly remedy: Remedy | undefined;
    }
  | { readonly kind: "done" };

/** How long a stopped thread may take to finish its read before it is ended by force. */
const GRACE_MS = 500;

interface Thread {
  readonly worker: Worker;
  readonly exited: Promise<void>;
  hasExited: boolean;
  /** Tells those who wait for the task in hand. */
  onDone: () => void;
}

/** Threads that work beside the main one: started once, and given one list after another. */
export class HashThreads {
  readonly #threads: readonly Thread[];
  #list: WorkList | undefined;
  #onFailure: (failure: HashFailure) => void = () => undefined;
  /** What ended a thread that should not have ended; the others do its work. */
  crash: Error | undefined;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => this.#start());
  }

  get count(): number {
    return this.#threads.length;
  }

  /** Ends when all threads are done with the list. A thread that crashed is done. */
  async work(kind: Task["kind"], list: WorkList, onFailure: (failure: HashFailure) => void): Promise<void> {
    this.#list = list;
    this.#onFailure = onFailure;
    const task: Task = { kind, list };
    await Promise.all(
      this.#threads.map(
        (thread) =>
          new Promise<void>((resolve) => {
            if (thread.hasExited) return resolve();
            thread.onDone = resolve;
            return send(thread.worker, task);
          }),
      ),
    );
  }

  /** Ends all threads: politely, so that they close their files, then by force. */
  async stop(): Promise<void> {
    if (this.#list !== undefined) stopWork(this.#list);
    for (const { worker } of this.#threads) send(worker, undefined);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, GRACE_MS)));
    await Promise.race([patience, Promise.all(this.#threads.map(({ exited }) => exited))]);
    clearTimeout(timer);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = startHashWorker();
    const exited = new Promise<void>((resolve) => {
      worker.on("exit", () => {
        thread.hasExited = true;
        thread.onDone();
        resolve();
      });
    });
    const thread: Thread = { worker, exited, hasExited: false, onDone: () => undefined };
    worker.on("error", (error: Error) => (this.crash = error));
    worker.on("message", (answer: Answer) => {
      if (answer.kind === "done") return thread.onDone();
      const { file, code, message, hint, remedy } = answer;
      return this.#onFailure({ file, error: new AssayError(code, message, { hint, remedy }) });
    });
    return thread;
  }
}

/** Nothing: the thread is to end. */
function send(worker: Worker, task: Task | undefined): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage(task);
}
