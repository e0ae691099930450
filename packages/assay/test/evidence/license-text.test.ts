import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { identifyLicense, type IdentifiedText } from "../../src/evidence/license-text/identify.ts";
import { licenseTexts } from "../../src/evidence/license-text/texts.ts";
import { licenseWords } from "../../src/evidence/license-text/words.ts";
import { NAMED_LICENSES } from "../../src/evidence/license-text/titles.ts";
import { LICENSES } from "./catalogue.ts";
import { APACHE, LLAMA, MIT } from "./model-folders.ts";

function exactly(text: string): readonly string[] {
  const found = identifyLicense(text);
  return found.kind === "exact" ? found.ids : [];
}

function near(text: string): Extract<IdentifiedText, { kind: "near" }> {
  const found = identifyLicense(text);
  assert.ok(found.kind === "near", found.kind);
  return found;
}

test("a license is its text, whole", () => {
  assert.deepEqual(exactly(APACHE), ["Apache-2.0"]);
  assert.deepEqual(exactly(MIT), ["MIT"]);
});

test("every shipped text is found as itself, and as no other license", () => {
  for (const packed of licenseTexts()) {
    const { body, tail } = packed.unpack();
    const found = exactly([...body, ...tail].map((word) => (word === "*" ? "somebody" : word)).join(" "));
    assert.deepEqual([...found].sort(), [...new Set([...found, ...packed.ids])].sort(), packed.ids.join(" "));
  }
});

for (const [what, change] of [
  ["white space and line breaks", (text: string) => text.replace(/(?<=Acme AI[^]*)\s+/g, "  \n ")],
  ["capitals", (text: string) => text.toUpperCase()],
  ["typographic quotes and dashes", (text: string) => text.replaceAll('"', "“").replaceAll("-", "‐")],
  ["Windows line ends", (text: string) => text.replaceAll("\n", "\r\n")],
  ["comment signs", (text: string) => text.replace(/^/gm, " * ")],
  [
    "the copyright notice",
    (text: string) => text.replace(/Copyright .*/, "Copyright © 2021-2024 Somebody Else, Inc. All rights reserved."),
  ],
  ["a reservation on a line of its own", (text: string) => text.replace(/(Copyright .*)/, "$1\nAll rights reserved.")],
  ["no copyright notice", (text: string) => text.replace(/Copyright .*\n/, "")],
  ["another title", (text: string) => text.replace("MIT License", "The MIT License (MIT)")],
  ["British spelling", (text: string) => text.replaceAll("sublicense", "sublicence")],
] as const) {
  test(`what may differ: ${what}`, () => assert.deepEqual(exactly(change(MIT)), ["MIT"]));
}

test("http and https are one; what is behind the terms may be missing, whole or from some place on", () => {
  assert.deepEqual(exactly(APACHE.replaceAll("http://", "https://")), ["Apache-2.0"]);
  const end = APACHE.indexOf("END OF TERMS");
  assert.deepEqual(exactly(APACHE.slice(0, end)), ["Apache-2.0"]);
  assert.deepEqual(exactly(APACHE.slice(0, end + 40)), ["Apache-2.0"]);
});

test("a name stands where the license has one", () => {
  assert.deepEqual(exactly(MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "ACME CORPORATION AND ITS FRIENDS")), ["MIT"]);
});

test("a name is no place for a condition", () => {
  assert.deepEqual(exactly(MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "AUTHORS, EXCLUDING COMPANIES")), []);
  const name = "LICENSEE SELL THIS, NOR SHALL THE AUTHORS";
  assert.deepEqual(near(MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", name)).ids, ["MIT"]);
});

for (const [what, change, added, missing] of [
  [
    "a restriction added",
    (text: string) => text.replace("without limitation the", "without limitation, for non-commercial use only, the"),
    /noncommercial/,
    /^$/,
  ],
  ["a right taken out", (text: string) => text.replace("publish, distribute, ", ""), /^$/, /publish distribute/],
  ["a clause behind it", (text: string) => `${text}\nArmies of any country may not run this program at all.\n`, /armies/, /^$/],
  ["a clause before it", (text: string) => `For research only.\n\n${text}`, /research/, /^$/],
  [
    "a restriction in the copyright line",
    (text: string) => text.replace(/Copyright .*/, "Copyright (c) 2024 Acme. Commercial use is forbidden."),
    /forbidden/,
    /^$/,
  ],
  [
    "a restriction in the copyright line that is one word",
    (text: string) => text.replace(/Copyright .*/, "Copyright (c) 2024 Acme. Noncommercial research purposes solely."),
    /noncommercial/,
    /^$/,
  ],
  [
    "a restriction in a copyright line, broken up by what nobody sees",
    (text: string) => `${text}\nCopyright 2024 Acme. N\u200bot for sa\u00adle.\n`,
    /not for sale/,
    /^$/,
  ],
  [
    "a restriction in a copyright line, in letters that look like others",
    (text: string) => `${text}\nCopyright 2024 Acme. N\u043et for sale.\n`,
    /for sale/,
    /^$/,
  ],
  [
    "a restriction that looks like a tag of HTML",
    (text: string) => `${text}\n<p Additional restriction: friends of ours and nobody else>\n`,
    /friends of ours/,
    /^$/,
  ],
  ["one word changed", (text: string) => text.replace("free of charge", "free of fees"), /fees/, /charge/],
] as const) {
  test(`what is no match: ${what}, and it is told`, () => {
    const found = near(change(MIT));
    assert.deepEqual(found.ids, ["MIT"]);
    assert.ok(found.similarity >= 80 && found.similarity <= 99);
    assert.ok(
      found.changes.some((one) => added.test(one.added) && missing.test(one.missing)),
      JSON.stringify(found.changes),
    );
  });
}

test("a change of one word in a long license is not a match", () => {
  const found = near(APACHE.replace("no-charge, royalty-free", "royalty-free"));
  assert.deepEqual([found.ids, found.similarity], [["Apache-2.0"], 99]);
  assert.deepEqual(found.changes[0], { missing: "nocharge", added: "" });
});

test("two licenses in one file are neither of them", () => assert.equal(identifyLicense(`${MIT}\n${APACHE}`).kind, "near"));

test("a license of a model maker is told by its title, and another text is unknown", () => {
  assert.deepEqual(identifyLicense(LLAMA), { kind: "named", id: "llama3.1", name: "Llama 3.1 Community License" });
  assert.deepEqual(identifyLicense("You may look at this model."), { kind: "unknown", words: 6 });
  assert.deepEqual(identifyLicense(""), { kind: "unknown", words: 0 });
});

test("every license that a title can name is known, and not open", () => {
  for (const { id, name } of NAMED_LICENSES) assert.equal(LICENSES.find(id)?.isOpen, false, `${id}, ${name}`);
});

test("a title deep in a text names nothing", () => {
  assert.equal(identifyLicense(`${"lorem ".repeat(500)} llama 3.1 community license agreement`).kind, "unknown");
});

test("a copyright notice is one only while it says nothing else", () => {
  assert.deepEqual(licenseWords("Copyright (c) 2024 Acme"), []);
  assert.deepEqual(licenseWords("copyright license to reproduce"), ["copyright", "license", "to", "reproduce"]);
  assert.notDeepEqual(licenseWords("Copyright 2024 Acme, no commercial use"), []);
});

test("property: any text is identified, and nothing but a known text is a license", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 2_000 }), (text) => {
      assert.ok(["unknown", "near"].includes(identifyLicense(text).kind));
    }),
    { numRuns: 60 },
  );
});

test("property: a license with one word added inside it is never exact", () => {
  const words = licenseWords(MIT);
  fc.assert(
    fc.property(fc.integer({ min: 3, max: words.length - 30 }), (at) => {
      const changed = [...words.slice(0, at), "unless", ...words.slice(at)].join(" ");
      assert.notEqual(identifyLicense(changed).kind, "exact");
    }),
    { numRuns: 40 },
  );
});

test("hostile texts take bounded time: no word, one word and one sign a hundred thousand times", () => {
  for (const text of [
    "a ".repeat(100_000),
    "<".repeat(300_000),
    "copyright ".repeat(30_000),
    "-".repeat(300_000),
    "permission is hereby granted ".repeat(10_000),
    `a-${" ".repeat(400_000)}`,
    `a${" ".repeat(400_000)}a`,
    `a${"*".repeat(400_000)}a`,
  ]) {
    assert.notEqual(identifyLicense(text).kind, "exact");
  }
});
