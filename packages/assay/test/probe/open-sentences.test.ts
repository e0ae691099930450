import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenSentences } from "../../src/probe/license/terms/open-sentences.ts";
import { ANY_NAME, wordsOf } from "../../src/probe/license/text/template.ts";
import { licenseTexts } from "../../src/probe/license/text/texts.ts";
import { GAP_WORDS } from "../../src/probe/license/text/wordings.ts";
import { effort } from "../support/effort.ts";

const open = new OpenSentences({ isOpen: () => true, isClosedName: () => false, find: () => undefined });

/** More words than the data file keeps of what is next to a place for a name. */
const LONG = GAP_WORDS + 4;

test("the first and the last sentence of every license are sentences of a license", () => {
  for (const packed of licenseTexts().filter((_, at) => at % effort(9, 1) === 0)) {
    const words = wordsOf(packed.unpack().parts, true);
    for (const piece of [words.slice(0, LONG), words.slice(-LONG)]) {
      if (piece.length < 3 || piece.includes(ANY_NAME)) continue;
      assert.ok(open.has(piece.join(" ")), `${packed.ids.join(" ")}: ${piece.join(" ")}`);
    }
  }
});

test("beside a place for a name, few words and many are found with a name, and not with another word", () => {
  for (const sentence of [
    "Neither the name of Acme nor the names of its contributors may be used to endorse or promote products derived from this software",
    "Neither the name of Acme nor the names",
    "Acme nor the names of its contributors may be used to endorse or promote products",
  ]) {
    assert.ok(open.has(sentence), sentence);
    assert.ok(!open.has(sentence.replace("names", "weights")), sentence);
  }
  assert.ok(open.has("Neither the name of Acme"));
});
