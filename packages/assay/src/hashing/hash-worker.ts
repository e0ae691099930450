// The entry of a thread: does one task after another, until it is told to end.
import { parentPort } from "node:worker_threads";
import { fileAccess } from "../source/file-access.ts";
import type { Answer, Task } from "./hash-threads.ts";
import { lookOff } from "./look-off.ts";
import { pathReader } from "./work-list.ts";
import { workOff } from "./work-off.ts";

function answer(words: Answer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(words);
}

async function perform({ kind, list }: Task): Promise<void> {
  const pathOf = pathReader(list);
  if (kind === "look") while (lookOff(list, pathOf));
  else {
    await workOff(list, fileAccess, pathOf, ({ file, error: { code, message, hint, remedy } }) =>
      answer({ kind: "failure", file, code, message, hint, remedy }),
    );
  }
  answer({ kind: "done" });
}

parentPort?.on("message", (task: Task | undefined) => {
  if (task === undefined) parentPort?.close();
  else void perform(task);
});
