import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { HttpClient } from "../../../src/network/http.ts";
import { TiledTree, tileNumber } from "../../../src/signing/sigstore/tiles.ts";
import { verifyInclusion } from "../../../src/trust/sigstore/merkle.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { auditPath, leafHash, treeRoot } from "../../support/sigstore/merkle-tree.ts";
import { vector } from "../../support/sigstore/octets.ts";

const LARGEST = 256 * 256 + 300;
const entries = Array.from({ length: LARGEST + 700 }, (_, index) => Buffer.from(`entry ${index}`));
const leaves = entries.map(leafHash);
/** Every eighth level of the tree, as far as its nodes are complete. */
const levels = [leaves];
while (levels.at(-1)!.length >= 256) {
  const below = levels.at(-1)!;
  levels.push(Array.from({ length: Math.floor(below.length / 256) }, (_, index) => treeRoot(below.slice(index * 256, index * 256 + 256))));
}

interface Served {
  readonly http: HttpClient;
  readonly paths: string[];
}

/** Serves the whole log in tiles, which may have grown since the checkpoint; `hasPartial` false as once a tile is full. */
function serve({
  hasPartial = true,
  tamper,
}: { hasPartial?: boolean; tamper?: (path: string, body: Uint8Array) => Uint8Array } = {}): Served {
  const paths: string[] = [];
  const http: HttpClient = {
    async request({ url }) {
      const path = url.slice("https://log.example.com/api/v2/tile/".length);
      paths.push(path);
      const [, level = "", number = "", partial] = /^(\d+|entries)\/([x\d/]+?)(?:\.p\/(\d+))?$/.exec(path) ?? [];
      const all = level === "entries" ? entries.map((entry) => vector(entry, 2)) : (levels[Number(level)] ?? []);
      const start = Number(number.replaceAll(/[x/]/g, "")) * 256;
      const end = start + Number(partial ?? 256);
      const isThere = end <= all.length && (partial === undefined || hasPartial);
      const body = Buffer.concat(all.slice(start, end));
      return { status: isThere ? 200 : 404, headers: new Map(), body: tamper?.(path, body) ?? body };
    },
  };
  return { http, paths };
}

const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => Buffer.from(hash).toString("hex"));
const treeOf = (size: number, { http }: Served): TiledTree => new TiledTree(http, "https://log.example.com/api/v2", size);

suite("a proof out of tiles", () => {
  for (const size of [1, 2, 3, 7, 255, 256, 257, 300, 511, 512, 513, 1000, LARGEST]) {
    test(`leads to the root of a tree of ${size} entries`, async () => {
      const rootHash = treeRoot(leaves.slice(0, size));
      const tree = treeOf(size, serve());
      for (const index of new Set([0, 1, 2, 254, 255, 256, 299, size >> 1, size - 2, size - 1])) {
        if (index < 0 || index >= size) continue;
        const hashes = await tree.inclusionProof(index);
        const entry = await tree.entry(index);
        assert.deepEqual(Buffer.from(entry), entries[index]);
        await verifyInclusion(entry, { logIndex: index, treeSize: size, hashes, rootHash, checkpoint: undefined });
        if (size <= 1000) assert.deepEqual(hex(hashes), hex(auditPath(leaves.slice(0, size), index)));
      }
    });
  }

  test("is had from full tiles too, where the log has grown and keeps the partial ones no more", async () => {
    const size = 700;
    const tree = treeOf(size, serve({ hasPartial: false }));
    const hashes = await tree.inclusionProof(650);
    await verifyInclusion(await tree.entry(650), {
      logIndex: 650,
      treeSize: size,
      hashes,
      rootHash: treeRoot(leaves.slice(0, size)),
      checkpoint: undefined,
    });
  });

  test("reads few tiles, each once, by the width that the tree gives them", async () => {
    const served = serve();
    await treeOf(LARGEST, served).inclusionProof(5);
    const expected = new Set(["0/000", "0/257.p/44", "1/000", "1/001.p/1", "2/000.p/1"]);
    assert.deepEqual(
      served.paths.filter((path) => !expected.has(path)),
      [],
    );
    assert.equal(new Set(served.paths).size, served.paths.length);
  });

  test("is not made of tiles that are too short, or missing", async () => {
    const short = serve({ tamper: (_, body) => body.subarray(0, 31) });
    await rejectsWith("SERVER_ANSWER", () => treeOf(300, short).inclusionProof(5));
    await rejectsWith("SERVER_ANSWER", () => treeOf(300, short).entry(5));
    const missing: HttpClient = { request: async () => ({ status: 404, headers: new Map(), body: new Uint8Array() }) };
    await rejectsWith("SERVER_REFUSED", () => new TiledTree(missing, "https://log.example.com/api/v2", 300).inclusionProof(5));
  });
});

test("a tile's number is written in groups of three digits", () => {
  for (const [index, text] of [
    [0, "000"],
    [67, "067"],
    [999, "999"],
    [1000, "x001/000"],
    [1_234_067, "x001/x234/067"],
  ] as const) {
    assert.equal(tileNumber(index), text);
  }
});
