import { Buffer } from "node:buffer";
import type { BigIntStats } from "node:fs";
import type { HashAlgorithm, Serialization } from "../statement/manifest.ts";
import { pieceAt, pieceCount, type HashRequest, type Piece, type PieceTable } from "./pieces.ts";

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
  readonly pieces: PieceTable;
  /** The digests, at the places that the pieces name. */
  readonly digests: Uint8Array;
  /** For each piece 1 once its digests are in `digests`. */
  readonly done: Uint8Array;
  /** For each file 1 where its bytes begin as a git-LFS pointer does; only of files that are hashed whole. */
  readonly pointerLike: Uint8Array;
  /** For each file 1 once a second look found it as the walk saw it. */
  readonly unchanged: Uint8Array;
  readonly control: Int32Array;
  /** Bytes read so far by all threads. */
  readonly bytesDone: BigInt64Array;
}

const IDENTITY_FIELDS = 5;

/** Places in `control`. */
export const CONTROL = { nextPiece: 0, stop: 1, piecesDone: 2, currentPiece: 3, nextLook: 4 } as const;

/** Files of one take for the second look: few enough to share the end out evenly. */
const LOOKS = 64;

/** Puts requests and their pieces into memory: shared where more than one of `threads` is to work on them. */
export function layOutWork(
  requests: readonly HashRequest[],
  pieces: PieceTable,
  serialization: Serialization,
  digestBytes: number,
  threads: number,
): WorkList {
  const allocate = (bytes: number): ArrayBuffer | SharedArrayBuffer =>
    threads > 1 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const pathBytes = requests.reduce((sum, { file }) => sum + Buffer.byteLength(file.path), 0);
  const list: WorkList = {
    algorithm: serialization.hash,
    shardSize: serialization.method === "files" ? 0 : serialization.shardSize,
    paths: new Uint8Array(allocate(pathBytes)),
    pathEnds: new Uint32Array(allocate(requests.length * 4)),
    identities: new BigInt64Array(allocate(requests.length * IDENTITY_FIELDS * 8)),
    pieces: new Float64Array(allocate(pieces.byteLength)),
    digests: new Uint8Array(allocate(digestBytes)),
    done: new Uint8Array(allocate(pieceCount(pieces))),
    pointerLike: new Uint8Array(allocate(requests.length)),
    unchanged: new Uint8Array(allocate(requests.length)),
    control: new Int32Array(allocate(Object.keys(CONTROL).length * 4)),
    bytesDone: new BigInt64Array(allocate(8)),
  };
  list.pieces.set(pieces);
  const text = Buffer.from(list.paths.buffer);
  let pathEnd = 0;
  for (const [index, { file }] of requests.entries()) {
    pathEnd += text.write(file.path, pathEnd);
    list.pathEnds[index] = pathEnd;
    const at = index * IDENTITY_FIELDS;
    list.identities[at] = file.device;
    list.identities[at + 1] = file.inode;
    list.identities[at + 2] = BigInt(file.size);
    list.identities[at + 3] = file.mtimeNs;
    list.identities[at + 4] = file.ctimeNs;
  }
  return list;
}

/** What about a file is not as the walk saw it: another file in its place, or other content or times. */
export function changeOf(list: WorkList, file: number, stats: BigIntStats): "replaced" | "changed" | undefined {
  const at = file * IDENTITY_FIELDS;
  const { identities } = list;
  if (!stats.isFile() || !isSame(stats.dev, identities[at]) || !isSame(stats.ino, identities[at + 1])) return "replaced";
  const isUnchanged =
    isSame(stats.size, identities[at + 2]) && isSame(stats.mtimeNs, identities[at + 3]) && isSame(stats.ctimeNs, identities[at + 4]);
  return isUnchanged ? undefined : "changed";
}

/** Unsigned numbers beyond 63 bits (inodes, devices) are negative ones in shared memory. */
function isSame(value: bigint, stored: bigint | undefined): boolean {
  return value === stored || BigInt.asIntN(64, value) === stored;
}

/** Takes the next piece, or undefined where none is left or all threads are to stop. */
export function takePiece(list: WorkList): Piece | undefined {
  if (isStopped(list)) return undefined;
  const index = Atomics.add(list.control, CONTROL.nextPiece, 1);
  if (index >= list.done.length) return undefined;
  Atomics.store(list.control, CONTROL.currentPiece, index);
  return pieceAt(list.pieces, index);
}

/** Reads paths out of a list, for one thread. */
export function pathReader({ paths, pathEnds }: WorkList): (file: number) => string {
  const text = Buffer.from(paths.buffer);
  return (file) => text.toString("utf8", file === 0 ? 0 : pathEnds[file - 1], pathEnds[file]);
}

/** Takes the next files for a second look: from the first number to before the second; the same twice where none is left. */
export function takeLooks({ control, unchanged }: WorkList): readonly [start: number, end: number] {
  const start = Math.min(Atomics.add(control, CONTROL.nextLook, LOOKS), unchanged.length);
  return [start, Math.min(start + LOOKS, unchanged.length)];
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
