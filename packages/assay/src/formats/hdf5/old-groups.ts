import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { PageCache } from "../page-cache.ts";
import { hdf5Text, type Hdf5Link } from "./links.ts";

const MAX_NODES = 100_000;
const MAX_NAMES_BYTES = 16 * 1024 * 1024;
const SOFT_LINK = 2;

/** The links of a group of the first kind: a B-tree of symbol tables with names in a local heap (sections III.A to III.D). */
export async function* oldLinks(file: PageCache, tree: number, heap: number): AsyncGenerator<Hdf5Link> {
  const names = await localHeap(file, heap);
  const pending = [tree];
  const seen = new Set<number>();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node) || seen.size > MAX_NODES) malformed("has a group whose tree has no end", node);
    seen.add(node);
    const head = new ByteCursor(await file.read(node, 8), node);
    const kind = hdf5Text(head.bytes(4));
    if (kind === "SNOD") {
      head.skip(2);
      yield* symbols(file, node, head.u16(), names);
    } else if (kind === "TREE") {
      if (head.u8() !== 0) malformed("has a tree of another kind where a group's must be", node);
      head.skip(1);
      pending.push(...(await children(file, node, head.u16())));
    } else malformed("has no tree where a group's must be", node);
  }
}

async function children(file: PageCache, node: number, count: number): Promise<number[]> {
  const cursor = new ByteCursor(await file.read(node + 24, count * 16 + 8), node + 24);
  const addresses: number[] = [];
  for (let index = 0; index < count; index++) {
    cursor.skip(8);
    addresses.push(cursor.u64());
  }
  return addresses;
}

async function* symbols(file: PageCache, node: number, count: number, heap: Uint8Array): AsyncGenerator<Hdf5Link> {
  const cursor = new ByteCursor(await file.read(node + 8, count * 40), node + 8);
  for (let index = 0; index < count; index++) {
    const name = nameAt(heap, cursor.u64());
    const address = cursor.u64();
    const cache = cursor.u32();
    cursor.skip(4);
    const scratch = cursor.u32();
    cursor.skip(12);
    if (cache === SOFT_LINK) yield { kind: "soft", name, target: nameAt(heap, scratch) };
    else if (cache > SOFT_LINK) notUnderstood(`has an entry of the unknown kind ${cache} in a group`, cursor.offset);
    else yield { kind: "hard", name, address };
  }
}

async function localHeap(file: PageCache, address: number): Promise<Uint8Array> {
  const cursor = new ByteCursor(await file.read(address, 32), address);
  if (!cursor.signature("HEAP")) malformed("has no heap of names where a group's must be", address);
  cursor.skip(4);
  const size = cursor.u64();
  cursor.skip(8);
  if (size > MAX_NAMES_BYTES && size <= file.size) notUnderstood(`has ${size} bytes of names in one group`, address);
  return file.read(cursor.u64(), size);
}

function nameAt(heap: Uint8Array, offset: number): string {
  const end = offset < heap.length ? heap.indexOf(0, offset) : -1;
  if (end < 0) malformed("has a name outside its heap, or without an end");
  return hdf5Text(heap.subarray(offset, end));
}
