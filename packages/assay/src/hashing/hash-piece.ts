import type { BigIntStats } from "node:fs";
import { AssayError } from "../core/error.ts";
import type { FileAccess } from "../source/file-access.ts";
import { RETRY } from "../source/file-system-error.ts";
import type { Hasher, RunningHash } from "./hasher.ts";
import { beginsLikePointer } from "../source/lfs-pointer.ts";
import type { Piece } from "./pieces.ts";
import type { Turns } from "../source/turns.ts";
import { addBytes, changeOf, isStopped, type WorkList } from "./work-list.ts";

/** Up to this size a piece is read in one go and hashed in one call. */
const SMALL_BUFFER = 1024 * 1024;
/** Larger pieces are read in parts that stay in the core's own cache until they are hashed. */
const PART = 256 * 1024;
/** So many parts decide whether the disk is slow. */
const PARTS_TIMED = 16;
/** Reading from the page cache takes a quarter of the time of hashing; beyond twice that time, a disk is waited for. */
const SLOW_RATIO = 2;
/** Measured: below about 2 MiB the reads in flight cost more than they save, above 8 MiB memory is wasted. */
const LARGE_BUFFER = 4 * 1024 * 1024;

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
   * stayed the same is found by the second look.
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
    const position = await this.#hashInTurn(digests, descriptor, path, piece.start, piece.end);
    return (await this.#hashAhead(digests, descriptor, path, position, piece.end)) === piece.end;
  }

  /**
   * Reads and hashes in turn, which is the fastest for bytes in memory: a part that another core read would have to
   * come from that core's cache. Returns how far it came: not to the end where the disk is slow, or all are to stop.
   */
  async #hashInTurn(digests: DigestWriter, descriptor: number, path: string, start: number, end: number): Promise<number> {
    this.#small ??= Buffer.allocUnsafeSlow(SMALL_BUFFER);
    const speed = new DiskSpeed();
    let position = start;
    while (position < end && !isStopped(this.#list)) {
      const bytes = this.#small.subarray(0, Math.min(PART, end - position));
      const asked = performance.now();
      if (this.#access.read(descriptor, bytes, position) < bytes.length) throw shrunk(path);
      const read = performance.now();
      digests.add(bytes);
      addBytes(this.#list, bytes.length);
      position += bytes.length;
      if (speed.isSlow(read - asked, performance.now() - read)) break;
      if (this.#turns?.due() === true) await this.#turns.take();
    }
    return position;
  }

  /**
   * Two buffers: while one is hashed, the disk works on the next read, into the other. Returns how far it came: not
   * to the end where all are to stop.
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

/** Whether reading takes longer than hashing, over a few parts: a single slow one may be the scheduler's. */
class DiskSpeed {
  #parts = 0;
  #reading = 0;
  #hashing = 0;

  /** Adds a part, in milliseconds. */
  isSlow(reading: number, hashing: number): boolean {
    this.#reading += reading;
    this.#hashing += hashing;
    if (++this.#parts < PARTS_TIMED) return false;
    const isSlow = this.#reading > SLOW_RATIO * this.#hashing;
    this.#parts = this.#reading = this.#hashing = 0;
    return isSlow;
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
