import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { decodeUtf8, encodeUtf8, isUtf8 } from "../../src/encoding/utf8.ts";
import { AssayError } from "../../src/core/error.ts";

const reference = new TextDecoder("utf-8", { fatal: true });
function isUtf8ForNode(bytes: Uint8Array): boolean {
  try {
    reference.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

/** Bytes that are nearly UTF-8: the leads and continuations at the borders of the ranges. */
const nearly = fc
  .array(
    fc.constantFrom(
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xe1,
      0xed,
      0xef,
      0xf0,
      0xf1,
      0xf4,
      0xf5,
      0xff,
    ),
    { maxLength: 6 },
  )
  .map((bytes) => Uint8Array.from(bytes));

suite("UTF-8", () => {
  test("the check agrees with the platform's decoder", () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.uint8Array({ maxLength: 12 })), (bytes) => {
        assert.equal(isUtf8(bytes), isUtf8ForNode(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  test("overlong forms, surrogates and code points past U+10FFFF are not UTF-8, their neighbors are", () => {
    for (const bytes of [
      "c0af",
      "c1bf",
      "e09fbf",
      "e08080",
      "eda080",
      "edbfbf",
      "f08fbfbf",
      "f0808080",
      "f4908080",
      "f5808080",
      "c3",
      "e282",
      "f09fa6",
      "80",
      "c328",
    ]) {
      assert.equal(isUtf8(hex(bytes)), false, bytes);
    }
    for (const bytes of ["c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf"])
      assert.equal(isUtf8(hex(bytes)), true, bytes);
  });

  test("the check stays within its range", () => {
    const bytes = Uint8Array.from([0xff, 0xc3, 0xa9, 0x80]);
    assert.equal(isUtf8(bytes, 1, 3), true);
    assert.equal(isUtf8(bytes, 1, 2), false);
    assert.equal(isUtf8(bytes, 2, 3), false);
  });

  test("text comes back as it was, a byte order mark too", () => {
    for (const text of ["", "weights.bin", "模型.bin", "\uFEFFx", "🦜"]) {
      assert.equal(decodeUtf8(encodeUtf8(text), "PEM_INVALID", "the text"), text);
    }
  });

  test("bytes that are not UTF-8 are refused under the caller's code", () => {
    assert.throws(
      () => decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80), "PEM_INVALID", "the key file"),
      (error) => error instanceof AssayError && error.code === "PEM_INVALID" && /the key file/.test(error.message),
    );
  });
});
