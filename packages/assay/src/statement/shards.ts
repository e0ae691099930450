import { AssayError } from "../core/error.ts";
import type { FileDigests } from "./manifest.ts";
import { checkName, type Platform, shown } from "./names.ts";

// The byte range is the last two numbers: a file's own name may hold colons. No sign, no leading zero.
const SHARD_NAME = /^([^]*):(0|[1-9][0-9]{0,15}):(0|[1-9][0-9]{0,15})$/;

interface Shard {
  readonly start: number;
  readonly end: number;
  readonly digest: string;
}

/**
 * Puts shards together to files: OMS section 6.3.2. Every range has exactly `shardSize` bytes, save a
 * file's last, and together they go from 0 to the file's end without gap or overlap, whatever their
 * order in the list. Files are in the order of their first shard.
 *
 * @param names resource names, `path:start:end`, end exclusive
 * @param digests lowercase hex, one for each name
 * @throws SHARDS_INVALID, NAME_NOT_CANONICAL, NAME_FORBIDDEN
 */
export function joinShards(
  names: readonly string[],
  digests: readonly string[],
  shardSize: number,
  platform: Platform,
): Map<string, FileDigests> {
  const shards = new Map<string, Shard[]>();
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? "";
    const [, path, from, to] = SHARD_NAME.exec(name) ?? [];
    if (path === undefined) refuse(name, "it should end with the first and the last byte, :start:end");
    const [start, end] = [Number(from), Number(to)];
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) refuse(name, "its range exceeds 2^53-1");
    const shard = { start, end, digest: digests[index] ?? "" };
    const others = shards.get(path);
    if (others === undefined) shards.set(path, [shard]);
    else others.push(shard);
  }
  const files = new Map<string, FileDigests>();
  for (const [path, list] of shards) {
    if (path !== "." || shards.size > 1) checkName(path, platform);
    files.set(path, joinFile(path, list, shardSize));
  }
  return files;
}

function joinFile(path: string, shards: Shard[], shardSize: number): FileDigests {
  shards.sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  for (const [index, { start, end }] of shards.entries()) {
    const name = `${path}:${start}:${end}`;
    if (start !== at) refuse(name, start < at ? "it overlaps the shard before it" : `the bytes from ${at} to ${start} are missing`);
    const length = end - start;
    const last = index === shards.length - 1;
    if (length < 1) refuse(name, "it covers no byte");
    if (last ? length > shardSize : length !== shardSize) refuse(name, `it covers ${length} bytes, and the shard size is ${shardSize}`);
    at = end;
  }
  return { name: path, digests: shards.map(({ digest }) => digest), size: at };
}

/** The name of one shard, as a resource has it. */
export function shardName(file: string, index: number, shardSize: number, fileSize: number): string {
  return `${file}:${index * shardSize}:${Math.min((index + 1) * shardSize, fileSize)}`;
}

function refuse(name: string, why: string): never {
  throw new AssayError("SHARDS_INVALID", `the shard ${shown(name)} is refused: ${why}`);
}
