import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { contextTag, DerReader, readDer, TAG } from "../../src/encoding/der.ts";
import { rejectsWith } from "../support/rejects.ts";
import { bytes, concat, hex, integer, octetString, sequence, tlv } from "../support/der-writer.ts";

const refused = (work: () => unknown): Promise<AssayError> => rejectsWith("DER_INVALID", work);

void suite("DER values", () => {
  void test("a value gives its tag, its bytes and its content", () => {
    const value = readDer(hex("04 03 01 02 03"));
    assert.equal(value.tag, TAG.octetString);
    assert.deepEqual(value.der, hex("04 03 01 02 03"));
    assert.deepEqual(value.content, hex("01 02 03"));
  });

  void test("lengths of one, two and three octets are read", () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65535, 65536]) {
      assert.equal(readDer(octetString(new Uint8Array(length))).content.length, length);
    }
  });

  void test("nothing may follow the value", async () => {
    await refused(() => readDer(hex("05 00 00")));
    await refused(() => readDer(hex("30 02 05 00 05 00")));
    const error = await refused(() => {
      const fields = readDer(hex("30 04 05 00 05 00")).in(TAG.sequence);
      fields.next();
      fields.end();
    });
    assert.match(error.message, /after the last field/);
  });

  void test("a value cannot run past what holds it", async () => {
    await refused(() => readDer(hex("04 03 01 02")));
    await refused(() => readDer(hex("30 03 04 02 00")).in(TAG.sequence).next());
  });

  void test("a length is definite and in its shortest form", async () => {
    await refused(() => readDer(hex("30 80")));
    await refused(() => readDer(hex("30 80 00 00")));
    await refused(() => readDer(hex("04 81 01 00")));
    await refused(() => readDer(concat(hex("04 81 7f"), new Uint8Array(127))));
    await refused(() => readDer(concat(hex("04 82 00 ff"), new Uint8Array(255))));
    await refused(() => readDer(concat(hex("04 84 00 01 00 00"), new Uint8Array(65536))));
    await refused(() => readDer(hex("04 85 00 00 00 00 01 00")));
    await refused(() => readDer(hex("04 84 ff ff ff ff 00")));
  });

  void test("what is cut off anywhere is refused", async () => {
    const whole = sequence(integer(1), octetString(new Uint8Array(200)));
    for (const length of [0, 1, 2, 3, whole.length - 1]) await refused(() => readDer(whole.subarray(0, length)));
    assert.match((await refused(() => readDer(hex("04 82 01")))).message, /ends in the middle/);
  });

  void test("tag numbers over 30 are refused", async () => {
    await refused(() => readDer(hex("1f 01 00")));
  });

  void test("another tag than the expected one is refused, and named", async () => {
    const error = await refused(() => new DerReader(integer(1)).next(TAG.octetString));
    assert.match(error.message, /the tag 0x04 was expected, not 0x02/);
  });

  void test("an optional value is read only where its tag is", () => {
    const reader = new DerReader(integer(1));
    assert.equal(reader.optional(TAG.octetString), undefined);
    assert.notEqual(reader.optional(TAG.integer), undefined);
    assert.equal(reader.optional(TAG.integer), undefined);
    assert.ok(reader.isAtEnd);
  });

  void test("a primitive value has no inside", async () => {
    await refused(() => readDer(octetString(integer(1))).children());
    await refused(() => readDer(bytes(contextTag(0, false), 0)).in(contextTag(0, false)));
  });

  void test("nesting is bounded", async () => {
    let nested: Uint8Array = integer(1);
    for (let depth = 0; depth < 100; depth++) nested = sequence(nested);
    const error = await refused(() => {
      for (let value = readDer(nested); ; value = value.in(TAG.sequence).next());
    });
    assert.match(error.message, /nested/);
  });

  void test("whatever values are written are read back, whole and in order", () => {
    const value = fc.record({ tag: fc.constantFrom(0x02, 0x04, 0x0c, 0x30, 0x80, 0xa3), content: fc.uint8Array({ maxLength: 300 }) });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), (values) => {
        const reader = readDer(sequence(...values.map(({ tag, content }) => tlv(tag, content)))).in(TAG.sequence);
        for (const { tag, content } of values) assert.deepEqual(reader.next(tag).content, content);
        reader.end();
      }),
    );
  });

  void test("a value that is accepted has one encoding only", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (input) => {
        try {
          const { tag, content } = readDer(input);
          assert.deepEqual(tlv(tag, content), input);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
          assert.equal(error.code, "DER_INVALID");
        }
      }),
      { numRuns: 2000 },
    );
  });
});
