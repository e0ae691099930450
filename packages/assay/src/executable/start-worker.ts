import { Worker } from "node:worker_threads";
import { assetText } from "./assets.ts";

/** In the place of `hashing/start-worker.ts`: the thread runs code from inside of the executable. Why it needs the option: scripts/executable/thread-crypto.cjs. */
export function startHashWorker(): Worker {
  // Without an environment of its own, a thread that is given options reads those of NODE_OPTIONS too.
  return new Worker(assetText("assay/hash-worker.js"), { eval: true, execArgv: ["--expose-internals", "--no-warnings"], env: {} });
}
