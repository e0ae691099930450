import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../../src/core/error.ts";
import { parsePkcs11Uri } from "../../../src/signing/pkcs11/uri.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import { anyText } from "../../support/any-text.ts";

test("every attribute of RFC 7512 is read, percent-decoded", () => {
  const uri = parsePkcs11Uri(
    "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;serial=;model=1.0;" +
      "library-manufacturer=Snake%20Oil;library-description=Soft%20Token;library-version=3.12;" +
      "slot-manufacturer=a&b;slot-description=c:d@e;slot-id=327;object=my-sign-key;id=%69%95%3E%5c%f4%bd%ec%91;type=private" +
      "?module-name=mypkcs11&module-path=/usr/lib/x.so&pin-source=file:/etc/token",
  );
  assert.deepEqual(uri, {
    token: "The Software PKCS#11 Softtoken",
    manufacturer: "Snake Oil, Inc.",
    serial: "",
    model: "1.0",
    libraryManufacturer: "Snake Oil",
    libraryDescription: "Soft Token",
    libraryVersion: "3.12",
    slotManufacturer: "a&b",
    slotDescription: "c:d@e",
    slotId: 327,
    object: "my-sign-key",
    id: Uint8Array.of(0x69, 0x95, 0x3e, 0x5c, 0xf4, 0xbd, 0xec, 0x91),
    modulePath: "/usr/lib/x.so",
    moduleName: "mypkcs11",
    pinValue: undefined,
    pinSource: "file:/etc/token",
  });
});

test("text is UTF-8, an identifier any bytes", () => {
  const uri = parsePkcs11Uri("pkcs11:token=caf%C3%A9;id=%ff%00?pin-value=12%2634");
  assert.equal(uri.token, "café");
  assert.deepEqual(uri.id, Uint8Array.of(0xff, 0));
  assert.equal(uri.pinValue, "12&34");
});

test("a URI as the Python reference's documentation writes it is read", () => {
  const uri = parsePkcs11Uri("pkcs11:token=softhsm;object=mykey?pin-value=1234&module-path=/usr/lib64/pkcs11/libsofthsm2.so");
  assert.deepEqual([uri.token, uri.object, uri.pinValue, uri.modulePath], ["softhsm", "mykey", "1234", "/usr/lib64/pkcs11/libsofthsm2.so"]);
});

const refused: readonly [string, string, RegExp][] = [
  ["no scheme", "token=a;object=b", /does not start with pkcs11:/],
  ["the scheme in capitals", "PKCS11:object=b", /does not start with pkcs11:/],
  ["no key", "pkcs11:token=a", /names no key/],
  ["nothing", "pkcs11:", /names no key/],
  ["an attribute twice", "pkcs11:object=a;object=b", /object appears twice/],
  ["a query attribute twice", "pkcs11:object=a?module-name=x&module-name=x", /module-name appears twice/],
  ["an unknown attribute", "pkcs11:object=a;x-vendor=b", /attribute 2 of its path is not one/],
  ["an unknown query attribute", "pkcs11:object=a?pin=9876", /attribute 1 of its query is not one/],
  ["an attribute on the wrong side", "pkcs11:object=a;pin-value=9876", /pin-value belongs behind the \?/],
  ["the other wrong side", "pkcs11:id=%01?object=a", /object belongs before the \?/],
  ["an attribute without =", "pkcs11:object=a;9876", /attribute 2 of its path has no =/],
  ["an empty attribute", "pkcs11:object=a;", /attribute 2 of its path has no =/],
  ["a blank", "pkcs11:token=my token;object=a", /token holds a character/],
  ["a slash in a path", "pkcs11:object=team/key", /object holds a character/],
  ["a letter with an accent", "pkcs11:object=é", /object holds a character/],
  ["half a percent", "pkcs11:object=a%2", /object holds a character/],
  ["a percent of no number", "pkcs11:object=a%zz", /object holds a character/],
  ["a semicolon in the query", "pkcs11:object=a?pin-value=98;76", /pin-value holds a character/],
  ["text that is not UTF-8", "pkcs11:object=%ff", /object is not UTF-8/],
  ["a NUL", "pkcs11:object=a%00b", /NUL/],
  ["the type of a public key", "pkcs11:object=a;type=public", /type is not private/],
  ["a slot that is not a number", "pkcs11:object=a;slot-id=0x1", /slot-id/],
  ["a slot over 32 bits", "pkcs11:object=a;slot-id=4294967296", /slot-id/],
  ["a library version of three parts", "pkcs11:object=a;library-version=1.2.3", /library-version/],
  ["two PINs", "pkcs11:object=a?pin-value=9876&pin-source=file:/x", /both pin-value and pin-source/],
  ["a relative module", "pkcs11:object=a?module-path=lib.so", /module-path is not absolute/],
  ["endless text", `pkcs11:object=${"a".repeat(9000)}`, /longer than/],
];
for (const [what, uri, pattern] of refused) {
  test(`a URI with ${what} is refused, and its message repeats no value`, async () => {
    const error = await rejectsWith("PKCS11_URI", () => parsePkcs11Uri(uri));
    assert.match(error.message, pattern);
    assert.doesNotMatch(`${error.message} ${error.hint} ${error.stack}`, /9876|98;76/);
  });
}

test("whatever the text, it is read or refused by the URI's own error", () => {
  const piece = fc.constantFrom(
    "pkcs11:",
    "token=",
    "object=",
    "id=",
    "pin-value=",
    "pin-source=",
    ";",
    "?",
    "&",
    "=",
    "%41",
    "%",
    "%00",
    "%ff",
    "a",
    "é",
    "/",
    " ",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        anyText(),
        fc.array(piece).map((pieces) => `pkcs11:${pieces.join("")}`),
      ),
      (text) => {
        try {
          parsePkcs11Uri(text);
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code === "PKCS11_URI", String(error));
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test("a text that is not even a URI is refused", () => refusedWith("PKCS11_URI", () => parsePkcs11Uri("")));
