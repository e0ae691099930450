import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { decodeBase64, encodeBase64, encodeBase64Bytes } from "../../src/encoding/base64.ts";
import { AssayError } from "../../src/core/error.ts";

const decode = (text: string): Uint8Array => decodeBase64(text, "BUNDLE_BASE64", "sig");

function refused(text: string, why: RegExp): void {
  assert.throws(
    () => decode(text),
    (error) => error instanceof AssayError && error.code === "BUNDLE_BASE64" && why.test(error.message),
    JSON.stringify(text),
  );
}

suite("base64", () => {
  test("decodes what Node encodes, in both alphabets, with and without padding", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const padded = Buffer.from(bytes).toString("base64");
        assert.equal(encodeBase64(bytes), padded);
        assert.deepEqual(decode(padded), new Uint8Array(bytes));
        assert.deepEqual(decode(padded.replaceAll("=", "")), new Uint8Array(bytes));
        assert.deepEqual(decode(Buffer.from(bytes).toString("base64url")), new Uint8Array(bytes));
        assert.deepEqual(decodeBase64(encodeBase64Bytes(bytes), "BUNDLE_BASE64", "sig"), new Uint8Array(bytes));
      }),
    );
  });

  test("decodes the vectors of RFC 4648", () => {
    const vectors = { "": "", f: "Zg==", fo: "Zm8=", foo: "Zm9v", foob: "Zm9vYg==", fooba: "Zm9vYmE=", foobar: "Zm9vYmFy" };
    for (const [plain, encoded] of Object.entries(vectors)) {
      assert.equal(encodeBase64(new TextEncoder().encode(plain)), encoded);
      assert.equal(new TextDecoder().decode(decode(encoded)), plain);
    }
  });

  test("decodes the middle of a larger buffer", () => {
    const bytes = new TextEncoder().encode('"Zm9v"');
    assert.equal(new TextDecoder().decode(decodeBase64(bytes.subarray(1, 5), "BUNDLE_BASE64", "sig")), "foo");
  });

  test("refuses line breaks", () => {
    refused("Zm9v\nYmFy", /line break/);
    refused("Zm9v\r\nYmFy", /line break/);
    refused("Zm9vYmFy\n", /./);
    refused("Zm9vYm\n=", /line break|padding/);
  });

  test("refuses blanks", () => {
    refused("Zm9 vYmF", /blank/);
    refused(" Zm9vYmF", /blank/);
    refused("Zm9vYm\t\t", /blank/);
  });

  test("refuses foreign characters", () => {
    refused("Zm9v*mFy", /"\*"/);
    refused("Zm9v\u0000mFy", /0x0/);
    refused("Zm9vüFy", /0xc3/);
    refused("Zm9vYm.y", /"\."/);
  });

  test("refuses data after the padding", () => {
    refused("Zg==Zg==", /after the padding/);
    refused("Zg==Zm9v", /after the padding/);
    refused("Zg=v", /after the padding/);
  });

  test("refuses a padding that is not complete, or too long", () => {
    refused("Zg=", /padding/);
    refused("Zm9v=", /padding/);
    refused("Zm9v==", /padding/);
    refused("=", /padding/);
    refused("====", /after the padding/);
    refused("Z===", /./);
  });

  test("refuses a lone last character", () => {
    refused("Zm9vY", /one character/);
  });

  test("refuses unused bits that are not zero", () => {
    refused("Zh==", /unused bits/);
    refused("Zh", /unused bits/);
    refused("Zm9=", /unused bits/);
    refused("Zm9", /unused bits/);
  });

  test("refuses a mix of the two alphabets", () => {
    refused("+_+_", /mixes/);
    refused("ab/-", /mixes/);
    assert.deepEqual(decode("+/+/"), decode("-_-_"));
  });

  test("throws nothing but its own error, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 40 }), fc.base64String({ maxLength: 40 })), (text) => {
        try {
          const bytes = decode(text);
          // Whatever is accepted is the encoding of what came out, in one of its spellings.
          const plain = text.replaceAll("-", "+").replaceAll("_", "/").replaceAll("=", "");
          assert.equal(encodeBase64(bytes).replaceAll("=", ""), plain);
        } catch (error) {
          assert.ok(error instanceof AssayError);
        }
      }),
    );
  });
});
