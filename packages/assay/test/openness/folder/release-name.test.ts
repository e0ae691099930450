import assert from "node:assert/strict";
import { test } from "node:test";
import { releaseName } from "../../../src/openness/folder/release-name.ts";

for (const [heading, name] of [
  ["Granite", "Granite"],
  ["Model Card: Granite", "Granite"],
  ["Model card for Granite-S/B/L", "Granite-S/B/L"],
  ["Granite 7B Model Card", "Granite 7B"],
  ["Granite: Efficient Training of Stone Models", "Granite"],
  ["Granite : a subtitle", "Granite"],
  ["\u{1f999}\u{1f332} Granite-LoRA", "Granite-LoRA"],
  ["(Deprecated) Acme Granite 3", "Acme Granite 3"],
  ["Granite \u2013 the first of its kind", "Granite"],
  ["Granite\uff1a\u5927\u6a21\u578b", "Granite"],
  ["What is Granite?", undefined],
  ["Key Features", undefined],
  ["Model Details", undefined],
  ["Model Card", undefined],
  ["\u76ee\u5f55", undefined],
  ["README", undefined],
  ["***", undefined],
  ["A model of stone that answers questions in several languages and is very long", undefined],
  [undefined, undefined],
] as const) {
  test(`the name in the heading ${JSON.stringify(heading)} is ${name ?? "not there"}`, () => {
    assert.equal(releaseName(heading), name);
  });
}
