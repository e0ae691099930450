import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { layOut } from "../../src/cli/text/layout.ts";
import { answer, command, placeholder, row, text, type Block } from "../../src/cli/text/report.ts";
import type { Terminal } from "../../src/cli/text/terminal.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import { anyText } from "../support/any-text.ts";

const PIPE: Terminal = { width: Infinity, color: false, live: false };
const NARROW: Terminal = { width: 60, color: false, live: true };
const COLORED: Terminal = { width: 80, color: true, live: true };

const ITEM: Block = {
  kind: "item",
  label: "changed",
  name: "model-00002-of-00003.safetensors",
  detail: "signed sha256:aa17f0c2…, found sha256:0c9b33d1… (4,976,698,672 bytes)",
  tone: "bad",
};

suite("a report", () => {
  test("fills one line for each of its blocks without columns", () => {
    const report = [answer("no", "Not verified", "1 of 14 files is not what was signed"), ITEM, row("signature", "model.sig")];
    assert.equal(
      layOut(report, PIPE),
      "✘ Not verified: 1 of 14 files is not what was signed\n" +
        "  changed     model-00002-of-00003.safetensors   signed sha256:aa17f0c2…, found sha256:0c9b33d1… (4,976,698,672 bytes)\n" +
        "  signature   model.sig\n",
    );
  });

  test("moves details below names on a narrow terminal", () => {
    assert.equal(
      layOut([ITEM], NARROW),
      "  changed     model-00002-of-00003.safetensors\n" +
        "                signed sha256:aa17f0c2…, found\n" +
        "                sha256:0c9b33d1… (4,976,698,672 bytes)\n",
    );
  });

  test("shortens a long name in its middle on a terminal, and not in a pipe", () => {
    const long: Block = { kind: "item", label: "extra", name: `${"very-".repeat(20)}long.bin`, detail: "" };
    assert.match(layOut([long], NARROW), /^ {2}extra {7}very-.*….*long\.bin\n$/);
    assert.ok(layOut([long], PIPE).includes("very-".repeat(20)));
  });

  test("breaks a long command so that it can still be pasted", () => {
    const block = command("If you made these changes, sign again:", [
      "assay",
      "sign",
      "key",
      "./my model",
      "--private-key",
      placeholder("KEY"),
      "--signature",
      "./my model/model.sig",
    ]);
    assert.equal(
      layOut([block], NARROW),
      "  If you made these changes, sign again:\n" +
        "    assay sign key './my model' --private-key KEY \\\n" +
        "      --signature './my model/model.sig'\n",
    );
  });

  test("puts a long digest on a line of its own rather than breaking it", () => {
    const digest = `sha256:${"0".repeat(44)}`;
    assert.equal(layOut([row("model", digest)], NARROW), `  model\n    ${digest}\n`);
    assert.equal(layOut([row("model", digest)], PIPE), `  model       ${digest}\n`);
  });

  test("keeps the indentation of a command without a lead, however long it is", () => {
    const words = ["assay", "sign", "certificate", "./granite", "--private-key", "key.pem", "--signing-certificate", "cert.pem"];
    assert.equal(
      layOut([command("", words)], NARROW),
      "  assay sign certificate ./granite --private-key key.pem \\\n    --signing-certificate cert.pem\n",
    );
  });

  test("colors its mark and lead, and nothing where color is off", () => {
    const report = [answer("yes", "Verified", "all 2 files")];
    assert.equal(layOut(report, COLORED), "\u001b[1;32m✔ Verified:\u001b[0m all 2 files\n");
    assert.equal(layOut(report, PIPE), "✔ Verified: all 2 files\n");
  });

  test("is green for nothing but a whole yes", () => {
    for (const mark of ["partly", "no", "unsure", "neutral"] as const) {
      assert.ok(!layOut([answer(mark, "Lead", "text")], COLORED).includes("\u001b[1;32m"), mark);
    }
  });

  test("escapes whatever its blocks hold, and fits its terminal", () => {
    const hostile = anyText({ maxLength: 200 });
    const blocks = fc.oneof(
      hostile.map((value) => answer("no", "Lead", value)),
      hostile.map((value) => row("label", value)),
      hostile.map((value) => text(value)),
      fc.tuple(hostile, hostile).map(([name, detail]): Block => ({ kind: "item", label: "extra", name, detail })),
      hostile.map((value): Block => ({ kind: "line", text: value })),
    );
    fc.assert(
      fc.property(blocks, (block) => {
        const shown = layOut([block], NARROW);
        assert.doesNotMatch(shown.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
        if (block.kind !== "line") for (const line of shown.split("\n")) assert.ok(textWidth(line) <= 60, JSON.stringify(line));
      }),
    );
  });
});
