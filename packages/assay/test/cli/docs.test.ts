import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { generatedFiles } from "../../../../scripts/docs.ts";

for (const [path, text] of generatedFiles()) {
  test(`${path} says what the source says (npm run docs writes it)`, () => {
    const committed = readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");
    assert.ok(committed === text, `${path} is stale: run npm run docs`);
  });
}
