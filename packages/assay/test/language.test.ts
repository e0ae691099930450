import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "../../../scripts/language/commits.ts";
import { inFile } from "../../../scripts/language/findings.ts";

function found(file: string, source: string): string[] {
  return inFile(file, source).map(({ line, kind, word }) => `${line} ${kind}: ${word}`);
}

test("A left-out word is found in a message, a comment, a test name and an identifier, with its line", () => {
  const source = [
    "// Whoever asks",
    "const licenceFile = 1;",
    'const a = "the key is no key";',
    "const b = `${a} stands ${`nobody ${a}`} here`;",
    'it("goes by itself", () => {});',
  ].join("\n");
  assert.deepEqual(found("packages/assay/src/core/a.ts", source), [
    "1 comment: Whoever",
    "2 identifier: licence",
    "3 text: is no",
    "4 text: nobody",
    "4 text: stands",
    "5 test name: goes",
  ]);
});

test("A phrase is found across the lines of a comment, and not across two strings", () => {
  assert.deepEqual(found("bench/a.ts", "/**\n * The key is\n * no key.\n */\nconst list = ['is', 'no'];"), ["2 comment: is no"]);
});

test("A regular expression, an import and an allowed phrase are not text of ours", () => {
  const source = 'import a from "./nobody.ts";\nconst b = /nobody/.test("this is no longer so") ? 4 / 2 / 1 : "catalogue";';
  assert.deepEqual(found("bench/a.ts", source), []);
});

test("A test's other strings are not checked: they quote messages and data", () => {
  assert.deepEqual(found("packages/assay/test/a.test.ts", 'assert.equal(a, "nobody");'), []);
});

test("A page that is written from the source is not checked twice", () => {
  assert.deepEqual(found("docs/a.md", "<!-- Generated -->\nnobody"), []);
  assert.deepEqual(found("docs/a.md", "# A\n\nnobody"), ["3 text: nobody"]);
});

test("A commit's subject is imperative, short and without a full stop", () => {
  assert.deepEqual(faultsOf("Process a key"), []);
  assert.deepEqual(faultsOf("Added a key."), ['"Added" is not imperative', "ends with a full stop"]);
  assert.deepEqual(faultsOf("adds a key"), ["begins with no capital", '"adds" is not imperative']);
  assert.deepEqual(faultsOf("A".repeat(72)), ["72 characters, at most 71"]);
});
