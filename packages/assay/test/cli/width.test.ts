import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { elideMiddle, textWidth } from "../../src/cli/text/width.ts";
import { wrapWords } from "../../src/cli/text/wrap.ts";

suite("the width of text", () => {
  test("Latin letters take one column, Han characters two, combining marks none", () => {
    assert.equal(textWidth("model.bin"), 9);
    assert.equal(textWidth("模型"), 4);
    assert.equal(textWidth("e\u0301"), 1);
    assert.equal(textWidth("🙂"), 2);
    assert.equal(textWidth("ｶﾞ"), 2, "half-width forms");
    assert.equal(textWidth("⌚"), 2, "a pictograph outside of the blocks of emoji");
  });

  test("what a reader takes for one character is one: a flag, a hand of another color, a Hangul syllable in parts", () => {
    for (const text of ["🇩🇪", "👍🏽", "\u1112\u1161\u11ab"]) assert.equal(textWidth(text), 2, text);
    assert.equal(elideMiddle("🇩🇪🇫🇷🇮🇹🇪🇸", 5), "🇩🇪…🇪🇸");
  });

  test("a text that is too long loses its middle and keeps both ends", () => {
    assert.equal(elideMiddle("model-00002-of-00003.safetensors", 21), "model-0000…afetensors");
    assert.equal(elideMiddle("short", 21), "short");
    assert.equal(elideMiddle("模型模型模型", 6), "模…型");
  });

  test("what is shortened fits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.nat(30),
        (text, width) => textWidth(elideMiddle(text, width)) <= Math.max(width, 0) || width === 0,
      ),
    );
  });
});

suite("wrapping text", () => {
  test("breaks at blanks and hangs the lines that follow", () => {
    assert.deepEqual(wrapWords("one two three four", 9, 2), ["one two", "  three", "  four"]);
  });

  test("breaks a word that is longer than a line, and loses nothing of it", () => {
    assert.deepEqual(wrapWords("see /a/very/long/path", 8), ["see", "/a/very/", "long/", "path"]);
  });

  test("no line is wider than asked, and no character but blanks is lost", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme-ascii" }),
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 0, max: 3 }),
        (text, columns, hang) => {
          const lines = wrapWords(text, columns, hang);
          for (const line of lines) assert.ok(textWidth(line) <= columns, JSON.stringify(line));
          assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
        },
      ),
    );
  });
});
