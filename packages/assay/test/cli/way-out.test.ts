import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { adviceText } from "../../src/cli/text/advice.ts";
import { FOR_ANY, FOR_ROLE, wayOut as wayOutOf } from "../../src/cli/text/way-out.ts";
import type { GivenFileRole } from "../../src/core/error-details.ts";
import { AssayError } from "../../src/core/error.ts";
import { type KnownFormat, KNOWN_FORMATS } from "../../src/encoding/known-format.ts";
import { mistakenFile } from "../../src/encoding/mistaken-file.ts";

function wayOut(format: KnownFormat, role: GivenFileRole, name: string | undefined): string | undefined {
  return wayOutOf({ format, role, name });
}

suite("the advice on a file given by mistake", () => {
  test("names the file in a command where a shell takes the name as it is, and a placeholder else", () => {
    assert.equal(wayOut("gzip", "public key", "keys/a.gz"), "unpack it: gzip -dc keys/a.gz > UNPACKED");
    for (const name of [undefined, "a b", "$(x)", "-rf", "a;b", "a'b"]) {
      assert.equal(wayOut("gzip", "public key", name), "unpack it: gzip -dc FILE > UNPACKED");
    }
  });

  test("depends on what was wanted", () => {
    assert.match(wayOut("pkcs12", "private key", "a.p12") ?? "", /^take the key out of it: openssl pkcs12 -in a\.p12 -nocerts/);
    assert.match(wayOut("pkcs12", "certificate", "a.p12") ?? "", /^take the certificates out of it: openssl pkcs12 -in a\.p12 -nokeys/);
    assert.match(wayOut("private-key", "public key", "a.pem") ?? "", /openssl pkey -in a\.pem -pubout/);
    assert.match(wayOut("public-key", "private key", "a.pem") ?? "", /a public key only verifies/);
  });

  test("is the command's advice on the error; without a known way it is missing", () => {
    const error = new AssayError("KEY_INVALID", "it is a zip archive", mistakenFile("zip", "public key", "a.zip"));
    assert.equal(adviceText(error), "Unpack it: unzip a.zip");
    assert.equal(adviceText(new AssayError("CRL_INVALID", "no list", mistakenFile("jwk", "revocation list"))), undefined);
  });

  test("is for formats that are known", () => {
    for (const ways of [FOR_ANY, ...Object.values(FOR_ROLE)]) {
      assert.deepEqual(
        Object.keys(ways).filter((format) => !(format in KNOWN_FORMATS)),
        [],
      );
    }
  });
});
