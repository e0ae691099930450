import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyLicense } from "../../src/probe/license/text/identify.ts";
import { APACHE, MIT } from "../support/models/described.ts";

function exactly(text: string): readonly string[] {
  const found = identifyLicense(text);
  return found.kind === "exact" ? found.ids : [];
}

const HOLDER = /Copyright .*/;

for (const notice of [
  "Copyright (c) 2024 Acme AI",
  "Copyright © 2021-2024, Black Forest Labs GmbH and contributors. All rights reserved.",
  "(c) 2020 Jane Doe <jane.doe@example.org>",
  "Copyright 2018- The Hugging Face team. All rights reserved.",
  "Copyright (c) 2016 The Regents of the University of California (Regents)\nCopyright (c) 2019 to present Zoë O'Neill",
  "Portions copyright (C) 1999 by the Massachusetts Institute of Technology, Cambridge, MA, USA",
  "Copyright (c) 2023 上海人工智能实验室",
  "Copyright (c) <year> <copyright holders>",
  "Copyright (c) Microsoft Corporation.",
  "Copyright (c) 1994 D. J. R. Whitaker",
  "Copyright (c) 2020 Will McGugan",
  "Copyright (c) 2014 Vitaly Puzrin, Grant Jenks and Abdullah Atta",
  "Copyright (c) 2024 NonaLabs (https://debuggable.example.com)",
  "Copyright (c) 2024 Foo Bar",
  "Copyright (c) 2015 lodash contributors, see the AUTHORS file",
  "Copyright (c) 2020, the respective contributors, as shown by the AUTHORS file.\nAll rights reserved.",
  "Copyright 2022 Granite Examples authors",
  "All rights reserved.",
  "Copyright (c) 8 August 2001 Allen Institute for Artificial Intelligence (https://allenai.org)",
]) {
  test(`a copyright notice: ${notice.slice(0, 60)}`, () => {
    assert.deepEqual(exactly(MIT.replace(HOLDER, notice)), ["MIT"]);
    // What is a notice does not hang on where lines break.
    assert.deepEqual(exactly(MIT.replace(HOLDER, notice).replaceAll(" ", "\n")), ["MIT"]);
    assert.deepEqual(exactly(`${notice}\n\n${MIT}`), ["MIT"]);
  });
}

for (const clause of [
  "Armed forces and banks have none of these rights.",
  "Acme, provided they are not used by competitors",
  "Acme For Noncommercial Research Use Only",
  "Acme; sale of derivatives is reserved to Acme",
  "Free for academic research",
  "Acme. Academics get this; everybody else needs a contract.",
  "Acme Employees Excepted",
  "Acme For Hugging Face",
  "ACME, NOT FOR SALE",
  "Acme N\u043et For S\u0430le",
  "Acme Research Only",
  "Acme Inc. N. C.",
  "Acme n. c.",
  "Acme, n.c. Japan Network",
  "Acme NotForSale",
  "Acme HomeOnly",
  "Acme Nonbusiness",
  "Acme Unmodifiable",
  "Acme Non-Transferable",
  "Acme Barring Armies",
  "Acme Will Sue",
  "Acme, May Charge",
  "Acme CC-BY-NC-4.0",
  "Acme SSPL",
  "Acme Polyform",
  "Acme https://acme.example.com/terms",
  "Acme https://acme.example.com/eula",
  "Acme no-commercial-use@acme.com",
  "Acme https://not-for-commercial-use.example.com/banks",
  "Acme [for personal use]",
  "Acme <!-- --> Evaluation Copy",
  "Nur Für Forschungszwecke",
  "Usage Commercial Interdit",
  "Prohibido Su Uso Militar",
  "仅供学术研究使用",
  "Только для исследований",
]) {
  test(`a clause is neither notice nor name: ${clause}`, () => {
    for (const text of [
      MIT.replace(HOLDER, `Copyright (c) 2024 ${clause}`),
      MIT.replace(HOLDER, `(c) ${clause}`),
      MIT.replace(HOLDER, `Copyright (c) 2024 Acme\n\n(c) ${clause}`),
      MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", `AUTHORS OR ${clause}`),
      `${MIT}\n\nCopyright 2024 ${clause}`,
    ]) {
      const found = identifyLicense(text);
      assert.ok(found.kind === "near", `${found.kind}: ${text.slice(0, 90)}`);
      assert.notDeepEqual(found.changes, []);
    }
  });
}

test("a notice behind the license is not where its template has one", () => {
  const found = identifyLicense(`${MIT}\nCopyright 2024 Acme\n`);
  assert.deepEqual(found.kind === "near" && found.changes, [{ missing: "", added: "copyright 2024 acme" }]);
});

for (const [what, hide] of [
  ["struck out", (text: string) => `~~${text}~~`],
  ["struck out in part", (text: string) => text.replace("without restriction", "~without restriction~")],
  ["struck out by marks", (text: string) => text.replace("hereby granted", (words) => words.replaceAll(/[a-z]/g, "$&\u0336"))],
  ["in a comment", (text: string) => `<!-- ${text} -->`],
  ["in an element that is not shown", (text: string) => `<span style="display:none">${text}</span>`],
  ["crossed out by a sign", (text: string) => text.replace("Permission", "\u{1F6AB} Permission")],
  ["turned around", (text: string) => text.replace("Permission", "\u202ePermission")],
] as const) {
  test(`a license that is ${what} is not one`, () => assert.notEqual(identifyLicense(hide(MIT)).kind, "exact"));
}

test("a name behind a reservation alone is text", () => assert.deepEqual(exactly(`All rights reserved. Acme Corporation\n\n${MIT}`), []));

test("a name without the sign of a notice is text", () => assert.deepEqual(exactly(`Acme Corporation\n\n${MIT}`), []));

test("a title denies nothing: No License over MIT-0", () => {
  const mit0 = MIT.replace(/, subject to the following[^]*?Software\.\n/, ".\n").replace("MIT License", "MIT No Attribution");
  assert.deepEqual(exactly(mit0), ["MIT-0"]);
  assert.deepEqual(exactly(mit0.replace("MIT No Attribution", "No License")), []);
});

for (const [what, title] of [
  ["its name", "The MIT License (MIT)"],
  ["its name and where it is", "# License: MIT\n\nhttps://opensource.org/licenses/MIT"],
  ["its name as SPDX has it", "SPDX license identifier: MIT"],
] as const) {
  test(`a title may be over a license: ${what}`, () => assert.deepEqual(exactly(MIT.replace("MIT License", title)), ["MIT"]));
}

for (const title of [
  "No License",
  "Not the MIT License",
  "Academic MIT License",
  "MIT License for research",
  "MIT License, Evaluation Edition",
]) {
  test(`a title says no more than the name: ${title}`, () => {
    assert.deepEqual(exactly(MIT.replace("MIT License", title)), []);
  });
}

test("an address of other terms is not the beginning of a title", () => {
  assert.deepEqual(exactly(`Copyright 2024 Acme https://acme.example.com/terms\n\n${APACHE}`), []);
  assert.deepEqual(exactly(`Copyright 2024 Acme https://acme.example.com\n\n${APACHE}`), ["Apache-2.0"]);
});
