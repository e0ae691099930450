import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { array, assert as check, constantFrom, property, string, tuple } from "fast-check";
import { readDer } from "../../../src/encoding/der.ts";
import { isWithinName, readName, sameName, type DistinguishedName } from "../../../src/trust/x509/name.ts";
import { ia5, integer, oid, printable, sequence, setOf, tlv, utf8 } from "../../support/der-writer.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { name } from "../../support/x509/make.ts";
import { effort } from "../../support/effort.ts";

const CN = "2.5.4.3";
const O = "2.5.4.10";
const read = (der: Uint8Array): DistinguishedName => readName(readDer(der));
const cn = (value: string | Uint8Array): DistinguishedName => read(name([CN, value]));
const bmp = (text: string): Uint8Array => tlv(0x1e, new Uint8Array(Buffer.from(text, "utf16le").swap16()));
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const attribute = (type: string, value: string): Uint8Array => sequence(oid(type), utf8(value));

suite("a name for people, RFC 4514", () => {
  const shown: readonly [string, Uint8Array][] = [
    ["", name()],
    ["CN=a", name([CN, "a"])],
    ["CN=a,O=b,C=DE", name(["2.5.4.6", printable("DE")], [O, "b"], [CN, "a"])],
    ["CN=a+O=b", sequence(setOf(attribute(CN, "a"), attribute(O, "b")))],
    ["emailAddress=me@example.com", name(["1.2.840.113549.1.9.1", ia5("me@example.com")])],
    ["DC=com,UID=me", name(["0.9.2342.19200300.100.1.1", "me"], ["0.9.2342.19200300.100.1.25", ia5("com")])],
    [String.raw`CN=\"a\"\, b\+c\;\<d\>\\\=`, name([CN, String.raw`"a", b+c;<d>\=`])],
    [String.raw`CN=\ a\ `, name([CN, " a "])],
    [String.raw`CN=\ `, name([CN, " "])],
    [String.raw`CN=\#a#`, name([CN, "#a#"])],
    [String.raw`CN=a\00b`, name([CN, "a\0b"])],
    ["CN=é中", name([CN, bmp("é中")])],
    ["1.3.6.1.4.1.55738=#0c0161", name(["1.3.6.1.4.1.55738", "a"])],
    ["CN=#020105", name([CN, integer(5)])],
    ["CN=é", name([CN, tlv(0x14, Uint8Array.of(0xe9))])],
    ["CN=Müller", name([CN, tlv(0x14, latin1("Müller"))])],
    ["CN=a\u0093b", name([CN, tlv(0x14, latin1("a\u0093b"))])],
    ["CN=é中😀", name([CN, tlv(0x1c, Uint8Array.of(0, 0, 0, 0xe9, 0, 0, 0x4e, 0x2d, 0, 1, 0xf6, 0))])],
    ["CN=#1c0300004e", name([CN, tlv(0x1c, Uint8Array.of(0, 0, 0x4e))])],
    ["CN=#1c0400110000", name([CN, tlv(0x1c, Uint8Array.of(0, 0x11, 0, 0))])],
    ["CN=#1c040000d800", name([CN, tlv(0x1c, Uint8Array.of(0, 0, 0xd8, 0))])],
    ["CN=12", name([CN, tlv(0x12, latin1("12"))])],
    ["CN=a", name([CN, tlv(0x1a, latin1("a"))])],
    ["CN=#0c01ff", name([CN, tlv(0x0c, Uint8Array.of(0xff))])],
  ];
  for (const [text, der] of shown) test(`is ${text || "empty"}`, () => assert.equal(read(der).rfc4514, text));
});

suite("names in the older string types", () => {
  const [latin, wide] = [tlv(0x14, latin1("Müller")), tlv(0x1c, Uint8Array.of(0, 0, 0, 0x61))];
  const same = (a: Uint8Array, b: Uint8Array): boolean => sameName(read(name([CN, a])), read(name([CN, b])));

  test("are compared byte for byte", () => {
    assert.ok(same(latin, latin));
    assert.ok(!same(latin, tlv(0x14, latin1("MÜLLER"))), "with regard to case");
    assert.ok(!same(latin, utf8("Müller")), "and never equal to another type");
    assert.ok(!same(wide, utf8("a")));
  });
});

suite("names are the same", () => {
  test("whatever the string type, case, white space, and compatibility form", () => {
    for (const value of ["a b", " A  B ", printable("A b"), ia5("a B"), bmp("a b"), "a\u00a0b", "Ａ b", "a\u00ad b", "a \u200bb"]) {
      assert.ok(sameName(cn("a b"), cn(value)), String(value));
    }
    assert.ok(sameName(cn("Straße ΣΑΣ"), cn("STRASSE σας")));
  });

  test("whatever the order inside of one part, and only there", () => {
    const two = sequence(setOf(attribute(CN, "a"), attribute(O, "b")));
    assert.ok(sameName(read(two), read(two)));
    assert.ok(!sameName(read(two), read(name([CN, "a"], [O, "b"]))));
    assert.ok(!sameName(read(name([O, "b"], [CN, "a"])), read(name([CN, "a"], [O, "b"]))));
  });

  test("never where text, type or number of parts differ", () => {
    assert.ok(!sameName(cn("a"), cn("b")));
    assert.ok(!sameName(cn("a b"), cn("ab")));
    assert.ok(!sameName(cn("a"), read(name([O, "a"]))));
    assert.ok(!sameName(cn("a"), read(name())));
    assert.ok(!sameName(cn(tlv(0x14, Uint8Array.of(0x61))), cn("a")));
    assert.ok(!sameName(cn("x".repeat(300)), cn("X".repeat(300))), "long text is compared as it is encoded");
    assert.ok(sameName(cn("x".repeat(300)), cn("x".repeat(300))));
  });

  test("never by a value that looks like two", () => {
    const two = read(sequence(setOf(attribute(CN, "a"), attribute(O, "b"))));
    for (const value of [`a+${O}=b`, `a+${O} 2=b`, "a,O=b", "a/O=b"]) assert.ok(!sameName(two, cn(value)), value);
    assert.ok(!sameName(cn(integer(5)), cn("#020105")));
    assert.ok(!sameName(cn(integer(5)), cn("020105")));
  });

  test("exactly where they have the same parts", () => {
    const plain = string({ minLength: 1, maxLength: 5, unit: constantFrom("a", "b", "+", "=", " 1", "#", "/", "2.5.4.10") });
    const parts = array(tuple(constantFrom(CN, O), plain), { maxLength: 3 });
    const normal = (list: [string, string][]): string =>
      JSON.stringify(list.map(([type, value]) => [type, value.replaceAll(/ +/g, " ").trim()]));
    check(
      property(parts, parts, (one, other) => {
        assert.equal(sameName(read(name(...one)), read(name(...other))), normal(one) === normal(other));
      }),
      { numRuns: effort(125, 500) },
    );
  });
});

test("a name is within those that it begins with", () => {
  const whole = read(name([O, "Acme"], [CN, "a"]));
  for (const base of [name(), name([O, "ACME"]), name([O, "Acme"], [CN, "a"])]) assert.ok(isWithinName(whole, read(base)));
  for (const base of [name([CN, "a"]), name([O, "Acm"]), name([O, "Acme"], [CN, "a"], [CN, "b"])])
    assert.ok(!isWithinName(whole, read(base)));
});

test("a name that is not DER is refused: an empty part, members out of order or twice", async () => {
  const [a, b] = [attribute(CN, "a"), attribute(O, "b")];
  await rejectsWith("DER_INVALID", () => read(sequence(setOf())));
  await rejectsWith("DER_INVALID", () => read(sequence(tlv(0x31, b, a))));
  await rejectsWith("DER_INVALID", () => read(sequence(tlv(0x31, a, a))));
  await rejectsWith("DER_INVALID", () => read(sequence(setOf(sequence(oid(CN))))));
  await rejectsWith("DER_INVALID", () => read(sequence(setOf(sequence(oid(CN), utf8("a"), utf8("b"))))));
});
