// Loaded before each test file: a file that does not end in time is stopped, so that a hang is a failure. A timer of the
// file's own thread would not fire in a loop that never yields; another thread's does.
import { isMainThread, Worker } from "node:worker_threads";

const seconds = Number(process.env.ASSAY_TEST_SECONDS);
if (isMainThread && process.env.NODE_TEST_CONTEXT !== undefined && seconds > 0) {
  const watch = `setTimeout(() => process.kill(process.pid, "SIGKILL"), ${seconds * 1000});`;
  new Worker(watch, { eval: true, execArgv: [] }).unref();
}
