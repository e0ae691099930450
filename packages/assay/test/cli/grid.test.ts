import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { layOutGrid } from "../../src/cli/text/grid.ts";
import type { Cell, GridColumn } from "../../src/cli/text/report.ts";
import { textWidth } from "../../src/cli/text/width.ts";

const COLUMNS: readonly GridColumn[] = [
  { heading: "Name", shrinkTo: 10, least: 5 },
  { heading: "Size", align: "right" },
  { heading: "Owner", shrinkTo: 6, mayGo: true },
  { heading: "Note", mayGo: true },
];
const ROWS: readonly (readonly Cell[])[] = [
  ["abcdefghijklmnop", "7B", "Somebody Else", "first"],
  ["模型", "13.5B", "Me", ""],
].map((row) => row.map((text) => ({ text })));

function lines(width: number, rows = ROWS, columns = COLUMNS): string[] {
  return layOutGrid(columns, rows, { width, color: false, live: false });
}

suite("a grid", () => {
  test("has columns as wide as their widest cell, numbers at the right", () => {
    assert.deepEqual(lines(Infinity), [
      "  Name               Size  Owner          Note",
      "  abcdefghijklmnop     7B  Somebody Else  first",
      "  模型              13.5B  Me",
    ]);
  });

  test("shortens the widest first, then leaves columns out, the last first, then shortens more", () => {
    assert.deepEqual(lines(40)[1], "  abcdef…klmnop     7B  Some…Else  first");
    assert.doesNotMatch(lines(30).join("\n"), /Note/);
    assert.doesNotMatch(lines(20).join("\n"), /Owner/);
    assert.match(lines(15)[1] ?? "", /^ {2}a.+… ?.*7B$/);
  });

  test("becomes a block for each row where nothing else helps", () => {
    assert.deepEqual(lines(12, ROWS.slice(0, 1), [{ heading: "Name" }, { heading: "Size" }]), ["  abcd…lmnop", "    Size  7B"]);
  });

  test("never is wider than the terminal", () => {
    for (let width = 24; width < 60; width += 1) for (const line of lines(width)) assert.ok(textWidth(line) <= width, `${width}: ${line}`);
  });

  test("escapes every cell", () => {
    assert.doesNotMatch(lines(Infinity, [[{ text: "a\u001b[2J" }, { text: "\u202e" }]]).join("\n"), /[\u001b\u202e]/u);
  });
});
