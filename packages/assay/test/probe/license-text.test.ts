import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { IdentifiedText } from "../../src/openness/folder/identified-text.ts";
import { identifyLicense } from "../../src/probe/license/text/identify.ts";
import { matchLicense } from "../../src/probe/license/text/match.ts";
import type { TemplatePart } from "../../src/probe/license/text/template.ts";
import { licenseTexts } from "../../src/probe/license/text/texts.ts";
import { licenseWords } from "../../src/probe/license/text/words.ts";
import { NAMED_LICENSES } from "../../src/probe/license/text/titles.ts";
import { effort } from "../support/effort.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, LLAMA, MIT } from "../support/models/described.ts";

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

test("every shipped text is found as itself", () => {
  for (const packed of licenseTexts().filter((_, at) => at % effort(4, 1) === 0)) {
    const found = exactly(written(packed.unpack().parts));
    assert.deepEqual([...found].sort(), [...new Set([...found, ...packed.ids])].sort(), packed.ids.join(" "));
  }
});

/** A template as a text, with a notice and a name where it has them. */
function written(parts: readonly TemplatePart[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.words.join(" ");
      if (part.kind === "optional") return written(part.parts);
      if (part.kind === "choice") return written(part.choices[0] ?? []);
      if (part.kind === "notices") return "Copyright 2024 Jane Doe";
      return part.kind === "name" ? "Jane Doe" : "1";
    })
    .join(" ");
}

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

test("http and https are one; what SPDX marks optional may be missing, all of it", () => {
  assert.deepEqual(exactly(APACHE.replaceAll("http://", "https://")), ["Apache-2.0"]);
  const end = APACHE.indexOf("END OF TERMS");
  assert.deepEqual(exactly(APACHE.slice(0, end)), ["Apache-2.0"]);
  assert.deepEqual(exactly(APACHE.slice(0, end + 27)), ["Apache-2.0"]);
  assert.deepEqual(exactly(APACHE.slice(0, end + 60)), []);
});

test("a name is where the license has one", () => {
  assert.deepEqual(exactly(MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "ACME CORPORATION AND ITS FRIENDS")), ["MIT"]);
});

test("a name cannot hold a condition", () => {
  assert.deepEqual(exactly(MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "AUTHORS, EXCLUDING COMPANIES")), []);
  const name = "LICENSEE SELL THIS, NOR SHALL THE AUTHORS";
  assert.deepEqual(near(MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", name)).ids, ["MIT"]);
});

for (const [what, change, added, missing] of [
  [
    "a restriction added",
    (text: string) => text.replace("without limitation the", "without limitation, for non-commercial use only, the"),
    /non commercial/,
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
    "a restriction in a copyright line, broken up by invisible characters",
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
  test(`not a match: ${what}, and it is told`, () => {
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
  assert.deepEqual(found.changes[0], { missing: "no charge", added: "" });
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

test("words are what is left of a text", () => {
  assert.deepEqual(licenseWords("Copyright (c) 2024 Acme").words, ["copyright", "2024", "acme"]);
  assert.deepEqual(licenseWords("copyright license to reproduce").words, ["copyright", "license", "to", "reproduce"]);
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
  const { words } = licenseWords(MIT);
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

for (const [what, change] of [
  ["dashes of any kind", (text: string) => text.replaceAll("-", " — ")],
  ["two hyphens", (text: string) => text.replaceAll("-", "--")],
  ["words broken at line ends", (text: string) => text.replaceAll("License", "Li-\ncense")],
  ["entities of HTML", (text: string) => text.replaceAll('"', "&quot;").replaceAll("-", "&#8209;").replace("(c)", "&copy;")],
  ["layout of Markdown", (text: string) => `# ${text.replaceAll('"', "**").replaceAll("\n\n", "\n\n> ")}`],
  ["numbers of clauses", (text: string) => text.replaceAll(/^ {3}(\d+)\. /gm, "**$1)** ").replaceAll("(a)", "a.")],
  ["line breaks at every blank", (text: string) => text.replaceAll(/\s+/g, "\n")],
  ["line breaks inside of numbers", (text: string) => text.replaceAll("(", "\n(")],
] as const) {
  test(`what may differ in a long license: ${what}`, () => assert.deepEqual(exactly(change(APACHE)), ["Apache-2.0"]));
}

test("nearest is the license all of whose words are there, by the name that the text gives itself", () => {
  const condition =
    "The one change: where a product or a service with the Software has more than 100 million users in a month, or earns more " +
    'than 20 million in a month, its interface must show the name "Acme" in a place where all of its users see it.';
  const found = near(`Modified ${MIT}\n${condition}\n`);
  assert.deepEqual([found.ids, found.title], [["MIT"], "Modified MIT License"]);
  assert.ok(found.changes.some(({ added }) => added.startsWith("the one change where")));
});

const OPENMDW = licenseTexts().find(({ ids }) => ids.includes("OpenMDW-1.1")) ?? assert.fail();

test("a newer version than is known is said to be one", () => {
  const text = `OpenMDW License Agreement, version 1.9 (OpenMDW-1.9)\n${written(OPENMDW.unpack().parts).replace("deal in", "work with")}`;
  assert.equal(near(text).newerVersion, "1.9");
  assert.equal(near(text.replaceAll("1.9", "1.1")).newerVersion, undefined);
});

test("hostile texts take no more steps than a few for each word of the longest license", () => {
  const longest = licenseTexts()
    .toSorted((a, b) => b.bytes.length - a.bytes.length)
    .slice(0, effort(2, 5));
  for (const word of ["copyright 2024 ", "a ", "license ", "mit license ", "Acme ", "copyright (c) ", "permission is hereby granted "]) {
    const words = licenseWords(word.repeat(20_000));
    for (const packed of [...longest, ...licenseTexts().slice(0, effort(3, 8))]) {
      const { steps } = matchLicense(words, packed.unpack());
      assert.ok(steps < 1_000_000, `${word}: ${steps}`);
    }
  }
});

test("of licenses with one text the plain one is named first", () => {
  for (const id of ["GFDL-1.3-only", "OFL-1.1", "MPL-2.0", "GPL-3.0-only"]) {
    const packed = licenseTexts().find(({ ids }) => ids.includes(id)) ?? assert.fail(id);
    assert.equal(exactly(written(packed.unpack().parts))[0], id);
  }
});
