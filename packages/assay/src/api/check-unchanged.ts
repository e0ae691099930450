import type { FileWork } from "../hashing/file-work.ts";
import { modelChanged } from "../source/change.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { FileLook } from "../source/second-look.ts";
import type { Turns } from "../source/turns.ts";

/** Takes the second look, wherever the model is. Throws FILE_CHANGED where anything changed; what `changes` throws. */
export async function checkUnchanged<File extends FileInModel>(
  work: Pick<FileWork<File>, "changes">,
  walked: Inventory<File>,
  turns: Turns,
  look?: FileLook,
): Promise<void> {
  const changes = await work.changes(walked, turns, look);
  if (changes.length > 0) throw modelChanged(changes);
}
