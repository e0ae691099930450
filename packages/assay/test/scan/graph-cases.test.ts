import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { examineModel } from "../../src/probe/load/examine-model.ts";
import { gradeLoad } from "../../src/risk/grade.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { GRAPH_CASES } from "./cases/graphs.ts";

// The same cases as on disk, in memory: quick enough to be run once for each rule that is broken on purpose.
test("graphs, HDF5, plain tensors and programs in memory get the answer that is right", async () => {
  const wrong: string[] = [];
  for (const { name, files, expect, reasons = [] } of GRAPH_CASES) {
    const opened = new Map(Object.entries(files).map(([file, content]) => [file, inMemory(Buffer.from(content))]));
    const names = [...opened.keys()].sort();
    const risk = gradeLoad(await examineModel({ names, open: (file) => opened.get(file) }));
    const found = new Set<string>(risk.files.flatMap(({ findings }) => findings.map(({ reason }) => reason)));
    if (risk.outcome !== expect) wrong.push(`${name}: ${risk.outcome}`);
    for (const reason of reasons) if (!found.has(reason)) wrong.push(`${name}: ${reason} is missing`);
    if (found.has("file/reader-failed")) wrong.push(`${name}: a reader failed`);
  }
  assert.deepEqual(wrong, []);
});
