// The entry of a worker thread: works off the list that it was started with, and ends.
import { parentPort, workerData } from "node:worker_threads";
import { fileAccess } from "./file-access.ts";
import type { FailureMessage } from "./hash-threads.ts";
import { workOff } from "./work-off.ts";
import type { WorkList } from "./work-list.ts";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only hash-threads.ts starts this file, and with a work list
const list = workerData as WorkList;

void workOff(list, fileAccess, ({ file, error: { code, message, hint, remedy } }) => {
  const failure: FailureMessage = { file, code, message, hint, remedy };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(failure);
});
