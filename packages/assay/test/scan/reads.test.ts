import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { examineFile } from "../../src/probe/load/examine-file.ts";
import { gradeLoad } from "../../src/risk/grade.ts";
import { largeSafetensors, largeTorchArchive } from "../support/scan/large.ts";
import type { SparseFile } from "../support/scan/sparse-file.ts";

/** What a scan reads of weights of any size. */
const MAX_READ = 1_000_000;

async function outcomeOf(name: string, file: SparseFile): Promise<string> {
  const risk = gradeLoad([await examineFile(name, file)]);
  return `${risk.outcome} ${risk.files.flatMap(({ findings }) => findings.map(({ what }) => what)).join(", ")}`.trim();
}

suite("headers are read, weights are not", () => {
  test("of safetensors of 100 GB", async () => {
    const file = largeSafetensors(100_000_000_000);
    assert.equal(await outcomeOf("model.safetensors", file), "data-only");
    assert.ok(file.bytesRead < MAX_READ, String(file.bytesRead));
  });

  test("of a PyTorch archive of 4 GB, whose storages are as large as the pickle says", async () => {
    const file = largeTorchArchive(1_000_000_000);
    assert.equal(await outcomeOf("pytorch_model.bin", file), "data-only");
    assert.ok(file.bytesRead < MAX_READ, String(file.bytesRead));
  });
});
