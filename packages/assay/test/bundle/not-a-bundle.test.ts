import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/parse.ts";
import { rejectsWith } from "../rejects.ts";

suite("a file in the place of a signature", () => {
  const cases: readonly (readonly [string, Uint8Array | string, RegExp, RegExp])[] = [
    ["an empty file", "", /an empty file/, /fetch the signature again/],
    ["an HTML page", "<!DOCTYPE html>\n<html><head>", /an HTML page/, /the file itself/],
    ["a git-LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", /a git-LFS pointer/, /git lfs pull/],
    ["a gzip file", gzipSync("{}"), /a gzip file/, /gzip -d/],
    ["a text in UTF-16", Buffer.from("\ufeff{}", "utf16le"), /a text in UTF-16/, /UTF-8/],
    ["a public key", "-----BEGIN PUBLIC KEY-----\n", /a public key in PEM/, /signature here/],
    ["a certificate", "-----BEGIN CERTIFICATE-----\n", /a certificate in PEM/, /signature here/],
    ["a private key", "-----BEGIN EC PRIVATE KEY-----\n", /a private key/, /keep it/],
    ["a PGP signature", "-----BEGIN PGP SIGNATURE-----\n", /a PGP signature/, /gpg/],
    ["a bare signature", "MEUCIQ".padEnd(96, "A"), /in base64, without its bundle/, /Sigstore bundle/],
  ];
  for (const [what, content, message, hint] of cases) {
    test(`is named: ${what}`, async () => {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const code = what === "a text in UTF-16" ? "JSON_ENCODING" : "JSON_SYNTAX";
      const error = await rejectsWith(code, () => parseBundle(bytes));
      assert.match(error.message, /^not a signature but /);
      assert.match(error.message, message);
      assert.match(error.hint ?? "", hint);
    });
  }

  test("of no known kind keeps the place of the fault", async () => {
    const error = await rejectsWith("JSON_SYNTAX", () => parseBundle(new TextEncoder().encode('{"a": 1,}')));
    assert.match(error.message, /^the bundle is refused, line 1, column 9: /);
  });
});
