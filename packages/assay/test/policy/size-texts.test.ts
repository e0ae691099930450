import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { evaluateSize } from "../../src/policy/evaluate/weights.ts";
import { CLEAN } from "../support/policy/facts.ts";

const weights = [{ name: "m", format: "safetensors", memoryBytes: 3_138_152 }];
const messages = (maxBytes: number | undefined, maxMemory: number | undefined): readonly string[] =>
  evaluateSize({ ...CLEAN, totalBytes: 4_000_000, weights }, maxBytes, maxMemory).map(({ message }) => message);

suite("the rule size says", () => {
  test("sizes for people", () => {
    assert.deepEqual(messages(5_000_000, 5_000_000), ["4.0 MB", "3.1 MB in memory"]);
    assert.deepEqual(messages(3_000_000, 1_000_000), ["4.0 MB, at most 3.0 MB allowed", "3.1 MB in memory, at most 1.0 MB allowed"]);
  });

  test("exact bytes where the sizes for people are the same", () => {
    assert.deepEqual(messages(3_999_999, undefined), ["4,000,000 bytes, at most 3,999,999 bytes allowed"]);
  });
});
