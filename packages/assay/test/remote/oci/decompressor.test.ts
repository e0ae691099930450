import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { suite, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { Decompressor } from "../../../src/source/oci/decompressor.ts";

const CONTENT = randomBytes(3_000_000);

suite("expanding a layer as it arrives", () => {
  for (const [compression, packed] of [
    ["gzip", gzipSync(CONTENT)],
    ["zstd", zstdCompressSync(CONTENT)],
  ] as const) {
    test(`the content of ${compression} is whole, and full buffers are freed once they are used`, async () => {
      const copies: Buffer[] = [];
      const pieces: Uint8Array[] = [];
      const decompressor = new Decompressor(compression, "the layer", (piece) => {
        copies.push(Buffer.from(piece));
        pieces.push(piece);
      });
      // Pieces that end anywhere leave buffers that are filled up later.
      for (let at = 0; at < packed.length; at += 70_001) await decompressor.write(packed.subarray(at, at + 70_001));
      await decompressor.end();

      assert.deepEqual(Buffer.concat(copies), CONTENT);
      // Two of 256 KiB may be in use: one by the engine, one on its way.
      const held = [...new Set(pieces.map(({ buffer }) => buffer))].reduce((sum, { byteLength }) => sum + byteLength, 0);
      assert.ok(held <= 2 * 256 * 1024, `${held} bytes are held`);
    });
  }
});
