import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { assert as assertProperty, constantFrom, oneof, property, string } from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { parseXml } from "../../src/encoding/xml.ts";
import { readReference } from "../../src/source/reference.ts";

const any = string({ unit: "binary", maxLength: 60 });
const address = oneof(
  any,
  string({ unit: constantFrom("/", ".", "..", "%2e", "?", "#", "@", ":", "a", "B", "-", "\\", " ", "\u0000", "é"), maxLength: 20 }),
);

suite("what people and servers may write", () => {
  test("any address of a bucket or a web server is read, and read again as the same, or is a wrong question", () => {
    const texts = oneof(
      address.map((rest) => `s3:${rest}`),
      address.map((rest) => `s3://bucket/${rest}`),
      address.map((rest) => `https://${rest}`),
      address.map((rest) => `https://host.example/${rest}`),
    );
    const readable = property(texts, (text) => {
      try {
        const { reference, kind } = readReference(text);
        assert.deepEqual([readReference(reference).reference, readReference(reference).kind], [reference, kind]);
        assert.ok(!reference.split("/").slice(3).includes(".."), reference);
      } catch (error) {
        assert.ok(error instanceof AssayError && error.code === "USAGE", String(error));
      }
    });
    assertProperty(readable, { numRuns: 2000 });
  });

  test("any answer is read as XML or refused", () => {
    const parts = constantFrom(
      "<a>",
      "</a>",
      "<b/>",
      "<a x='1'>",
      "&lt;",
      "&#x41;",
      "&",
      "<",
      ">",
      "<!--",
      "<![CDATA[",
      "<?xml version='1.0'?>",
      "<!DOCTYPE a>",
      "x",
      " ",
      '"',
    );
    const refusable = property(oneof(any, string({ unit: parts, maxLength: 20 })), (text) => {
      try {
        parseXml(Buffer.from(text), { what: "the answer", code: "SERVER_ANSWER" });
      } catch (error) {
        assert.ok(error instanceof AssayError && error.code === "SERVER_ANSWER", String(error));
      }
    });
    assertProperty(refusable, { numRuns: 2000 });
  });
});
