import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { parseJson, type JsonNode } from "../../src/encoding/json.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import { AssayError } from "../../src/core/error.ts";
import { effort } from "../support/effort.ts";
import { anyText } from "../support/any-text.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string | Uint8Array, limits: { maxDepth?: number; maxValues?: number } = {}): JsonNode =>
  parseJson(typeof text === "string" ? utf8(text) : text, { what: "payload", shapeCode: "STATEMENT_SHAPE", ...limits });

function refused(text: string | Uint8Array, code: ErrorCode, message = /./): void {
  assert.throws(
    () => parse(text),
    (error) => {
      assert.ok(error instanceof AssayError, String(error));
      assert.equal(error.code, code, `${error.message} for ${String(text).slice(0, 80)}`);
      assert.match(error.message, message);
      assert.match(error.message, /line \d+, column \d+/);
      return true;
    },
  );
}

const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
const objectOf = (count: number): string => `{${Array.from({ length: count }, (_, index) => `"${index}":0`).join(",")}}`;

suite("strict JSON", () => {
  test("reads every valid document as JSON.parse does, however it is indented", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t", "\r\n "), (text, indent) => {
        const value: unknown = JSON.parse(text);
        assert.deepEqual(parse(JSON.stringify(value, null, indent)).plain(), value);
      }),
      { numRuns: effort(125, 500) },
    );
  });

  test("reads numbers as JSON.parse does", () => {
    for (const text of ["0", "-0", "1", "-1.5", "1e3", "1E+3", "1.25e-2", "9007199254740993", "1e400", "123456789.000"]) {
      assert.equal(parse(text).number(), JSON.parse(text), text);
    }
  });

  test("reads escapes and characters past ASCII as JSON.parse does", () => {
    const texts = ['"\\u00e9\\n\\"\\\\\\/\\b\\f\\r\\t"', '"\\ud83e\\udd9c"', '"🦜 模型 é"', '"\\u0000"', '"\uFEFF"', '"a\u2028b"'];
    for (const text of texts) assert.equal(parse(text).string(), JSON.parse(text), text);
  });

  test("agrees with JSON.parse on what is not JSON at all", () => {
    const mutated = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom(...'{}[]",:\\ue0-+.tfn \u0000\u0001'.split("")))
      .map(([text, at, character]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + character + text.slice(index + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string()), (text) => {
        let ours: unknown;
        try {
          ours = parse(text).plain();
        } catch (error) {
          assert.ok(error instanceof AssayError, String(error));
          if (error.code === "JSON_SYNTAX") assert.throws(() => JSON.parse(text), SyntaxError, text);
          return;
        }
        assert.deepEqual(ours, JSON.parse(text));
      }),
      { numRuns: effort(500, 2000) },
    );
  });

  test("throws nothing but its own error, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          parse(bytes).plain();
        } catch (error) {
          assert.ok(error instanceof AssayError, String(error));
        }
      }),
      { numRuns: effort(250, 1000) },
    );
  });

  test("refuses a text that ends too early", () => {
    refused("", "JSON_SYNTAX", /empty/);
    refused("  ", "JSON_SYNTAX", /cut off/);
    for (const text of [
      "{",
      '{"a',
      '{"a"',
      '{"a":',
      '{"a":1',
      '{"a":1,',
      "[",
      "[1",
      "[1,",
      '"a',
      "-",
      "1.",
      "1e",
      "tru",
      '"\\',
      '"\\u00',
    ]) {
      refused(text, "JSON_SYNTAX");
    }
  });

  test("refuses what JSON does not have", () => {
    for (const text of [
      "NaN",
      "Infinity",
      "-Infinity",
      "undefined",
      "'a'",
      "{a:1}",
      "[1,]",
      '{"a":1,}',
      "[,1]",
      "01",
      "+1",
      ".5",
      "1.",
      "0x10",
      "1_000",
      "True",
      "nul",
      "/**/1",
      "// a\n1",
    ]) {
      refused(text, "JSON_SYNTAX");
    }
  });

  test("refuses control characters and unknown escapes in strings", () => {
    refused('"a\nb"', "JSON_SYNTAX", /control character/);
    refused('"a\u0000b"', "JSON_SYNTAX", /control character/);
    refused('"abcdefgh\tb"', "JSON_SYNTAX", /control character/);
    refused('"\\x41"', "JSON_SYNTAX", /escape/);
    refused('"\\v"', "JSON_SYNTAX", /escape/);
    refused('"\\u12g4"', "JSON_SYNTAX", /hexadecimal/);
    refused('"\\\u0000"', "JSON_SYNTAX", /escape/);
  });

  test("refuses anything but JSON white space after the value", () => {
    parse(" \t\r\n1 \t\r\n");
    for (const text of ["1 2", "{}{}", "[]\u0000", "1\u000b", "1\u00a0", "{}x", "1\u2028"])
      refused(text, "JSON_SYNTAX", /data after the end of the value/);
  });

  test("refuses a byte order mark", () => {
    refused(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31), "JSON_ENCODING", /byte order mark/);
  });

  test("refuses UTF-16 and UTF-32", () => {
    const text = '{"a":1}';
    const little = Uint8Array.from(Buffer.from(text, "utf16le"));
    const big = Uint8Array.from(Buffer.from(text, "utf16le").swap16());
    for (const bytes of [little, big, Uint8Array.of(0xff, 0xfe, ...little), Uint8Array.of(0xfe, 0xff, ...big)]) {
      refused(bytes, "JSON_ENCODING", /UTF-16/);
    }
  });

  test("refuses bytes that are not UTF-8, in strings, in keys and outside of them", () => {
    for (const bytes of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) {
      refused(Uint8Array.of(0x22, ...bytes, 0x22), "JSON_ENCODING");
      refused(Uint8Array.of(0x7b, 0x22, ...bytes, 0x22, 0x3a, 0x31, 0x7d), "JSON_ENCODING");
      refused(Uint8Array.of(0x5b, ...bytes, 0x5d), "JSON_ENCODING");
    }
  });

  test("refuses surrogates without their other half", () => {
    for (const text of [
      '"\\ud800"',
      '"\\udc00"',
      '"\\udc00\\ud800"',
      '"\\udc00\\udc00"',
      '"\\ud800x\\udc00"',
      '"\\ud800\\u0041"',
      '{"\\ud800":1}',
      '"\\ud800\\n"',
    ]) {
      refused(text, "JSON_ENCODING", /surrogate/);
    }
  });

  test("refuses the same key twice, at any level and however it is written", () => {
    refused('{"a":1,"a":2}', "JSON_DUPLICATE_KEY", /"a"/);
    refused('{"a":1,"b":2,"a":1}', "JSON_DUPLICATE_KEY");
    refused('[[{"x":{"a":1,"\\u0061":2}}]]', "JSON_DUPLICATE_KEY");
    refused('{"é":1,"\\u00e9":2}', "JSON_DUPLICATE_KEY");
    refused('{"":1,"":2}', "JSON_DUPLICATE_KEY");
    refused('{"__proto__":1,"__proto__":2}', "JSON_DUPLICATE_KEY");
    const many = Array.from({ length: 40 }, (_, index) => `"k${index}":${index}`);
    parse(`{${many.join(",")}}`);
    refused(`{${[...many, '"k7":0'].join(",")}}`, "JSON_DUPLICATE_KEY", /"k7"/);
    parse('{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}');
  });

  test("refuses more than 256 levels, without falling over", () => {
    parse(nested(256));
    refused(nested(257), "JSON_TOO_DEEP", /256/);
    refused(nested(1_000_000), "JSON_TOO_DEEP");
    refused('{"a":'.repeat(100_000), "JSON_TOO_DEEP");
    parse(`${'{"a":'.repeat(256)}1${"}".repeat(256)}`);
    refused(`${'{"a":'.repeat(257)}1${"}".repeat(257)}`, "JSON_TOO_DEEP");
  });

  test("refuses more values than the limit, keys counted", () => {
    parse('{"a":[1,2]}', { maxValues: 5 });
    assert.throws(() => parse('{"a":[1,2]}', { maxValues: 4 }), { code: "JSON_TOO_LARGE" });
  });

  test("refuses an object of over 100,000 members", () => {
    parse(objectOf(100_000));
    refused(objectOf(100_001), "JSON_TOO_LARGE", /members/);
  });

  test("line and column count characters from one", () => {
    refused('{\n  "é": x}', "JSON_SYNTAX", /line 2, column 8/);
    refused("x", "JSON_SYNTAX", /line 1, column 1:/);
  });

  test("a key __proto__ is an ordinary key", () => {
    const value = parse('{"__proto__":{"polluted":true},"constructor":1}').plain();
    assert.ok(typeof value === "object" && value !== null);
    assert.deepEqual(Object.keys(value), ["__proto__", "constructor"]);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal("polluted" in value, false);
  });

  test("a text in the middle of a larger buffer is read alone", () => {
    const bytes = utf8('x{"name":"abcdefghijklmnop"}x').subarray(1, -1);
    assert.deepEqual(parse(bytes).plain(), { name: "abcdefghijklmnop" });
  });
});

suite("reading a JSON value", () => {
  const document = parse('{"a":{"list":[1,"x",null,true]},"text":"\\u0041b","none":null,"data":"Zm9v","odd":"Zm\\u0039v"}');

  test("a reader of the wrong type says where the value is, what it is and what was expected", () => {
    const list = [...document.require("a").require("list").elements()];
    assert.throws(() => list[1]?.number(), { code: "STATEMENT_SHAPE", message: /"a\.list\[1\]" is a string, expected a number/ });
    assert.throws(() => list[2]?.string(), { code: "STATEMENT_SHAPE", message: /is null, expected a string/ });
    assert.throws(() => document.boolean(), { message: /it is an object, expected a boolean/ });
    assert.throws(() => list[0]?.get("x"), { message: /"a\.list\[0\]" is a number, expected an object/ });
    assert.throws(() => [...document.elements()], { code: "STATEMENT_SHAPE" });
    assert.throws(() => [...document.require("text").members()], { code: "STATEMENT_SHAPE" });
    assert.throws(() => document.require("a").base64("BUNDLE_BASE64"), { code: "STATEMENT_SHAPE" });
  });

  test("a missing field is named with its path", () => {
    assert.throws(() => document.require("a").require("digest"), { code: "STATEMENT_SHAPE", message: /"a\.digest" is missing/ });
    assert.throws(() => document.require("b"), { message: /"b" is missing/ });
    assert.equal(document.get("b"), undefined);
  });

  test("null is absent only where that is asked for", () => {
    assert.equal(document.optional("none"), undefined);
    assert.equal(document.get("none")?.kind, "null");
  });

  test("base64 is read from the bytes, also where it is escaped", () => {
    assert.equal(Buffer.from(document.require("data").base64("BUNDLE_BASE64")).toString(), "foo");
    assert.equal(Buffer.from(document.require("odd").base64("BUNDLE_BASE64")).toString(), "foo");
    assert.throws(() => document.require("text").base64("BUNDLE_BASE64"), { code: "BUNDLE_BASE64", message: /text/ });
  });

  test("columns collect strings in any order of keys, and refuse gaps and other types", () => {
    const rows = parse('[{"n":"é","d":"1"},{"x":[{"n":"no"}],"d":"2","n":"b"},{"\\u006e":"c","d":"2"}]');
    assert.deepEqual(rows.columns(["n", "d"]), [
      ["é", "b", "c"],
      ["1", "2", "2"],
    ]);
    assert.throws(() => parse('[{"n":"a"},{"d":"b"}]').columns(["n"]), { code: "STATEMENT_SHAPE", message: /"\[1\]\.n" is missing/ });
    assert.throws(() => parse('[{"n":1}]').columns(["n"]), { message: /"\[0\]\.n" is a number/ });
    assert.throws(() => parse('[["n"]]').columns(["n"]), { message: /"\[0\]" is an array/ });
    assert.throws(() => parse('{"n":"a"}').columns(["n"]), { message: /it is an object, expected an array/ });
  });

  test("columns agree with the readers, whatever the names are", () => {
    const names = fc.array(fc.record({ n: anyText({ maxLength: 30 }).filter((name) => name.isWellFormed()), d: fc.string() }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(names, (rows) => {
        const node = parse(JSON.stringify(rows));
        assert.deepEqual(node.columns(["d", "n"]), [rows.map(({ d }) => d), rows.map(({ n }) => n)]);
      }),
    );
  });

  test("strings come out whole at every place of a long text", () => {
    const names = Array.from({ length: 3000 }, (_, index) => `dir/file-${index}${index % 700 === 3 ? "é" : ""}.bin`);
    const node = parse(JSON.stringify(names));
    assert.deepEqual(
      Array.from(node.elements(), (name) => name.string()),
      names,
    );
    const long = "x".repeat(100_000);
    assert.equal(
      parse(JSON.stringify(["a", long]))
        .plain()
        ?.toString(),
      `a,${long}`,
    );
  });
});
