import type { BigIntStats } from "node:fs";
import { AssayError } from "../error.ts";
import type { FileAccess } from "./file-access.ts";
import { RETRY } from "./file-system-error.ts";
import type { Hasher, RunningHash } from "./hasher.ts";
import { addBytes, IDENTITY_FIELDS, isStopped, pathOf, type Piece, type WorkList } from "./work-list.ts";

/** Up to this size a piece is read in one go, and hashed in one call. */
const SMALL_PIECE = 1024 * 1024;
/** Measured: below about 2 MiB the reads in flight cost more than they save, above 8 MiB memory is wasted. */
const LARGE_BUFFER = 4 * 1024 * 1024;

/** What one thread keeps between pieces. The large buffers are made when a large piece first comes. */
export class PieceHasher {
  readonly #list: WorkList;
  readonly #hasher: Hasher;
  readonly #access: FileAccess;
  #small: Uint8Array | undefined;
  #large: readonly [Uint8Array, Uint8Array] | undefined;

  constructor(list: WorkList, hasher: Hasher, access: FileAccess) {
    this.#list = list;
    this.#hasher = hasher;
    this.#access = access;
  }

  /**
   * Hashes one piece into the list's digests. The file is opened once, must be what the walk saw, and
   * still be that after the last byte is read. Returns false where all threads are to stop.
   *
   * Throws FILE_CHANGED, FILE_UNREADABLE, and the system's own errors.
   */
  async hash(piece: Piece): Promise<boolean> {
    const path = pathOf(this.#list, piece.file);
    const descriptor = this.#access.open(path);
    try {
      this.#check(piece.file, path, this.#access.stat(descriptor), "after the model was walked");
      if (piece.end - piece.start <= SMALL_PIECE && this.#list.shardSize === 0) this.#hashAtOnce(piece, descriptor, path);
      else if (!(await this.#hashAhead(piece, descriptor, path))) return false;
      this.#check(piece.file, path, this.#access.stat(descriptor), "while it was read");
      return true;
    } finally {
      this.#access.close(descriptor);
    }
  }

  #hashAtOnce({ start, end, digestOffset }: Piece, descriptor: number, path: string): void {
    this.#small ??= Buffer.allocUnsafeSlow(SMALL_PIECE);
    const bytes = this.#small.subarray(0, end - start);
    if (this.#access.read(descriptor, bytes, start) < bytes.length) throw shrunk(path);
    this.#list.digests.set(this.#hasher.atOnce(bytes), digestOffset);
    addBytes(this.#list, bytes.length);
  }

  /** Two buffers: while one is hashed, the next read is on its way into the other. */
  async #hashAhead(piece: Piece, descriptor: number, path: string): Promise<boolean> {
    this.#large ??= [Buffer.allocUnsafeSlow(LARGE_BUFFER), Buffer.allocUnsafeSlow(LARGE_BUFFER)];
    let [filling, waiting] = this.#large;
    const digests = new DigestWriter(this.#list, this.#hasher, piece);
    let position = piece.start;
    let pending = this.#readAhead(descriptor, filling, position, piece.end);
    try {
      while (position < piece.end) {
        const wanted = Math.min(LARGE_BUFFER, piece.end - position);
        if ((await pending) < wanted) throw shrunk(path);
        const bytes = filling.subarray(0, wanted);
        position += wanted;
        [filling, waiting] = [waiting, filling];
        pending = this.#readAhead(descriptor, filling, position, piece.end);
        if (isStopped(this.#list)) return false;
        digests.add(bytes);
        addBytes(this.#list, wanted);
      }
      return true;
    } finally {
      // The descriptor must not be closed, nor the buffer used again, under a read on its way.
      await pending.catch(() => 0);
    }
  }

  async #readAhead(descriptor: number, buffer: Uint8Array, position: number, end: number): Promise<number> {
    return position >= end ? 0 : this.#access.readAhead(descriptor, buffer.subarray(0, end - position), position);
  }

  #check(file: number, path: string, stats: BigIntStats, when: string): void {
    const [device, inode, size, mtime, ctime] = this.#list.identities.subarray(file * IDENTITY_FIELDS, (file + 1) * IDENTITY_FIELDS);
    if (!stats.isFile() || signed(stats.dev) !== device || signed(stats.ino) !== inode) {
      throw new AssayError("FILE_CHANGED", `the file ${path} was replaced by another one ${when}`, { hint: RETRY });
    }
    if (signed(stats.size) !== size || signed(stats.mtimeNs) !== mtime || signed(stats.ctimeNs) !== ctime) {
      throw new AssayError("FILE_CHANGED", `the file ${path} changed ${when}`, { hint: RETRY });
    }
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

/** Timestamps, devices and inodes as they stand in shared memory: 64 bits, read as signed. */
function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function shrunk(path: string): AssayError {
  return new AssayError("FILE_CHANGED", `the file ${path} became shorter while it was read`, { hint: RETRY });
}
