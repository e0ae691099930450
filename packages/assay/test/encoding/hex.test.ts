import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { decodeHex, decodeHexInto, encodeHex, isLowercaseHex } from "../../src/encoding/hex.ts";

suite("hex", () => {
  test("encodes and decodes as Node does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeHex(bytes);
        assert.equal(text, Buffer.from(bytes).toString("hex"));
        assert.deepEqual(decodeHex(text), new Uint8Array(bytes));
        assert.ok(isLowercaseHex(text, bytes.length));
      }),
    );
  });

  test("reads nothing but lowercase digits in pairs", () => {
    for (const text of ["0", "0A", "AB", "0g", " 0", "0x", "é0", "abc", "a\u0000"]) {
      assert.equal(decodeHex(text), undefined, JSON.stringify(text));
      assert.equal(isLowercaseHex(text, 1), false, JSON.stringify(text));
    }
  });

  test("does not write past the end of its target", () => {
    const target = new Uint8Array(3);
    assert.equal(decodeHexInto("aabb", target, 1), true);
    assert.deepEqual([...target], [0, 0xaa, 0xbb]);
    assert.equal(decodeHexInto("aabb", target, 2), false);
  });

  test("a length that is not the wanted one is not that digest", () => {
    assert.equal(isLowercaseHex("ab", 2), false);
    assert.equal(isLowercaseHex("abcd", 2), true);
  });
});
