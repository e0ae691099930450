import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { historicalPreAuthenticationEncoding, preAuthenticationEncoding } from "../../src/trust/pae.ts";

const utf8 = new TextEncoder();

test("the encoding is the one of the DSSE protocol's own example", () => {
  const encoded = preAuthenticationEncoding("http://example.com/HelloWorld", utf8.encode("hello world"));
  assert.equal(Buffer.from(encoded).toString(), "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
});

test("lengths count bytes, not characters", () => {
  assert.equal(Buffer.from(preAuthenticationEncoding("é", utf8.encode("ü"))).toString(), "DSSEv1 2 é 2 ü");
});

// What Python 3 prints for repr(bytes).
const reprs: readonly [string, string][] = [
  ["", "b''"],
  ["abc", "b'abc'"],
  ["it's", `b"it's"`],
  ['say "x"', `b'say "x"'`],
  [`it's "x"`, `b'it\\'s "x"'`],
  ["a\\b\t\n\r\0\x7f\xff", "b'a\\\\b\\t\\n\\r\\x00\\x7f\\xff'"],
];
for (const [bytes, repr] of reprs) {
  test(`the historical encoding shows ${JSON.stringify(bytes)} as Python does: ${repr}`, () => {
    const payload = Buffer.from(bytes, "latin1");
    assert.equal(Buffer.from(historicalPreAuthenticationEncoding("t", payload)).toString(), `DSSEV1 1 t ${payload.length} ${repr}`);
  });
}

test("the historical encoding shows every byte as Python does", () => {
  const every = Uint8Array.from({ length: 256 }, (_, index) => index);
  const shown = historicalPreAuthenticationEncoding("t", every).subarray("DSSEV1 1 t 256 ".length);
  // sha256(repr(bytes(range(256)))) of CPython 3.11.
  assert.equal(createHash("sha256").update(shown).digest("hex"), "896463bd16ea9ebc4e4e16d25aafd2a680d5b19a03a37a2f088161d8b0f1c2e7");
});
