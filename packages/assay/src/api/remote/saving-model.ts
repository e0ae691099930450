import type { PartialFile } from "../../files/partial-file.ts";
import type { PartialFolder } from "../../files/partial-folder.ts";
import type { RemoteFile, RemoteModel } from "../../source/remote/remote-model.ts";
import { throwIfAborted } from "../../source/turns.ts";

/**
 * The same model, whose files are written while they are streamed. What an earlier run left of a file is streamed from the disk,
 * and only the rest is asked of the server.
 *
 * `stream` also throws OUTPUT_WRITE.
 */
export function savingModel(model: RemoteModel, folder: PartialFolder, signal: AbortSignal | undefined): RemoteModel {
  const streamTogether: NonNullable<RemoteModel["streamTogether"]> = async (files, onPiece) => {
    const group = new SavedGroup(folder, files);
    try {
      await model.streamTogether?.(files, (file, piece) => {
        group.write(file, piece);
        onPiece(file, piece);
      });
      group.finish();
    } finally {
      group.close();
    }
  };
  return {
    ...model,
    // What was read when the model was opened is read once more, to be written.
    digestRead: () => undefined,
    ...(model.streamTogether === undefined ? {} : { streamTogether }),
    async stream(file, onPiece) {
      const saved = folder.file(file.name, file.size);
      try {
        await saved.replay((piece) => {
          throwIfAborted(signal);
          return onPiece(piece);
        });
        const write = (piece: Uint8Array): Promise<void> | undefined => {
          saved.write(piece);
          return onPiece(piece);
        };
        if (saved.length < file.size) await model.stream(file, write, saved.length);
        saved.finish();
      } finally {
        saved.close();
      }
    },
  };
}

/** Files that arrive one after the other, each from its start: what an earlier run left of them is of no use. */
class SavedGroup {
  readonly #folder: PartialFolder;
  readonly #files: readonly RemoteFile[];
  readonly #finished = new Set<string>();
  #open: { readonly name: string; readonly saved: PartialFile } | undefined;

  constructor(folder: PartialFolder, files: readonly RemoteFile[]) {
    this.#folder = folder;
    this.#files = files;
  }

  write({ name, size }: RemoteFile, piece: Uint8Array): void {
    if (this.#open?.name !== name) {
      this.#finishOpen();
      this.#folder.forget(name);
      this.#open = { name, saved: this.#folder.file(name, size) };
    }
    this.#open.saved.write(piece);
  }

  /** Files without bytes had no piece. */
  finish(): void {
    this.#finishOpen();
    for (const { name } of this.#files) {
      if (this.#finished.has(name)) continue;
      this.#folder.forget(name);
      this.#folder.file(name, 0).finish();
    }
  }

  close(): void {
    this.#open?.saved.close();
  }

  #finishOpen(): void {
    if (this.#open === undefined) return;
    this.#open.saved.finish();
    this.#finished.add(this.#open.name);
    this.#open = undefined;
  }
}
