import { hasNode, VALUE } from "./kinds.ts";
import { PickleStop } from "./stop.ts";
import type { Values } from "./values.ts";

/** What is alive at once: 16 bytes a node, 9 a cell. */
const MAX_NODES = 1_500_000;
const MAX_CELLS = 3_000_000;
/** The first collection; later ones at twice of what was alive. */
const FIRST_COLLECTION = 1 << 16;
/** Arrays of up to so many nodes are kept from one collection to the next. */
const SPARE_NODES = 1 << 18;
/** The entries of a dictionary that are kept; the rest only leaves its traces in the flags. */
const MAX_ENTRIES = 64;

/** Flags of a dictionary. */
export const HAS_SPECIAL_KEY = 1;
/** Flags of a dtype. */
export const IS_OBJECT = 1;
export const IS_BUILT = 2;
export const IS_USED = 4;

/**
 * Tuples, dictionaries and dtypes: what may have to be taken apart when an allowed call or state is looked at. Typed
 * arrays, with a copying collection, so that millions of short-lived tuples take no more room than the live ones.
 */
export class Heap {
  /** Tuple: first cell. Dictionary: cell of the last entry, -1. */
  #first: Int32Array = new Int32Array(256);
  /** Tuple: items. Dictionary: entries ever set. */
  #count: Int32Array = new Int32Array(256);
  /** dtype: bytes of an item. */
  #size: Float64Array = new Float64Array(256);
  #flags: Uint8Array = new Uint8Array(256);
  #cellKinds: Uint8Array = new Uint8Array(1024);
  #cellPayloads: Float64Array = new Float64Array(1024);
  #spare: OldHeap | undefined;
  #nodes = 0;
  #cells = 0;
  #collectAt = FIRST_COLLECTION;

  get isFull(): boolean {
    return this.#nodes > this.#collectAt || this.#cells > 2 * this.#collectAt;
  }

  /** A tuple of the values of `source` from `from` on. */
  tuple(source: Values, from: number): number {
    const count = source.length - from;
    const node = this.#node(this.#reserve(count), count);
    for (let item = 0; item < count; item++) this.#cell(source.kind(from + item), source.payload(from + item));
    return node;
  }

  dictionary(): number {
    return this.#node(-1, 0);
  }

  /** An entry of a dictionary; a key may be set several times. */
  set(node: number, keyKind: number, keyPayload: number, kind: number, payload: number): void {
    if (keyKind !== VALUE.text && keyKind !== VALUE.oldText) this.addFlags(node, HAS_SPECIAL_KEY);
    const count = this.#count[node] ?? 0;
    this.#count[node] = count + 1;
    if (count >= MAX_ENTRIES) return;
    const at = this.#reserve(3);
    this.#cell(keyKind, keyPayload);
    this.#cell(kind, payload);
    this.#cell(VALUE.absent, this.#first[node] ?? -1);
    this.#first[node] = at;
  }

  dtype(size: number, flags: number): number {
    const node = this.#node(-1, 0);
    this.#size[node] = size;
    this.#flags[node] = flags;
    return node;
  }

  count(node: number): number {
    return this.#count[node] ?? 0;
  }

  /** The cell of a tuple's item. */
  item(node: number, index: number): number {
    return (this.#first[node] ?? 0) + index;
  }

  /** The cells of a dictionary's keys, each followed by its value's, latest first; undefined where not all are kept. */
  entries(node: number): number[] | undefined {
    if (this.count(node) > MAX_ENTRIES) return undefined;
    const cells: number[] = [];
    for (let cell = this.#first[node] ?? -1; cell >= 0; cell = this.payload(cell + 2)) cells.push(cell);
    return cells;
  }

  kind(cell: number): number {
    return this.#cellKinds[cell] ?? VALUE.absent;
  }

  payload(cell: number): number {
    return this.#cellPayloads[cell] ?? 0;
  }

  flags(node: number): number {
    return this.#flags[node] ?? 0;
  }

  addFlags(node: number, flags: number): void {
    this.#flags[node] = this.flags(node) | flags;
  }

  size(node: number): number {
    return this.#size[node] ?? Number.NaN;
  }

  setSize(node: number, size: number): void {
    this.#size[node] = size;
  }

  clone(): Heap {
    const copy = new Heap();
    copy.#first = this.#first.slice();
    copy.#count = this.#count.slice();
    copy.#size = this.#size.slice();
    copy.#flags = this.#flags.slice();
    copy.#cellKinds = this.#cellKinds.slice();
    copy.#cellPayloads = this.#cellPayloads.slice();
    copy.#nodes = this.#nodes;
    copy.#cells = this.#cells;
    copy.#collectAt = this.#collectAt;
    return copy;
  }

  /** Keeps what is reached from `roots`, and changes their payloads to the new places. No other node may be held. */
  collect(roots: readonly Values[]): void {
    const old = this.#takeAll();
    const moved = new Int32Array(old.nodes).fill(-1);
    const from: number[] = [];
    const move = (kind: number, payload: number): number => {
      if (!hasNode(kind, payload)) return payload;
      const known = moved[payload] ?? -1;
      if (known >= 0) return known;
      const node = this.#node(old.first[payload] ?? -1, old.count[payload] ?? 0);
      this.#size[node] = old.size[payload] ?? Number.NaN;
      this.#flags[node] = old.flags[payload] ?? 0;
      moved[payload] = node;
      from.push(kind);
      return node;
    };
    for (const { kinds, payloads, length } of roots) {
      for (let at = 0; at < length; at++) payloads[at] = move(kinds[at] ?? 0, payloads[at] ?? 0);
    }
    // Nodes are appended while this loop runs: what was moved is looked through in the order of moving.
    for (let node = 0; node < this.#nodes; node++) {
      if (from[node] === VALUE.tuple) this.#moveItems(node, old, move);
      else if (from[node] === VALUE.dictionary) this.#moveEntries(node, old, move);
    }
    this.#collectAt = Math.max(FIRST_COLLECTION, 2 * this.#nodes, this.#cells);
  }

  #moveItems(node: number, old: OldCells, move: (kind: number, payload: number) => number): void {
    const count = this.count(node);
    const first = this.#first[node] ?? 0;
    this.#first[node] = this.#reserve(count);
    for (let cell = first; cell < first + count; cell++) {
      const kind = old.cellKinds[cell] ?? 0;
      this.#cell(kind, move(kind, old.cellPayloads[cell] ?? 0));
    }
  }

  #moveEntries(node: number, old: OldCells, move: (kind: number, payload: number) => number): void {
    let cell = this.#first[node] ?? -1;
    this.#first[node] = cell < 0 ? -1 : this.#cells;
    while (cell >= 0) {
      const next = old.cellPayloads[cell + 2] ?? -1;
      this.#reserve(3);
      for (const entry of [cell, cell + 1]) {
        const kind = old.cellKinds[entry] ?? 0;
        this.#cell(kind, move(kind, old.cellPayloads[entry] ?? 0));
      }
      this.#cell(VALUE.absent, next < 0 ? -1 : this.#cells + 1);
      cell = next;
    }
  }

  /** Starts over in arrays of the same size, which the next collection takes back. */
  #takeAll(): OldHeap {
    const old = {
      first: this.#first,
      count: this.#count,
      size: this.#size,
      flags: this.#flags,
      cellKinds: this.#cellKinds,
      cellPayloads: this.#cellPayloads,
      nodes: this.#nodes,
    };
    const spare = this.#spare;
    const fits = spare !== undefined && spare.first.length >= this.#first.length && spare.cellKinds.length >= this.#cellKinds.length;
    const next = fits ? spare : emptyHeap(this.#first.length, this.#cellKinds.length);
    this.#first = next.first;
    this.#count = next.count;
    this.#size = next.size;
    this.#flags = next.flags;
    this.#cellKinds = next.cellKinds;
    this.#cellPayloads = next.cellPayloads;
    this.#spare = old.first.length <= SPARE_NODES ? old : undefined;
    this.#nodes = 0;
    this.#cells = 0;
    return old;
  }

  #node(first: number, count: number): number {
    const node = this.#nodes;
    if (node === this.#first.length) this.#growNodes();
    this.#first[node] = first;
    this.#count[node] = count;
    this.#flags[node] = 0;
    this.#nodes = node + 1;
    return node;
  }

  #cell(kind: number, payload: number): void {
    this.#cellKinds[this.#cells] = kind;
    this.#cellPayloads[this.#cells] = payload;
    this.#cells++;
  }

  /** Makes room for so many cells; returns where they start. */
  #reserve(count: number): number {
    const needed = this.#cells + count;
    if (needed > this.#cellKinds.length) {
      const size = grown(this.#cellKinds.length, needed, MAX_CELLS);
      this.#cellKinds = copyInto(new Uint8Array(size), this.#cellKinds);
      this.#cellPayloads = copyInto(new Float64Array(size), this.#cellPayloads);
    }
    return this.#cells;
  }

  #growNodes(): void {
    const size = grown(this.#first.length, this.#nodes + 1, MAX_NODES);
    this.#first = copyInto(new Int32Array(size), this.#first);
    this.#count = copyInto(new Int32Array(size), this.#count);
    this.#size = copyInto(new Float64Array(size), this.#size);
    this.#flags = copyInto(new Uint8Array(size), this.#flags);
  }
}

interface OldCells {
  readonly cellKinds: Uint8Array;
  readonly cellPayloads: Float64Array;
}

interface OldHeap extends OldCells {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly size: Float64Array;
  readonly flags: Uint8Array;
  readonly nodes: number;
}

function emptyHeap(nodes: number, cells: number): OldHeap {
  return {
    first: new Int32Array(nodes),
    count: new Int32Array(nodes),
    size: new Float64Array(nodes),
    flags: new Uint8Array(nodes),
    cellKinds: new Uint8Array(cells),
    cellPayloads: new Float64Array(cells),
    nodes: 0,
  };
}

function grown(size: number, needed: number, most: number): number {
  if (needed > most) throw new PickleStop("too-large", "more nested values at once than are followed");
  return Math.min(most, Math.max(needed, size * 2));
}

function copyInto<T extends Uint8Array | Int32Array | Float64Array>(target: T, source: T): T {
  target.set(source);
  return target;
}
