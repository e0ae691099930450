import type { Serialization } from "../statement/manifest.ts";
import type { FileInModel, InventoryFile } from "../source/inventory.ts";
import { digestCount } from "../statement/serialization.ts";

/** A file to be hashed, and for shards how many of them at most: no more than the signer listed can matter. */
export interface HashRequest<File extends FileInModel = InventoryFile> {
  readonly file: File;
  readonly maxShards: number;
}

/** One range of one file, hashed by one thread. */
export interface Piece {
  readonly index: number;
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** Where in the digests its first one is. */
  readonly digestOffset: number;
}

/** Pieces as numbers, `PIECE_FIELDS` for each, in the order in which they are to be taken. */
export type PieceTable = Float64Array;

const PIECE_FIELDS = 4;

/** Shards are handed out in runs of about this size, so that tiny ones do not cost an opening each. */
const MIN_RUN_BYTES = 32 * 1024 * 1024;
/** Pieces from this size on are taken first, largest first, so that no thread ends with a large one alone. */
const LARGE = 1024 * 1024;

/** How many digests a request asks for. */
export function digestsWanted({ file, maxShards }: HashRequest, serialization: Serialization): number {
  return Math.min(digestCount(file.size, serialization), maxShards);
}

/** Cuts files into pieces: whole, or in runs of shards. Small ones stay in the order of the files, which is that of the disk. */
export function cutPieces(requests: readonly HashRequest[], serialization: Serialization, digestLength: number): PieceTable {
  const shardSize = serialization.method === "files" ? Infinity : serialization.shardSize;
  const shardsInRun = Math.max(1, Math.ceil(MIN_RUN_BYTES / shardSize));
  const count = requests.reduce((sum, request) => sum + Math.ceil(digestsWanted(request, serialization) / shardsInRun), 0);
  const table = new Float64Array(count * PIECE_FIELDS);
  const large: number[] = [];
  let index = 0;
  let digestOffset = 0;
  for (const [number, request] of requests.entries()) {
    const wanted = digestsWanted(request, serialization);
    for (let shard = 0; shard < wanted; shard += shardsInRun) {
      const shards = Math.min(shardsInRun, wanted - shard);
      const start = shard === 0 ? 0 : shard * shardSize;
      const end = Math.min((shard + shards) * shardSize, request.file.size);
      if (end - start >= LARGE) large.push(index);
      const at = index++ * PIECE_FIELDS;
      table[at] = number;
      table[at + 1] = start;
      table[at + 2] = end;
      table[at + 3] = digestOffset;
      digestOffset += shards * digestLength;
    }
  }
  return largestFirst(table, large);
}

export function pieceCount(table: PieceTable): number {
  return table.length / PIECE_FIELDS;
}

export function pieceAt(table: PieceTable, index: number): Piece {
  const at = index * PIECE_FIELDS;
  return { index, file: table[at] ?? 0, start: table[at + 1] ?? 0, end: table[at + 2] ?? 0, digestOffset: table[at + 3] ?? 0 };
}

function largestFirst(table: PieceTable, large: readonly number[]): PieceTable {
  if (large.length === 0) return table;
  const length = (index: number): number => {
    const { start, end } = pieceAt(table, index);
    return end - start;
  };
  const isLarge = new Set(large);
  const small = Array.from({ length: pieceCount(table) }, (_, index) => index).filter((index) => !isLarge.has(index));
  const order = [...large].sort((a, b) => length(b) - length(a)).concat(small);
  const ordered = new Float64Array(table.length);
  for (const [place, index] of order.entries()) {
    ordered.set(table.subarray(index * PIECE_FIELDS, (index + 1) * PIECE_FIELDS), place * PIECE_FIELDS);
  }
  return ordered;
}
