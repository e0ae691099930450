import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { digest } from "../../src/api/digest.ts";
import { scan, type Scan } from "../../src/api/scan.ts";
import { consistentReads } from "../../src/source/remote/consistent-reads.ts";
import { listedModel } from "../../src/source/remote/listed-model.ts";
import type { RemoteModel } from "../../src/source/remote/remote-model.ts";
import { effort } from "../support/effort.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { pickleCalling } from "../support/scan/canaries.ts";
import { gguf } from "../support/scan/gguf.ts";
import { safetensors } from "../support/scan/safetensors.ts";
import { zip } from "../support/scan/zip.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Larger than what is read whole, so that ranges are. */
const PADDING = Buffer.alloc(300_000, 46);
const POISON = pickleCalling("posix", "system", "true");
const FILES: Readonly<Record<string, Uint8Array>> = {
  "model.safetensors": safetensors({ a: { shape: [40_000] }, b: { dtype: "F16", shape: [70_000], length: 140_000 } }),
  "model.gguf": Buffer.concat([gguf({}), PADDING]),
  "archive.bin": zip([
    { name: "archive/data.pkl", data: POISON },
    { name: "archive/data/0", data: PADDING },
  ]),
  "plain.pkl": Buffer.concat([POISON, PADDING]),
  "broken.safetensors": Buffer.concat([safetensors({ a: { shape: [1] } }).subarray(0, 40), PADDING]),
};

/** A server that sends files in pieces of the given lengths, over and over. */
function inPieces(lengths: readonly number[]): RemoteModel {
  const files = Object.entries(FILES)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]) => ({
      name,
      size: content.length,
      digest: { kind: "sha256" as const, hex: createHash("sha256").update(content).digest("hex") },
    }));
  return consistentReads(
    listedModel({
      source: { kind: "hf", given: "hf:a/b", pinned: "hf:a/b@c", host: "hub" },
      name: "b",
      revision: "c",
      files,
      async transfer({ name }, from, end, onPiece) {
        const content = FILES[name] ?? new Uint8Array();
        // The memory of a piece is used again for the next one, as a server's is.
        const memory = new Uint8Array(Math.max(...lengths));
        for (let at = from, turn = 0; at < end; turn++) {
          const piece = content.subarray(at, Math.min(end, at + (lengths[turn % lengths.length] ?? 1)));
          memory.set(piece);
          await onPiece(memory.subarray(0, piece.length));
          memory.fill(0);
          at += piece.length;
        }
      },
    }),
  );
}

const seen = ({ risk }: Scan): unknown => ({
  outcome: risk.outcome,
  files: risk.files.map(({ size: _size, ...file }) => file),
  facts: risk.facts,
});

suite("readers over ranges", () => {
  test("see in a model on a server what they see in the files on disk, however its bytes arrive", async () => {
    const folder = writeFiles(temporaryFolder(), FILES);
    const [here, digested] = [await scan(folder), await digest(folder)];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 6 }), async (lengths) => {
        // Pieces of a byte are for the end of a list of larger ones: a file would arrive in too many.
        const pieces = [...lengths, 50_000];
        assert.deepEqual(seen(await scan(inPieces(pieces))), seen(here));
        assert.equal((await digest(inPieces(pieces))).manifestDigest, digested.manifestDigest);
      }),
      { numRuns: effort(8, 300) },
    );
  });
});
