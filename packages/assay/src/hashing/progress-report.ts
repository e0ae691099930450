import type { ProgressListener } from "./work-options.ts";
import { pieceAt, type HashRequest } from "./pieces.ts";
import { CONTROL, type WorkList } from "./work-list.ts";

const INTERVAL_MS = 100;

/** Tells a listener how far a work list is, ten times a second, by looking at the memory that the threads share. */
export class ProgressReport {
  readonly #list: WorkList;
  readonly #requests: readonly HashRequest[];
  readonly #listener: ProgressListener | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Files whose digests were known before. */
  readonly #known: { readonly files: number; readonly bytes: number };
  readonly #bytesTotal: number;

  constructor(
    list: WorkList,
    requests: readonly HashRequest[],
    known: readonly { readonly size: number | undefined }[],
    listener: ProgressListener | undefined,
  ) {
    this.#list = list;
    this.#requests = requests;
    this.#listener = listener;
    this.#known = { files: known.length, bytes: known.reduce((sum, { size = 0 }) => sum + size, 0) };
    this.#bytesTotal = requests.reduce((sum, { file }) => sum + file.size, this.#known.bytes);
    if (listener !== undefined) this.#timer = setInterval(() => this.#report(), INTERVAL_MS);
  }

  #report(): void {
    const { control, bytesDone, done } = this.#list;
    const current = Math.min(Atomics.load(control, CONTROL.currentPiece), done.length - 1);
    const name = current < 0 ? undefined : this.#requests[pieceAt(this.#list.pieces, current).file]?.file.name;
    this.#send(this.#known.bytes + Number(Atomics.load(bytesDone, 0)), this.#filesDone(), name);
  }

  /** The last report: all is done. */
  finish(): void {
    this.stop();
    this.#send(this.#bytesTotal, this.#filesTotal(), undefined);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #filesDone(): number {
    // With shards a file is several pieces: the share of the pieces is close enough on the way.
    const { control, done } = this.#list;
    return this.#known.files + Math.floor((Atomics.load(control, CONTROL.piecesDone) / Math.max(done.length, 1)) * this.#requests.length);
  }

  #filesTotal(): number {
    return this.#known.files + this.#requests.length;
  }

  #send(bytesDone: number, filesDone: number, current: string | undefined): void {
    this.#listener?.({ bytesDone, bytesTotal: this.#bytesTotal, filesDone, filesTotal: this.#filesTotal(), current });
  }
}
