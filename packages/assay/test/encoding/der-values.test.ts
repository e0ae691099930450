import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { readDer, type DerValue } from "../../src/encoding/der.ts";
import {
  readAscii,
  readBitStringBytes,
  readBoolean,
  readIntegerBytes,
  readNamedBits,
  readOid,
  readSmallInteger,
  readTime,
} from "../../src/encoding/der-values.ts";
import { rejectsWith } from "../support/rejects.ts";
import { bitString, boolean, hex, integer, namedBits, oid, time, tlv } from "../support/der-writer.ts";

type Read<T> = (value: DerValue) => T;
const read = <T>(read: Read<T>, input: Uint8Array | string): T => read(readDer(typeof input === "string" ? hex(input) : input));
const refused = async <T>(reader: Read<T>, ...inputs: (Uint8Array | string)[]): Promise<void> => {
  for (const input of inputs) await rejectsWith("DER_INVALID", () => read(reader, input));
};
const text = (tag: number, value: string): Uint8Array => tlv(tag, new TextEncoder().encode(value));

void suite("DER integers", () => {
  void test("an integer has the shortest form, and at least one octet", async () => {
    await refused(readIntegerBytes, "02 00", "02 02 00 7f", "02 02 ff 80", "04 01 00");
    assert.deepEqual(read(readIntegerBytes, "02 02 00 80"), hex("00 80"));
    assert.deepEqual(read(readIntegerBytes, "02 02 ff 7f"), hex("ff 7f"));
  });

  void test("a small integer is between 0 and 2^31-1", async () => {
    for (const value of [0, 1, 127, 128, 65536, 2 ** 31 - 1]) assert.equal(read(readSmallInteger, integer(value)), value);
    await refused(readSmallInteger, integer(2 ** 31), integer(2 ** 40), integer(-1));
  });

  void test("every integer is read back as it was written", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (value) => {
        const octets = Buffer.from(read(readIntegerBytes, integer(value)));
        assert.equal(BigInt.asIntN(octets.length * 8, BigInt(`0x${octets.toString("hex")}`)), value);
      }),
    );
  });
});

void suite("DER booleans and bit strings", () => {
  void test("a boolean is 0x00 or 0xff", async () => {
    assert.equal(read(readBoolean, boolean(true)), true);
    assert.equal(read(readBoolean, boolean(false)), false);
    await refused(readBoolean, "01 01 01", "01 00", "01 02 ff ff");
  });

  void test("keys and signatures are whole octets", async () => {
    assert.deepEqual(read(readBitStringBytes, bitString(hex("01 02"))), hex("01 02"));
    await refused(readBitStringBytes, "03 02 01 02", "03 00");
  });

  void test("named bits are numbered from the first, zero bits at the end are not written", async () => {
    assert.deepEqual([...read(readNamedBits, namedBits(0, 5, 8))], [0, 5, 8]);
    assert.deepEqual([...read(readNamedBits, namedBits())], []);
    await refused(readNamedBits, "03 02 06 80", "03 03 00 80 00", "03 02 00 00");
  });

  void test("unused bits are zero, and fewer than eight", async () => {
    await refused(readNamedBits, "03 00", "03 01 01", "03 02 08 80", "03 02 03 f9");
  });
});

void suite("DER object identifiers", () => {
  void test("arcs are decimal, the first two share an octet", () => {
    for (const dotted of ["0.0", "0.39", "1.2.840.10045.2.1", "2.5.29.15", "2.999.3", `2.25.${2n ** 128n - 1n}`]) {
      assert.equal(read(readOid, oid(dotted)), dotted);
    }
  });

  void test("an arc has the shortest form and is whole", async () => {
    await refused(readOid, "06 00", "06 02 2a 80", "06 03 2a 80 01", "06 01 80", "06 02 2a 81");
  });

  void test("the length is bounded", async () => {
    await refused(readOid, tlv(0x06, new Uint8Array(300).fill(1)));
  });

  void test("every identifier is read back as it was written", () => {
    const arcs = fc.array(fc.bigInt({ min: 0n, max: 2n ** 32n }), { maxLength: 10 });
    fc.assert(
      fc.property(fc.nat(2), fc.nat(39), arcs, (first, second, rest) => {
        const dotted = [first, second, ...rest].join(".");
        assert.equal(read(readOid, oid(dotted)), dotted);
      }),
    );
  });
});

void suite("DER times, as RFC 5280 wants them", () => {
  void test("two-digit years are 1950 to 2049, later ones have four digits", () => {
    const years = ["1950-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];
    for (const iso of years) assert.equal(read(readTime, time(new Date(iso))).getTime(), Date.parse(iso));
  });

  void test("GeneralizedTime is rejected for a year that UTCTime has", async () => {
    await refused(readTime, text(0x18, "20490101000000Z"), text(0x18, "19500101000000Z"));
  });

  void test("zones, fractions and missing seconds are refused", async () => {
    await refused(
      readTime,
      text(0x17, "2501010000Z"),
      text(0x17, "250101000000"),
      text(0x17, "250101000000+0000"),
      text(0x17, "20500101000000Z"),
      text(0x18, "20500101000000.5Z"),
      text(0x18, "20500101000000+0000"),
      text(0x18, "205001010000Z"),
      text(0x17, "2501010000 0Z"),
      text(0x18, "2".repeat(5000)),
      text(0x0c, "250101000000Z"),
    );
  });

  void test("times that the calendar does not have are refused", async () => {
    const wrong = ["250001", "251301", "250230", "250100", "250229"].map((day) => `${day}000000Z`);
    for (const day of [...wrong, "250101240000Z", "250101006000Z", "250101000060Z"]) await refused(readTime, text(0x17, day));
    assert.equal(read(readTime, text(0x17, "240229000000Z")).getTime(), Date.parse("2024-02-29T00:00:00Z"));
  });
});

void test("ASCII text has no octet over 127", async () => {
  assert.equal(readAscii(hex("61 40 62")), "a@b");
  await rejectsWith("DER_INVALID", () => readAscii(hex("61 c3 a9")));
});

void test("no reader of values throws anything but DER_INVALID, whatever it is given", () => {
  const readers: Read<unknown>[] = [readIntegerBytes, readSmallInteger, readBoolean, readBitStringBytes, readNamedBits, readOid, readTime];
  const tagged = fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 0x17, 0x18), fc.uint8Array({ maxLength: 24 }))
    .map(([tag, content]) => tlv(tag, content));
  fc.assert(
    fc.property(fc.constantFrom(...readers), fc.oneof(fc.uint8Array({ maxLength: 30 }), tagged), (reader, input) => {
      try {
        read(reader, input);
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        assert.equal(error.code, "DER_INVALID");
      }
    }),
    { numRuns: 3000 },
  );
});
