import { Worker } from "node:worker_threads";
import { assetText } from "./assets.ts";

/** In the place of `hashing/start-worker.ts`: the thread runs code from inside of the executable. */
export function startHashWorker(): Worker {
  return new Worker(assetText("hash-worker.js"), { eval: true, execArgv: [] });
}
