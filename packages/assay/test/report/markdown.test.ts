import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { opennessSection } from "../../src/report/markdown.ts";
import { everythingFor, evaluateModel, model } from "../support/openness/models.ts";

const command = "assay openness mof.yml --markdown";

suite("the section for a README", () => {
  test("starts with a heading and the badge, and shows every component", () => {
    const lines = opennessSection(evaluateModel(model(everythingFor(3))), { badge: "docs/open ness.svg", command }).split("\n");
    assert.equal(lines[0], "## Openness");
    assert.equal(lines[2], "[![Model Openness Framework: Class III, open model](docs/open%20ness.svg)](https://isitopen.ai/)");
    assert.equal(lines.filter((line) => line.startsWith("| ")).length, 2 + 17);
    assert.ok(lines.includes("Missing for Class II:"));
  });

  test("without a file for the badge has one that a public service draws", () => {
    const section = opennessSection(evaluateModel(model(everythingFor(1))), { badge: undefined, command });
    assert.ok(section.includes("https://img.shields.io/badge/MOF-Class_I%2C_open_science-1a7f37"));
    assert.ok(!section.includes("Missing for"));
  });

  test("shows a license's name as text, whatever it holds", () => {
    const names = [
      "a | b",
      "[x](http://evil.example)",
      "![x](https://evil.example/i.png)",
      "<script>",
      "`code`",
      "a\nb\n# c",
      "https://evil.example",
      "&lt;",
      "*b*",
    ];
    for (const name of names) {
      const section = opennessSection(evaluateModel(model({ "Training code": name })), { badge: undefined, command });
      const row = section.split("\n").find((line) => line.startsWith("| Training code"));
      assert.equal(row?.match(/(?<!\\)\|/g)?.length, 4, `${name}: ${row}`);
      assert.ok(!/(?<!\\)[<[`*&]/.test((row ?? "").replace(/^\| Training code \| ✘ \|/, "")), row);
      assert.ok(!/https?:\/\/evil/.test(section), row);
      assert.ok(!section.includes("\n# c"));
    }
  });

  test("tells the reason of each license that is not open once, and other texts in words", () => {
    const evaluation = evaluateModel(model({ "Training code": "llama3", Datasets: "llama3", "Model card": "LicenseRef-changed-MIT" }));
    const section = opennessSection(evaluation, { badge: undefined, command });
    assert.equal(section.split("700 million").length - 1, 1);
    assert.match(section, /\| Model card \| ✘ \| a changed MIT: not open \|/);
    assert.match(section, /- \*\*Model card\*\*: its license is not open\n/);
    assert.match(section, /\n- a changed MIT: a text of the author's own, not on a list of open licenses\n/);
  });

  test("of a folder has the second answer where it differs, and what was not read", () => {
    const found = evaluateModel(model({}));
    const claims = evaluateModel(model(everythingFor(3)));
    const both = opennessSection(found, { badge: undefined, command, folder: { ifClaimsHold: claims, notRead: ["not read: <b>"] } });
    assert.match(both, /\nIf what the model's files claim is true: Class III, open model \(Class III 100 %, /);
    assert.match(both, /\nNot read:\n\n- not read: \\<b\\>\n/);
    const same = opennessSection(found, { badge: undefined, command, folder: { ifClaimsHold: found, notRead: [] } });
    assert.doesNotMatch(same, /claim|Not read/);
  });
});
