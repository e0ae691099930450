import { Worker } from "node:worker_threads";

// Beside this file: as TypeScript when Node runs the sources, as JavaScript when they are built. The
// command's bundle has the worker as an entry of its own under the same name.
const WORKER = new URL(`./hash-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/**
 * Starts a thread that runs hash-worker.ts. The single executable has another module in the place of this one
 * (`executable/start-worker.ts`), whose thread runs a string.
 */
export function startHashWorker(): Worker {
  return new Worker(WORKER, { execArgv: [] });
}
