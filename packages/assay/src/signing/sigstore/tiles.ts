import { AssayError } from "../../core/error.ts";
import type { HttpAnswer, HttpClient } from "../../network/http.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { urlUnder } from "../../network/url.ts";
import { nodeHash } from "../../trust/sigstore/merkle.ts";

/** Hashes in a full tile, and the levels of the tree that it spans. */
const WIDTH = 256;
const LEVELS = 8;
const HASH_LENGTH = 32;

/**
 * Reads the tree of `size` entries that a log serves in tiles. https://c2sp.org/tlog-tiles
 * Nothing that it gives is proven: the caller compares it with a signed root.
 * Throws SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, ABORTED.
 */
export class TiledTree {
  readonly #http: HttpClient;
  readonly #url: string;
  readonly #size: number;
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  /** @param url what `tile/` is under */
  constructor(http: HttpClient, url: string, size: number) {
    this.#http = http;
    this.#url = url;
    this.#size = size;
  }

  /** The bytes of an entry, out of the bundle of 256 in which it is served. */
  async entry(index: number): Promise<Uint8Array> {
    const bundle = await this.#tile("entries", Math.floor(index / WIDTH), this.#size);
    let offset = 0;
    for (let skipped = 0; ; skipped++) {
      const length = ((bundle[offset] ?? 0) << 8) | (bundle[offset + 1] ?? 0);
      const end = offset + 2 + length;
      if (offset + 2 > bundle.length || end > bundle.length) throw malformed(`an entry bundle ends before entry ${index}`);
      if (skipped === index % WIDTH) return bundle.subarray(offset + 2, end);
      offset = end;
    }
  }

  /** The hashes that prove an entry's inclusion, from its sibling upwards: RFC 6962 section 2.1.1. */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    const path: Uint8Array[] = [];
    let [start, end] = [0, this.#size];
    while (end - start > 1) {
      const split = start + splitOf(end - start);
      const [siblingStart, siblingEnd] = index < split ? [split, end] : [start, split];
      path.unshift(await this.#hash(siblingStart, siblingEnd));
      [start, end] = index < split ? [start, split] : [split, end];
    }
    return path;
  }

  /** The hash over the entries from `start` up to `end`, a range that is a node of the tree. */
  async #hash(start: number, end: number): Promise<Uint8Array> {
    const count = end - start;
    const split = splitOf(count);
    if (count === 1 || split * 2 === count) return this.#node(Math.log2(count), start / count);
    return nodeHash(await this.#hash(start, start + split), await this.#hash(start + split, end));
  }

  /** A complete node: `level` 0 are the entries. Tiles hold every eighth level, those between follow. */
  async #node(level: number, index: number): Promise<Uint8Array> {
    const above = level % LEVELS;
    const tileLevel = (level - above) / LEVELS;
    const count = 2 ** above;
    const first = index * count;
    const tile = await this.#tile(String(tileLevel), Math.floor(first / WIDTH), Math.floor(this.#size / WIDTH ** tileLevel));
    const start = (first % WIDTH) * HASH_LENGTH;
    if (tile.length < start + count * HASH_LENGTH) throw malformed("a tile holds fewer hashes than its size says");
    let hashes = Array.from({ length: count }, (_, at) => tile.subarray(start + at * HASH_LENGTH, start + (at + 1) * HASH_LENGTH));
    while (hashes.length > 1) hashes = await pairwise(hashes);
    return hashes[0] ?? new Uint8Array();
  }

  /** A tile of a level that holds `total` elements. A log may drop a partial tile once the full one is there. */
  #tile(level: string, index: number, total: number): Promise<Uint8Array> {
    const path = `tile/${level}/${tileNumber(index)}`;
    const known = this.#tiles.get(path);
    if (known !== undefined) return known;
    const width = Math.min(WIDTH, total - index * WIDTH);
    const tile = this.#fetch(width < WIDTH ? [`${path}.p/${width}`, path] : [path]);
    this.#tiles.set(path, tile);
    return tile;
  }

  async #fetch([path = "", ...others]: readonly string[]): Promise<Uint8Array> {
    const request = { url: urlUnder(this.#url, path), service: "the transparency log" };
    const answer: HttpAnswer = await this.#http.request(request);
    if (answer.status === 200) return answer.body;
    if (answer.status === 404 && others.length > 0) return this.#fetch(others);
    throw serverRefusal(request, answer);
  }
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

async function pairwise(hashes: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const parents: Uint8Array[] = [];
  for (let at = 0; at + 1 < hashes.length; at += 2) {
    parents.push(await nodeHash(hashes[at] ?? new Uint8Array(), hashes[at + 1] ?? new Uint8Array()));
  }
  return parents;
}

/** 1234067 is x001/x234/067. */
export function tileNumber(index: number): string {
  const groups: string[] = [];
  for (let rest = index; ; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, "0"));
    if (rest < 1000) break;
  }
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}

function malformed(why: string): AssayError {
  return new AssayError("SERVER_ANSWER", `the transparency log's tiles are damaged: ${why}`);
}
