import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/parse.ts";
import { adviceText } from "../../src/cli/text/advice.ts";
import { mistakenFileOf } from "../../src/core/error.ts";
import { rejectsWith } from "../support/rejects.ts";

suite("a file in the place of a signature", () => {
  const cases: readonly (readonly [string, Uint8Array | string, RegExp, RegExp])[] = [
    ["an empty file", "", /an empty file/, /Fetch the signature again/],
    ["an HTML page", "<!DOCTYPE html>\n<html><head>", /an HTML page/, /the file itself/],
    ["a git-LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", /a git-LFS pointer/, /git lfs pull/],
    ["a gzip file", gzipSync("{}"), /a gzip archive/, /gzip -d/],
    ["a text in UTF-16", Buffer.from("\ufeff{}", "utf16le"), /text in UTF-16/, /UTF-8/],
    ["a public key", "-----BEGIN PUBLIC KEY-----\n", /a public key/, /signature here/],
    ["a certificate", "-----BEGIN CERTIFICATE-----\n", /a certificate/, /signature here/],
    ["a private key", "-----BEGIN EC PRIVATE KEY-----\n", /a private key/, /keep it/],
    ["a PGP signature", "-----BEGIN PGP SIGNATURE-----\n", /an OpenPGP message or signature/, /gpg/],
    ["a bare signature", "MEUCIQ".padEnd(96, "A"), /signature or raw key in base64/, /Sigstore bundle/],
  ];
  for (const [what, content, message, hint] of cases) {
    test(`is named: ${what}`, async () => {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const code = what === "a text in UTF-16" ? "JSON_ENCODING" : "JSON_SYNTAX";
      const error = await rejectsWith(code, () => parseBundle(bytes));
      assert.match(error.message, /^not a signature but /);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /refused|line 1/, "a place in JSON says nothing about a file that is not JSON");
      assert.equal(mistakenFileOf(error)?.role, "Sigstore bundle");
      assert.match(adviceText(error) ?? "", hint);
    });
  }

  for (const [what, document] of [
    ["a DSSE envelope without its bundle", { payload: "", payloadType: "application/vnd.in-toto+json", signatures: [] }],
    ["a bundle of cosign's older format", { base64Signature: "", cert: "" }],
    ["an in-toto statement", { _type: "https://in-toto.io/Statement/v1" }],
    ["a trusted root of Sigstore", { mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1" }],
  ] as const) {
    test(`is named, in JSON too: ${what}`, async () => {
      const bytes = new TextEncoder().encode(JSON.stringify(document));
      const error = await rejectsWith("mediaType" in document ? "BUNDLE_MEDIA_TYPE" : "BUNDLE_SHAPE", () => parseBundle(bytes));
      assert.ok(error.message.startsWith(`not a signature but ${what}`), error.message);
    });
  }

  test("is called another file where its kind is unknown, with what was found", async () => {
    const error = await rejectsWith("JSON_SYNTAX", () => parseBundle(new TextEncoder().encode("some notes")));
    assert.match(error.message, /^not a signature but another file: .*line 1, column 1: /);
  });

  test("of no known kind keeps the place of the fault", async () => {
    const error = await rejectsWith("JSON_SYNTAX", () => parseBundle(new TextEncoder().encode('{"a": 1,}')));
    assert.match(error.message, /^the bundle is refused, line 1, column 9: /);
  });
});
