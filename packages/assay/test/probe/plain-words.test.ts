import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { anyOf } from "../../src/probe/license/text/any-of.ts";
import { latinWords, plainWords } from "../../src/probe/license/text/plain-words.ts";

/** Letters that look like Latin ones, and what they look like. */
const LOOKALIKES = new Map(
  [..."аaеeоoрpсcуyхxіiјjѕsԁdһhոnνvοoαaρpτtκkιi".matchAll(/(.)(.)/gu)].map(([, other = "", latin = ""]) => [other, latin]),
);

/** The rules one after another, each as one expression. */
function byRules(text: string): string {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/['’`´*_~]/g, "")
    .replace(/(?<=\p{L})-(?=\p{L})/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/[\p{L}\p{N}]{1,40}/gu, (word) =>
      /[a-z]/.test(word) && /[^a-z0-9]/.test(word) ? word.replace(/./gu, (letter) => LOOKALIKES.get(letter) ?? letter) : word,
    );
  return ` ${words} `;
}

const character = fc.oneof(
  fc.constantFrom(...Array.from("abZ09 .-'*_~\n")),
  fc.constantFrom(...Array.from("аеСß\u00ad\u200b\u0301İΣςﬁⅧ²\u1160中，"), "\u{1F600}", "\u{E0100}", "\u{10400}", "\u{1D7D8}", "\ud800"),
  fc.nat(0x10_ff_ff).map((point) => String.fromCodePoint(point)),
);

test("one pass over a text gives the words that the rules give one after another", () => {
  for (const text of [
    "",
    "-",
    "a-b",
    "a--b",
    "a-*-b",
    "a-\u200bb",
    "1-a",
    "don't",
    "li\u0441ense",
    "\u0441\u0441",
    `${"a".repeat(39)}\u0435b`,
    `${"1".repeat(40)}\u0435b`,
  ]) {
    assert.equal(plainWords(text), byRules(text), JSON.stringify(text));
  }
  fc.assert(
    fc.property(fc.array(character, { maxLength: 120 }), (characters) => {
      const text = characters.join("");
      assert.equal(plainWords(text), byRules(text));
    }),
  );
});

test("the notices at the head of files of source code are not among the words", () => {
  assert.equal(plainWords("# All rights reserved.\nimport x"), "  import x ");
});

test("words in Latin letters differ from the words only in letters that no expression names", () => {
  assert.equal(latinWords(" use é only 许可 "), " use é only ÿÿ ");
  assert.equal(latinWords(" 许可 \u{10428} "), " 许可 \u{10428} ");
  assert.throws(() => anyOf([" 许可 "]), TypeError);
  assert.throws(() => anyOf([" \\p{L} "]), TypeError);
  assert.throws(() => anyOf(["use "]), TypeError);
});
