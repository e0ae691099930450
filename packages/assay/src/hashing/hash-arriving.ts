// In a thread: hashes pieces that the main thread received, of several files in turn.
import { asAssayError } from "../core/error.ts";
import { hashHere, type FileHash, type StreamHashResult, type StreamHashTask } from "./stream-hash.ts";

/** What the main thread says about a file, by its number. */
export type Arriving =
  | { readonly kind: "file"; readonly file: number; readonly task: StreamHashTask }
  | { readonly kind: "piece"; readonly file: number; readonly piece: Uint8Array }
  | { readonly kind: "end"; readonly file: number };

/** What a thread answers to each piece, and at the end. */
export type ArrivingAnswer =
  | { readonly kind: "taken"; readonly file: number }
  | { readonly kind: "hashed"; readonly file: number; readonly result: StreamHashResult }
  | { readonly kind: "failed"; readonly file: number; readonly message: string };

const files = new Map<number, Promise<FileHash>>();

/** Does what is said, in the order of the messages of each file. */
export async function hashArriving(message: Arriving, answer: (words: ArrivingAnswer) => void): Promise<void> {
  const { kind, file } = message;
  try {
    if (kind === "file") files.set(file, hashHere(message.task));
    const hash = await files.get(file);
    if (kind === "piece") {
      await hash?.update(message.piece);
      answer({ kind: "taken", file });
    } else if (kind === "end" && hash !== undefined) {
      files.delete(file);
      answer({ kind: "hashed", file, result: await hash.finish() });
    }
  } catch (error) {
    answer({ kind: "failed", file, message: asAssayError(error).message });
  }
}
