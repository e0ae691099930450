import assert from "node:assert/strict";
import { test } from "node:test";
import { roleOf } from "../../src/probe/role.ts";

test("the README beside data is a data card; one in a folder for training or tests is not", () => {
  assert.deepEqual(["data/README.md", "datasets/x/README.md"].map(roleOf), ["data-card", "data-card"]);
  assert.deepEqual(["scripts/train/README.md", "test/README.md"].map(roleOf), [undefined, undefined]);
});

test("records in a folder of results are results, line by line as well", () => {
  assert.deepEqual(["results/x1.jsonl", "results/x1.json", "data/x1.jsonl"].map(roleOf), ["results", "results", "data"]);
});
