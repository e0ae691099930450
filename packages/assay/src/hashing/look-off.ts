import { lstatSync } from "node:fs";
import { changeOf, isStopped, takeLooks, type WorkList } from "./work-list.ts";

/**
 * Takes a second look at the next few files of a list: what every thread does. Notes those that are as the walk saw
 * them; the others are for the main thread to name. Returns false where none is left, or all threads are to stop.
 */
export function lookOff(list: WorkList, pathOf: (file: number) => string): boolean {
  if (isStopped(list)) return false;
  const [start, end] = takeLooks(list);
  for (let file = start; file < end; file++) {
    try {
      const stats = lstatSync(pathOf(file), { bigint: true, throwIfNoEntry: false });
      if (stats !== undefined && changeOf(list, file, stats) === undefined) list.unchanged[file] = 1;
    } catch {
      // Not noted, and so looked at once more by itself.
    }
  }
  return start < end;
}
