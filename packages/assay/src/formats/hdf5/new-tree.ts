import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";

const MAX_DEPTH = 8;
const MAX_RECORDS = 1_000_000;
const MAX_NODE_BYTES = 1024 * 1024;
/** Signature, version, type, and the checksum at the end. */
const NODE_OVERHEAD = 10;

/** The records of a B-tree of the second version, in no particular order: section III.A.2. */
export async function* treeRecords(file: PageCache, address: number): AsyncGenerator<Uint8Array> {
  const cursor = new ByteCursor(await file.read(address, 38), address);
  if (!cursor.signature("BTHD") || cursor.u8() !== 0) malformed("has no tree where one must be", address);
  cursor.skip(1);
  const nodeSize = cursor.u32();
  const recordSize = cursor.u16();
  const depth = cursor.u16();
  cursor.skip(2);
  const root = cursor.u64();
  const count = cursor.u16();
  if (depth > MAX_DEPTH || nodeSize > MAX_NODE_BYTES) notUnderstood("has a tree that is deeper or wider than is read", address);
  if (recordSize === 0 || nodeSize < NODE_OVERHEAD + recordSize) malformed("has a tree without room for records", address);
  if (count === 0) return;
  const widths = pointerWidths(nodeSize, recordSize, depth);
  const pending = [{ node: root, level: depth, count }];
  const seen = new Set<number>();
  let records = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, level } = next;
    if (seen.has(node)) malformed("has a tree without an end", node);
    seen.add(node);
    const inside = new ByteCursor(await file.read(node, nodeSize), node);
    if (!inside.signature(level === 0 ? "BTLF" : "BTIN")) malformed("has no node of its tree where one must be", node);
    inside.skip(2);
    records += next.count;
    if (records > MAX_RECORDS) notUnderstood("has a tree with more records than are read", node);
    for (let index = 0; index < next.count; index++) yield inside.bytes(recordSize);
    if (level === 0) continue;
    const width = widths[level] ?? { count: 0, total: 0 };
    for (let index = 0; index <= next.count; index++) {
      const child = inside.u64();
      pending.push({ node: child, level: level - 1, count: inside.uint(width.count) });
      inside.skip(width.total);
    }
  }
}

/** How many bytes a node of each level has for the records of a child, and of all below it. */
function pointerWidths(nodeSize: number, recordSize: number, depth: number): { count: number; total: number }[] {
  const inLeaf = Math.floor((nodeSize - NODE_OVERHEAD) / recordSize);
  const count = bytesFor(inLeaf);
  const widths = [{ count: 0, total: 0 }];
  let below = inLeaf;
  let total = 0;
  for (let level = 1; level <= depth; level++) {
    widths.push({ count, total });
    const pointer = 8 + count + total;
    const records = Math.floor((nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer));
    below = (records + 1) * below + records;
    total = bytesFor(below);
  }
  return widths;
}

function bytesFor(value: number): number {
  return Math.floor(Math.log2(Math.max(value, 1)) / 8) + 1;
}
