import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { examineFile } from "../../src/probe/load/examine-file.ts";
import { gradeLoad } from "../../src/risk/grade.ts";
import { bytes, littleEndian } from "../support/scan/bytes.ts";
import { SparseFile } from "../support/scan/sparse-file.ts";

/** What a scan reads of weights of any size. */
const MAX_READ = 1_000_000;

async function outcomeOf(name: string, file: SparseFile): Promise<string> {
  const risk = gradeLoad([await examineFile(name, file)]);
  return `${risk.outcome} ${risk.files.flatMap(({ findings }) => findings.map(({ what }) => what)).join(", ")}`.trim();
}

suite("headers are read, weights are not", () => {
  test("of safetensors of 100 GB", async () => {
    const length = 100_000_000_000;
    const header = bytes(JSON.stringify({ a: { dtype: "F32", shape: [length / 4], data_offsets: [0, length] } }));
    const start = bytes(littleEndian(header.length, 8), header);
    const file = new SparseFile(start.length + length, [[0, start]]);
    assert.equal(await outcomeOf("model.safetensors", file), "data-only");
    assert.ok(file.bytesRead < MAX_READ, String(file.bytesRead));
  });
});
