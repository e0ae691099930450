import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { plainText } from "../../src/report/markdown-text.ts";

suite("untrusted text in Markdown", () => {
  test("makes no mention, address, number of an issue or formula: GitHub looks for them in text without its backslashes", () => {
    assert.equal(plainText("@octocat"), "<span>@</span>octocat");
    assert.equal(plainText("a@b.example"), "a<span>@</span>b.example");
    assert.equal(plainText("owner/project#1"), "owner/project<span>#</span>1");
    assert.equal(plainText("$x$"), "<span>$</span>x<span>$</span>");
  });

  test("is one line, and makes no link, tag, cell or emphasis", () => {
    assert.equal(plainText("a\r\n\u2028\u202eb"), "a b");
    assert.equal(plainText("https://a www.b [c](d) <e> | *f*"), "https:\\//a www\\.b \\[c\\](d) \\<e\\> \\| \\*f\\*");
  });
});
