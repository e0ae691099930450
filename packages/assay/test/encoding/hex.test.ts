import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { decodeHexInto, encodeHex } from "../../src/encoding/hex.ts";

suite("hex", () => {
  test("encodes and decodes as Node does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeHex(bytes);
        assert.equal(text, Buffer.from(bytes).toString("hex"));
        const target = new Uint8Array(bytes.length + 2);
        assert.equal(decodeHexInto(text, bytes.length, target, 1), true);
        assert.deepEqual([...target], [0, ...bytes, 0]);
      }),
    );
  });

  test("reads nothing but lowercase digits in pairs", () => {
    const target = new Uint8Array(2);
    for (const text of ["00AB", "0g00", " 000", "0x00", "é000", "000é", "0\u0000ab", "00-1"]) {
      assert.equal(decodeHexInto(text, 2, target, 0), false, JSON.stringify(text));
    }
  });

  test("reads nothing of another length", () => {
    const target = new Uint8Array(4);
    for (const text of ["", "0", "00", "000", "00000", "000000"]) assert.equal(decodeHexInto(text, 2, target, 0), false, text);
    assert.equal(decodeHexInto("0000", 2, target, 0), true);
  });
});
