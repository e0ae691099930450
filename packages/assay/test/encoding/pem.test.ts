import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { decodePem, encodePem } from "../../src/encoding/pem.ts";
import { AssayError } from "../../src/core/error.ts";

const BODY = "Zm9vYmFy";
const block = (label: string, body = BODY): string => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

function refused(text: string, why: RegExp): void {
  assert.throws(
    () => decodePem(text),
    (error) => error instanceof AssayError && error.code === "PEM_INVALID" && why.test(error.message),
    text,
  );
}

suite("PEM", () => {
  test("reads and writes what Node's crypto writes, byte for byte", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
    const [read] = decodePem(pem);
    assert.equal(read?.label, "PUBLIC KEY");
    assert.deepEqual(Buffer.from(read?.bytes ?? []), publicKey.export({ format: "der", type: "spki" }));
    assert.equal(encodePem("PUBLIC KEY", read?.bytes ?? new Uint8Array()), pem);
  });

  test("reads every block in order and skips the text between them", () => {
    const text = `subject=CN = leaf\n${block("CERTIFICATE")}\nissuer=CN = root\n${block("X509 CRL", "Zm8=")}the end`;
    assert.deepEqual(
      decodePem(text).map(({ label, bytes }) => [label, Buffer.from(bytes).toString()]),
      [
        ["CERTIFICATE", "foobar"],
        ["X509 CRL", "fo"],
      ],
    );
  });

  test("a text without blocks has none", () => {
    assert.deepEqual(decodePem(""), []);
    assert.deepEqual(decodePem("nothing here\n"), []);
  });

  test("CRLF, CR, blanks at line ends, empty lines and a byte order mark do not matter", () => {
    const text = block("CERTIFICATE", "Zm9v\nYmFy");
    for (const variant of [
      text.replaceAll("\n", "\r\n"),
      text.replaceAll("\n", "\r"),
      text.replaceAll("\n", " \t\n"),
      text.replaceAll("\n", "\n\n"),
      `\uFEFF${text}`,
      text.trimEnd(),
    ]) {
      assert.equal(Buffer.from(decodePem(variant)[0]?.bytes ?? []).toString(), "foobar", JSON.stringify(variant));
    }
  });

  test("reads the bytes of a file, whatever the encoding of the text between blocks", () => {
    const latin1 = Buffer.from(`subject=CN = Jürgen\n${block("CERTIFICATE")}`, "latin1");
    assert.equal(Buffer.from(decodePem(latin1)[0]?.bytes ?? []).toString(), "foobar");
    assert.throws(() => decodePem(Buffer.from(block("CERTIFICATE", "Zmü9"), "latin1")), { code: "PEM_INVALID" });
  });

  test("headers of the old form are handed over, with the ciphertext", () => {
    const body = `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n${BODY}`;
    const [read] = decodePem(block("EC PRIVATE KEY", body));
    assert.equal(read?.headers.get("Proc-Type"), "4,ENCRYPTED");
    assert.equal(read?.headers.get("DEK-Info"), "AES-128-CBC,00112233445566778899AABBCCDDEEFF");
    assert.equal(Buffer.from(read?.bytes ?? []).toString(), "foobar");
  });

  test("refuses headers that no empty line ends, and a header twice", () => {
    refused(block("EC PRIVATE KEY", `Proc-Type: 4,ENCRYPTED\n${BODY}`), /empty line/);
    refused(block("EC PRIVATE KEY", `A: 1\nA: 2\n\n${BODY}`), /twice/);
  });

  test("refuses a block that is not closed", () => {
    refused(`-----BEGIN CERTIFICATE-----\n${BODY}\n`, /not closed/);
    refused(`-----BEGIN CERTIFICATE-----\n${BODY}\n${block("CERTIFICATE")}`, /not closed/);
  });

  test("refuses a block closed by another label, or never opened", () => {
    refused(`-----BEGIN CERTIFICATE-----\n${BODY}\n-----END PUBLIC KEY-----\n`, /closed as/);
    refused(`${BODY}\n-----END CERTIFICATE-----\n`, /without its BEGIN/);
  });

  test("refuses a damaged boundary instead of passing over the block", () => {
    refused(block("CERTIFICATE").replace("BEGIN CERTIFICATE-----", "BEGIN CERTIFICATE----"), /boundary/);
    refused(block("CERTIFICATE").replace("-----BEGIN", "  -----BEGIN"), /boundary/);
    refused(`${block("CERTIFICATE").trimEnd()}x\n`, /boundary/);
  });

  test("rejects a malformed label", () => {
    refused("-----BEGIN -----\nZm9v\n-----END -----\n", /label/);
    refused("-----BEGIN certificate-----\nZm9v\n-----END certificate-----\n", /label/);
  });

  test("refuses what is not base64 inside of a block, and an empty block", () => {
    refused(block("CERTIFICATE", "Zm9v YmFy"), /not base64/);
    refused(block("CERTIFICATE", " Zm9v"), /not base64/);
    refused(block("CERTIFICATE", "Zg==\nZm9v"), /base64/);
    refused(block("CERTIFICATE", "Zm9"), /base64/);
    refused(block("CERTIFICATE", "Zm9-"), /base64/);
    refused(block("CERTIFICATE", ""), /empty/);
  });

  test("write and read are each other's inverse", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        assert.deepEqual(decodePem(encodePem("X", bytes)), [{ label: "X", bytes: new Uint8Array(bytes), headers: new Map() }]);
      }),
    );
  });

  test("throws nothing but its own error, whatever the text", () => {
    const line = fc.constantFrom(
      "-----BEGIN A-----",
      "-----END A-----",
      "-----BEGIN B-----",
      "-----END B-----",
      BODY,
      "Zg==",
      "A: b",
      "",
      " ",
      "text",
      "-----BEGIN",
    );
    const text = fc.oneof(
      fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n")),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (pem) => {
        try {
          decodePem(pem);
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code === "PEM_INVALID", String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a long line of blanks takes no long time", () => {
    assert.throws(() => decodePem(block("A", `A: ${" ".repeat(200_000)}x\n${" x".repeat(100_000)}`)), AssayError);
  });
});
