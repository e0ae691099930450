import { closeSync, fstatSync, fsyncSync, readSync, writeSync, type BigIntStats } from "node:fs";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { systemReason } from "../core/system-reason.ts";
import { cannotWrite } from "./output-target.ts";

const REPLAYED = 1024 * 1024;

/** One file, open for writing behind what is there. */
export class PartialFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #onFinished: (stats: BigIntStats) => void;
  #length: number;
  #isClosed = false;

  constructor(path: string, descriptor: number, length: number, onFinished: (stats: BigIntStats) => void) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#length = length;
    this.#onFinished = onFinished;
  }

  /** Bytes that are there. */
  get length(): number {
    return this.#length;
  }

  /** The bytes that are there, in order; a piece is used again once the promise for it settles. Throws OUTPUT_WRITE. */
  async replay(onPiece: (piece: Uint8Array) => Promise<void> | undefined): Promise<void> {
    const buffer = new Uint8Array(new SharedArrayBuffer(Math.min(REPLAYED, Math.max(1, this.#length))));
    for (let at = 0; at < this.#length;) {
      let read: number;
      try {
        read = readSync(this.#descriptor, buffer, 0, Math.min(buffer.length, this.#length - at), at);
      } catch (error) {
        throw cannotWriteHere(this.#path, error);
      }
      if (read === 0) throw cannotWrite(this.#path, "it became shorter while it was read", undefined);
      await onPiece(buffer.subarray(0, read));
      at += read;
    }
  }

  /** Throws OUTPUT_WRITE, for example where the disk is full. */
  write(piece: Uint8Array): void {
    try {
      for (let done = 0; done < piece.length;) {
        done += writeSync(this.#descriptor, piece, done, piece.length - done, this.#length + done);
      }
    } catch (error) {
      throw cannotWriteHere(this.#path, error);
    }
    this.#length += piece.length;
  }

  /** Has the disk keep it, and closes it. Throws OUTPUT_WRITE. */
  finish(): void {
    try {
      fsyncSync(this.#descriptor);
      this.#onFinished(fstatSync(this.#descriptor, { bigint: true }));
    } catch (error) {
      throw cannotWriteHere(this.#path, error);
    } finally {
      this.close();
    }
  }

  close(): void {
    if (!this.#isClosed) closeSync(this.#descriptor);
    this.#isClosed = true;
  }
}

/** Why a file system call that writes failed, in words. */
export function cannotWriteHere(path: string, error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  switch (systemCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return cannotWrite(path, "the disk is full", error);
    case "EFBIG":
      return cannotWrite(path, "the file system takes no larger file", error);
    case "ENAMETOOLONG":
      return cannotWrite(path, "its name is too long for the file system", error);
    default:
      return cannotWrite(path, systemReason(error), error);
  }
}
