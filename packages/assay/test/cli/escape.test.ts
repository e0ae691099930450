import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { escapeJson, escapeName, escapeText } from "../../src/cli/text/escape.ts";
import { effort } from "../support/effort.ts";
import { anyText } from "../support/any-text.ts";

/** Every character that a terminal or an eye could be misled by, one of a kind. */
const DANGEROUS: Readonly<Record<string, string>> = {
  "\u001b": "\\x1b",
  "\u0000": "\\x00",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\u007f": "\\x7f",
  "\u0085": "\\x85",
  "\u009b": "\\x9b",
  "\u00a0": "\\xa0",
  "\u00ad": "\\xad",
  "\u061c": "\\u061c",
  "\u200b": "\\u200b",
  "\u200d": "\\u200d",
  "\u200e": "\\u200e",
  "\u2028": "\\u2028",
  "\u202e": "\\u202e",
  "\u2060": "\\u2060",
  "\u2066": "\\u2066",
  "\u3000": "\\u3000",
  "\u3164": "\\u3164",
  "\ufe0f": "\\ufe0f",
  "\ufeff": "\\ufeff",
  "\ufff9": "\\ufff9",
  "\ud800": "\\ud800",
  "\u{e0041}": "\\u{e0041}",
  "\ue000": "\\ue000",
  "\u{100000}": "\\u{100000}",
  "\u0378": "\\u0378",
  "\u{1fffe}": "\\u{1fffe}",
  "\u2800": "\\u2800",
  "\u115f": "\\u115f",
  "\u{e0100}": "\\u{e0100}",
};

suite("escaping for a terminal", () => {
  for (const [character, escaped] of Object.entries(DANGEROUS)) {
    test(`${escaped} is written as an escape in text and in names`, () => {
      assert.equal(escapeText(`a${character}b`), `a${escaped}b`);
      assert.equal(escapeName(`a${character}b`), `"a${escaped}b"`);
    });
  }

  test("an ordinary name stays as it is, in any script", () => {
    for (const name of ["model.safetensors", "größe/äöü.bin", "模型.gguf", "weights/a b.bin", "a\\b", "it's", "e\u0301.txt"]) {
      assert.equal(escapeName(name), name);
    }
  });

  test("a mark without a letter under it, and marks beyond the eighth, are escaped", () => {
    assert.equal(escapeText("a/\u0338b"), "a/\\u0338b");
    assert.equal(escapeText("\u0301"), "\\u0301");
    assert.equal(escapeText(`e${"\u0301".repeat(10)}`), `e${"\u0301".repeat(8)}\\u0301\\u0301`);
  });

  test("what prints is a letter, mark, number, punctuation, symbol or plain space, for every code point", () => {
    for (let code = 0; code < 0x110000; code += effort(7, 1)) {
      const character = String.fromCodePoint(code);
      if (escapeText(`a${character}b`) !== `a${character}b`) continue;
      assert.match(character, /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u, code.toString(16));
    }
  });

  test("a name that would be nothing, or end in a blank, or look quoted already, is quoted", () => {
    assert.equal(escapeName(""), '""');
    assert.equal(escapeName("a "), '"a "');
    assert.equal(escapeName('"a"'), '"\\"a\\""');
  });

  test("two different names never print the same", () => {
    fc.assert(fc.property(anyText(), anyText(), (a, b) => a === b || escapeName(a) !== escapeName(b)));
    assert.notEqual(escapeName("\u001b"), escapeName("\\x1b"));
    assert.notEqual(escapeName("\u001b"), escapeName('"\\x1b"'));
  });

  test("nothing but harmless characters comes out, whatever the input", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        assert.doesNotMatch(escapeText(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test("escaping twice changes nothing more", () => {
    fc.assert(fc.property(anyText(), (text) => escapeText(escapeText(text)) === escapeText(text)));
  });

  test("JSON keeps its value and shows nothing dangerous", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const json = escapeJson(JSON.stringify({ [text]: text }, undefined, 2));
        assert.deepEqual(JSON.parse(json), { [text]: text });
        assert.doesNotMatch(json.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
