import type { BigIntStats } from "node:fs";
import { AssayError } from "../error.ts";
import type { FileAccess } from "./file-access.ts";
import { RETRY } from "./file-system-error.ts";
import type { Hasher, RunningHash } from "./hasher.ts";
import { beginsLikePointer } from "./lfs-pointer.ts";
import type { Piece } from "./pieces.ts";
import type { Turns } from "./turns.ts";
import { addBytes, changeOf, isStopped, type WorkList } from "./work-list.ts";

/** Up to this size a piece is read in one go and hashed in one call; larger ones are read in turn in such parts. */
const SMALL_BUFFER = 1024 * 1024;
/** Measured: below about 2 MiB the reads in flight cost more than they save, above 8 MiB memory is wasted. */
const LARGE_BUFFER = 4 * 1024 * 1024;
/** A megabyte in memory is read in a fifth of this: whoever takes longer waits for a disk. */
const SLOW_READ_MS = 1;

/** What one thread keeps between pieces. Buffers are made when they are first needed. */
export class PieceHasher {
  readonly #list: WorkList;
  readonly #hasher: Hasher;
  readonly #access: FileAccess;
  readonly #pathOf: (file: number) => string;
  readonly #turns: Turns | undefined;
  #uncounted = 0;
  #small: Uint8Array | undefined;
  #large: readonly [Uint8Array, Uint8Array] | undefined;

  /** `pathOf`: the path of a file in the list. `turns`: for the main thread, which has an event loop to keep up. */
  constructor(list: WorkList, hasher: Hasher, access: FileAccess, pathOf: (file: number) => string, turns: Turns | undefined) {
    this.#list = list;
    this.#hasher = hasher;
    this.#access = access;
    this.#pathOf = pathOf;
    this.#turns = turns;
  }

  /** Whether a piece is read in one go. */
  isSmall({ start, end }: Piece): boolean {
    return end - start <= SMALL_BUFFER && this.#list.shardSize === 0;
  }

  /**
   * Hashes a small piece into the list's digests. The file is opened once, and must be what the walk saw; whether it
   * stayed that is for the second look to say.
   *
   * Throws FILE_CHANGED, FILE_UNREADABLE, and the system's own errors.
   */
  hashSmall(piece: Piece): boolean {
    const path = this.#pathOf(piece.file);
    const descriptor = this.#access.open(path);
    try {
      this.#check(piece.file, path, this.#access.stat(descriptor));
      this.#hashAtOnce(piece, descriptor, path);
      return true;
    } finally {
      this.#access.close(descriptor);
    }
  }

  /** The same for a piece of any size. Returns false where all threads are to stop. */
  async hashLarge(piece: Piece): Promise<boolean> {
    const path = this.#pathOf(piece.file);
    const descriptor = this.#access.open(path);
    try {
      this.#check(piece.file, path, this.#access.stat(descriptor));
      return await this.#hashInParts(piece, descriptor, path);
    } finally {
      this.#access.close(descriptor);
    }
  }

  /** Call it when no piece is left: small files are counted many at a time. */
  finish(): void {
    addBytes(this.#list, this.#uncounted);
    this.#uncounted = 0;
  }

  #hashAtOnce({ file, start, end, digestOffset }: Piece, descriptor: number, path: string): void {
    this.#small ??= Buffer.allocUnsafeSlow(SMALL_BUFFER);
    const bytes = this.#small.subarray(0, end - start);
    if (this.#access.read(descriptor, bytes, start) < bytes.length) throw shrunk(path);
    if (beginsLikePointer(bytes)) this.#list.pointerLike[file] = 1;
    this.#list.digests.set(this.#hasher.atOnce(bytes), digestOffset);
    this.#uncounted += bytes.length;
    if (this.#uncounted >= SMALL_BUFFER) this.finish();
  }

  async #hashInParts(piece: Piece, descriptor: number, path: string): Promise<boolean> {
    const digests = new DigestWriter(this.#list, this.#hasher, piece);
    let position = piece.start;
    if (!this.#list.coresToSpare) position = await this.#hashInTurn(digests, descriptor, path, position, piece.end);
    position = await this.#hashAhead(digests, descriptor, path, position, piece.end);
    return position === piece.end;
  }

  /**
   * Reads and hashes in turn, for when every core is at work anyway: the small buffer stays in the core's
   * own cache. Returns how far it came: not to the end where the disk is slow, or all are to stop.
   */
  async #hashInTurn(digests: DigestWriter, descriptor: number, path: string, start: number, end: number): Promise<number> {
    this.#small ??= Buffer.allocUnsafeSlow(SMALL_BUFFER);
    let position = start;
    while (position < end && !isStopped(this.#list)) {
      const bytes = this.#small.subarray(0, end - position);
      const before = performance.now();
      if (this.#access.read(descriptor, bytes, position) < bytes.length) throw shrunk(path);
      const isSlow = performance.now() - before > SLOW_READ_MS;
      digests.add(bytes);
      addBytes(this.#list, bytes.length);
      position += bytes.length;
      if (this.#turns?.due() === true) await this.#turns.take();
      if (isSlow) break;
    }
    return position;
  }

  /**
   * Two buffers: while one is hashed, the next read is on its way into the other, on a core that has
   * nothing else to do or while a disk works. Returns how far it came: not to the end where all are to stop.
   */
  async #hashAhead(digests: DigestWriter, descriptor: number, path: string, start: number, end: number): Promise<number> {
    if (start === end) return end;
    this.#large ??= [Buffer.allocUnsafeSlow(LARGE_BUFFER), Buffer.allocUnsafeSlow(LARGE_BUFFER)];
    let [filling, waiting] = this.#large;
    let position = start;
    let pending = this.#readAhead(descriptor, filling, position, end);
    try {
      while (position < end) {
        const wanted = Math.min(LARGE_BUFFER, end - position);
        if ((await pending) < wanted) throw shrunk(path);
        const bytes = filling.subarray(0, wanted);
        pending = this.#readAhead(descriptor, waiting, position + wanted, end);
        [filling, waiting] = [waiting, filling];
        if (isStopped(this.#list)) break;
        digests.add(bytes);
        addBytes(this.#list, wanted);
        position += wanted;
      }
      return position;
    } finally {
      // The descriptor must not be closed, nor the buffer used again, under a read on its way.
      await pending.catch(() => 0);
    }
  }

  async #readAhead(descriptor: number, buffer: Uint8Array, position: number, end: number): Promise<number> {
    return position >= end ? 0 : this.#access.readAhead(descriptor, buffer.subarray(0, end - position), position);
  }

  #check(file: number, path: string, stats: BigIntStats): void {
    const change = changeOf(this.#list, file, stats);
    if (change === undefined) return;
    const what = change === "replaced" ? "was replaced by another one" : "changed";
    throw new AssayError("FILE_CHANGED", `the file ${path} ${what} after the model was walked`, { hint: RETRY });
  }
}

/** Writes the digests of one piece, one for each shard that it holds, or one for all of it. */
class DigestWriter {
  readonly #list: WorkList;
  readonly #hasher: Hasher;
  #running: RunningHash;
  #offset: number;
  /** Bytes that still belong to the digest in hand. */
  #wanted: number;
  #left: number;

  constructor(list: WorkList, hasher: Hasher, piece: Piece) {
    this.#list = list;
    this.#hasher = hasher;
    this.#offset = piece.digestOffset;
    this.#left = piece.end - piece.start;
    this.#wanted = this.#nextLength();
    this.#running = hasher.start();
  }

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + this.#wanted);
      this.#running.update(part);
      at += part.length;
      this.#wanted -= part.length;
      this.#left -= part.length;
      if (this.#wanted === 0) this.#finishDigest();
    }
  }

  #finishDigest(): void {
    this.#list.digests.set(this.#running.digest(), this.#offset);
    this.#offset += this.#hasher.length;
    this.#wanted = this.#nextLength();
    if (this.#wanted > 0) this.#running = this.#hasher.start();
  }

  #nextLength(): number {
    return this.#list.shardSize === 0 ? this.#left : Math.min(this.#list.shardSize, this.#left);
  }
}

function shrunk(path: string): AssayError {
  return new AssayError("FILE_CHANGED", `the file ${path} became shorter while it was read`, { hint: RETRY });
}
