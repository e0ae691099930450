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
});
