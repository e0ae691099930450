import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readLogEntry } from "../../src/bundle/log-entry.ts";
import { parseJson } from "../../src/encoding/json.ts";

const timeOf = (integratedTime: string): number =>
  readLogEntry(
    parseJson(new TextEncoder().encode(JSON.stringify({ integratedTime })), { what: "bundle", shapeCode: "BUNDLE_SHAPE" }),
    "BUNDLE_BASE64",
  ).integratedTime;

suite("the time of a log entry", () => {
  test("is one that a date can be: whoever shows it must not fail", () => {
    assert.equal(new Date(timeOf("8640000000000") * 1000).getUTCFullYear(), 275_760);
    for (const text of ["8640000000001", "9007199254740991"]) assert.throws(() => timeOf(text), { code: "BUNDLE_SHAPE" });
  });
});
