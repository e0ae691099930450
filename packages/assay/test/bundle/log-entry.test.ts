import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type LogEntry, readLogEntry } from "../../src/bundle/log-entry.ts";
import { parseJson } from "../../src/encoding/json.ts";

const read = (entry: object | string): LogEntry =>
  readLogEntry(
    parseJson(new TextEncoder().encode(typeof entry === "string" ? entry : JSON.stringify(entry)), {
      what: "bundle",
      shapeCode: "BUNDLE_SHAPE",
    }),
    "BUNDLE_BASE64",
  );

const rejected = (entry: object | string): void => assert.throws(() => read(entry), { code: "BUNDLE_SHAPE" }, JSON.stringify(entry));

suite("the time of a log entry", () => {
  test("is a time that a Date can hold, so that showing it cannot fail", () => {
    const timeOf = (integratedTime: string): number => read({ integratedTime }).integratedTime;
    assert.equal(new Date(timeOf("8640000000000") * 1000).getUTCFullYear(), 275_760);
    for (const text of ["8640000000001", "9007199254740991"]) assert.throws(() => timeOf(text), { code: "BUNDLE_SHAPE" });
  });
});

suite("a number of a log entry", () => {
  test("is a whole number from 0 to 2^53 - 1, as a number or as a decimal in a string", () => {
    for (const value of [0, 7, Number.MAX_SAFE_INTEGER, "0", "7", "9007199254740991"]) {
      assert.equal(read({ logIndex: value }).logIndex, Number(value));
      assert.equal(read({ inclusionProof: { treeSize: value } }).inclusionProof?.treeSize, Number(value));
    }
    for (const value of [-1, 1.5, 2 ** 53, 1e300, "9007199254740992", true, [1], { a: 1 }]) {
      rejected({ logIndex: value });
      rejected({ integratedTime: value });
      rejected({ inclusionProof: { logIndex: value } });
      rejected({ inclusionProof: { treeSize: value } });
    }
    rejected('{"logIndex":-0}');
  });

  test("in a string has no sign, blank, exponent, fraction or leading zero", () => {
    for (const value of ["", " 7", "7 ", "+7", "-7", "-0", "07", "0x7", "7e0", "7.0", "٧"]) rejected({ logIndex: value });
  });
});

suite("an inclusion proof", () => {
  test("has at most 64 hashes", () => {
    const hashes = (count: number): object => ({ inclusionProof: { hashes: Array.from({ length: count }, () => "AQ==") } });
    assert.equal(read(hashes(64)).inclusionProof?.hashes.length, 64);
    rejected(hashes(65));
  });
});
