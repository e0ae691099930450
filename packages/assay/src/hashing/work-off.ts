import type { AssayError } from "../core/error.ts";
import type { FileAccess } from "../source/file-access.ts";
import { fileSystemError } from "../source/file-system-error.ts";
import { PieceHasher } from "./hash-piece.ts";
import { loadHasher } from "./hasher.ts";
import type { Turns } from "../source/turns.ts";
import { markDone, takePiece, type WorkList } from "./work-list.ts";

/** A file that could not be hashed. */
export interface HashFailure {
  /** Its place in the work list. */
  readonly file: number;
  readonly error: AssayError;
}

/**
 * Hashes piece after piece until none is left: what every thread does, the main one too, which lets
 * the event loop through by `turns`. Failures are reported one by one; whether they end the work is the
 * listener's to say (by stopping the list).
 */
export async function workOff(
  list: WorkList,
  access: FileAccess,
  pathOf: (file: number) => string,
  onFailure: (failure: HashFailure) => void,
  turns?: Turns,
): Promise<void> {
  const hasher = new PieceHasher(list, await loadHasher(list.algorithm), access, pathOf, turns);
  for (let piece = takePiece(list); piece !== undefined; piece = takePiece(list)) {
    try {
      // Without a wait for each small file, which would cost as much as its hash.
      if (hasher.isSmall(piece) ? hasher.hashSmall(piece) : await hasher.hashLarge(piece)) markDone(list, piece);
    } catch (error) {
      onFailure({ file: piece.file, error: fileSystemError(error, `the file ${pathOf(piece.file)}`) });
    }
    if (turns?.due() === true) await turns.take();
  }
  hasher.finish();
}
