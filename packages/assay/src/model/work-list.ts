import { Buffer } from "node:buffer";
import type { HashAlgorithm, Serialization } from "../statement/manifest.ts";
import type { InventoryFile } from "./inventory.ts";
import { digestCount } from "./shards.ts";

/**
 * The work of hashing, laid out in memory that all threads share: what is to be read, what was found,
 * and which piece is next. A thread takes the next piece by adding one to a number; no message is sent
 * but the first and the last, and a hundred thousand files are not copied for each thread.
 */
export interface WorkList {
  readonly algorithm: HashAlgorithm;
  /** Bytes per digest of a piece; 0: one digest for the whole piece. */
  readonly shardSize: number;
  /** Absolute paths in UTF-8, one after another. */
  readonly paths: Uint8Array;
  /** Where each file's path ends in `paths`. */
  readonly pathEnds: Uint32Array;
  /** `IDENTITY_FIELDS` numbers for each file: what the walk saw. */
  readonly identities: BigInt64Array;
  /** `PIECE_FIELDS` numbers for each piece, in the order in which they are taken. */
  readonly pieces: Float64Array;
  /** The digests, at the places that the pieces name. */
  readonly digests: Uint8Array;
  /** For each piece 1 once its digests stand in `digests`. */
  readonly done: Uint8Array;
  readonly control: Int32Array;
  /** Bytes read so far by all threads. */
  readonly bytesDone: BigInt64Array;
}

export const IDENTITY_FIELDS = 5;
export const PIECE_FIELDS = 4;

/** Places in `control`. */
export const CONTROL = { nextPiece: 0, stop: 1, piecesDone: 2, currentPiece: 3 } as const;

/** One range of one file, hashed by one thread. */
export interface Piece {
  readonly index: number;
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** Where in `digests` its first digest goes. */
  readonly digestOffset: number;
}

/** A file to be hashed, and for shards how many of them at most: no more than the signer listed can matter. */
export interface HashRequest {
  readonly file: InventoryFile;
  readonly mostShards: number;
}

/** Shards are handed out in runs of about this size, so that tiny ones do not cost an opening each. */
const LEAST_PIECE = 32 * 1024 * 1024;
/** Pieces above this are taken largest first, so that no thread ends with a large one alone; the rest in order. */
const SORTED_FROM = 1024 * 1024;

/** What the walk saw of a file, as numbers that fit into shared memory. */
export function identityOf({ device, inode, size, mtimeNs, ctimeNs }: InventoryFile): readonly bigint[] {
  return [device, inode, BigInt(size), mtimeNs, ctimeNs];
}

/** Puts requests and their pieces into memory: shared where more than one thread is to work on them. */
export function layOut(requests: readonly HashRequest[], pieces: CutPieces, serialization: Serialization, shared: boolean): WorkList {
  const allocate = (bytes: number): ArrayBuffer | SharedArrayBuffer => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  const pathBytes = requests.reduce((sum, { file }) => sum + Buffer.byteLength(file.path), 0);
  const list: WorkList = {
    algorithm: serialization.hash,
    shardSize: serialization.method === "files" ? 0 : serialization.shardSize,
    paths: new Uint8Array(allocate(pathBytes)),
    pathEnds: new Uint32Array(allocate(requests.length * 4)),
    identities: new BigInt64Array(allocate(requests.length * IDENTITY_FIELDS * 8)),
    pieces: new Float64Array(allocate(pieces.list.length * PIECE_FIELDS * 8)),
    digests: new Uint8Array(allocate(pieces.digestBytes)),
    done: new Uint8Array(allocate(pieces.list.length)),
    control: new Int32Array(allocate(Object.keys(CONTROL).length * 4)),
    bytesDone: new BigInt64Array(allocate(8)),
  };
  const text = Buffer.from(list.paths.buffer);
  let pathEnd = 0;
  for (const [index, { file }] of requests.entries()) {
    pathEnd += text.write(file.path, pathEnd);
    list.pathEnds[index] = pathEnd;
    list.identities.set(identityOf(file), index * IDENTITY_FIELDS);
  }
  for (const [index, { file, start, end, digestOffset }] of pieces.list.entries()) {
    list.pieces.set([file, start, end, digestOffset], index * PIECE_FIELDS);
  }
  return list;
}

/** Pieces in the order in which they are to be taken, and the room that their digests need. */
export interface CutPieces {
  readonly list: readonly Omit<Piece, "index">[];
  readonly digestBytes: number;
}

export function cutPieces(requests: readonly HashRequest[], serialization: Serialization, digestLength: number): CutPieces {
  const large: Omit<Piece, "index">[] = [];
  const small: Omit<Piece, "index">[] = [];
  let digestOffset = 0;
  const add = (file: number, start: number, end: number, digests: number): void => {
    (end - start >= SORTED_FROM ? large : small).push({ file, start, end, digestOffset });
    digestOffset += digests * digestLength;
  };
  for (const [index, { file, mostShards }] of requests.entries()) {
    const count = Math.min(digestCount(file.size, serialization), mostShards);
    if (serialization.method === "files") {
      add(index, 0, file.size, count);
      continue;
    }
    const { shardSize } = serialization;
    const run = Math.max(1, Math.ceil(LEAST_PIECE / shardSize));
    for (let shard = 0; shard < count; shard += run) {
      const shards = Math.min(run, count - shard);
      add(index, shard * shardSize, Math.min((shard + shards) * shardSize, file.size), shards);
    }
  }
  large.sort((a, b) => b.end - b.start - (a.end - a.start));
  return { list: [...large, ...small], digestBytes: digestOffset };
}

/** Takes the next piece, or undefined where none is left or all threads are to stop. */
export function takePiece(list: WorkList): Piece | undefined {
  if (isStopped(list)) return undefined;
  const index = Atomics.add(list.control, CONTROL.nextPiece, 1);
  if (index >= list.done.length) return undefined;
  Atomics.store(list.control, CONTROL.currentPiece, index);
  return pieceAt(list, index);
}

export function pieceAt(list: WorkList, index: number): Piece {
  const [file = 0, start = 0, end = 0, digestOffset = 0] = list.pieces.subarray(index * PIECE_FIELDS, (index + 1) * PIECE_FIELDS);
  return { index, file, start, end, digestOffset };
}

export function pathOf(list: WorkList, file: number): string {
  const start = file === 0 ? 0 : list.pathEnds[file - 1];
  return Buffer.from(list.paths.buffer).toString("utf8", start, list.pathEnds[file]);
}

export function markDone(list: WorkList, piece: Piece): void {
  Atomics.store(list.done, piece.index, 1);
  Atomics.add(list.control, CONTROL.piecesDone, 1);
}

/** Makes every thread end after what it has in hand. */
export function stopWork(list: WorkList): void {
  Atomics.store(list.control, CONTROL.stop, 1);
}

export function isStopped(list: WorkList): boolean {
  return Atomics.load(list.control, CONTROL.stop) === 1;
}

export function addBytes(list: WorkList, bytes: number): void {
  Atomics.add(list.bytesDone, 0, BigInt(bytes));
}
