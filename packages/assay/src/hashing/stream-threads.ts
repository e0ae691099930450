import type { Worker } from "node:worker_threads";
import { AssayError } from "../core/error.ts";
import type { Arriving, ArrivingAnswer } from "./hash-arriving.ts";
import { startHashWorker } from "./start-worker.ts";
import type { FileHash, StreamHashResult, StreamHashTask } from "./stream-hash.ts";

/** Threads that hash what this one receives: both work at once. */
export class StreamThreads {
  readonly #threads: readonly Thread[];

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new Thread());
  }

  /** A file, for the thread that has the fewest. Its promises reject with INTERNAL where the thread fails. */
  hash(task: StreamHashTask): FileHash {
    return this.#threads.reduce((least, thread) => (thread.files < least.files ? thread : least)).hash(task);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}

class Thread {
  readonly #worker: Worker = startHashWorker();
  readonly #files = new Map<number, FileInThread>();
  #count = 0;
  #crash: AssayError | undefined;

  constructor() {
    this.#worker.on("error", (error: Error) => this.#end(error.message));
    this.#worker.on("exit", () => this.#end("no reason given"));
    this.#worker.on("message", (answer: ArrivingAnswer) => this.#files.get(answer.file)?.answered(answer));
  }

  get files(): number {
    return this.#files.size;
  }

  hash(task: StreamHashTask): FileHash {
    const number = this.#count++;
    const send = (message: Arriving, transfer: readonly ArrayBuffer[] = []): void => this.#worker.postMessage(message, transfer);
    const file = new FileInThread(number, send);
    this.#files.set(number, file);
    if (this.#crash !== undefined) file.fail(this.#crash);
    send({ kind: "file", file: number, task });
    return {
      update: (piece) => file.update(piece),
      finish: () => file.finish().finally(() => this.#files.delete(number)),
    };
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #end(why: string): void {
    this.#crash ??= new AssayError("INTERNAL", `a hashing thread ended before its work was done: ${why}`);
    for (const file of this.#files.values()) file.fail(this.#crash);
  }
}

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: AssayError) => void;
}

class FileInThread {
  readonly #number: number;
  readonly #send: (message: Arriving, transfer?: readonly ArrayBuffer[]) => void;
  /** For the pieces that the thread has, in order. */
  readonly #pieces: Waiting<void>[] = [];
  #end: Waiting<StreamHashResult> | undefined;
  #failure: AssayError | undefined;

  constructor(number: number, send: (message: Arriving, transfer?: readonly ArrayBuffer[]) => void) {
    this.#number = number;
    this.#send = send;
  }

  /** A piece in shared memory is read where it is; any other is copied. */
  update(piece: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#pieces.push({ resolve, reject });
      if (piece.buffer instanceof SharedArrayBuffer) this.#send({ kind: "piece", file: this.#number, piece });
      else {
        const copy = new Uint8Array(piece);
        this.#send({ kind: "piece", file: this.#number, piece: copy }, [copy.buffer]);
      }
    });
  }

  finish(): Promise<StreamHashResult> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#end = { resolve, reject };
      this.#send({ kind: "end", file: this.#number });
    });
  }

  answered(answer: ArrivingAnswer): void {
    if (answer.kind === "taken") this.#pieces.shift()?.resolve();
    else if (answer.kind === "hashed") this.#end?.resolve(answer.result);
    else this.fail(new AssayError("INTERNAL", `a file could not be hashed: ${answer.message}`));
  }

  fail(error: AssayError): void {
    this.#failure ??= error;
    for (const piece of this.#pieces.splice(0)) piece.reject(error);
    this.#end?.reject(error);
  }
}
