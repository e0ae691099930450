import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import * as fc from "fast-check";
import { shellCommand, shellQuote } from "../../src/cli/text/shell-quote.ts";
import { anyText } from "../support/any-text.ts";

test("plain words stay, others are quoted", () => {
  assert.equal(
    shellCommand(["assay", "sign", "key", "./my model", "--private-key", "it's.pem"]),
    `assay sign key './my model' --private-key 'it'\\''s.pem'`,
  );
  assert.equal(shellQuote(""), "''");
  assert.equal(shellQuote("$(rm -rf .)"), "'$(rm -rf .)'");
});

test("invisible characters are written as bytes", () => {
  assert.equal(shellQuote("a\u001b'b"), "$'a\\x1b\\'b'");
  assert.equal(shellQuote("a\u202eb"), "$'a\\xe2\\x80\\xaeb'");
});

test("a shell reads back the words that were quoted", { skip: process.platform === "win32" }, () => {
  const words = fc.sample(anyText(), { numRuns: 200, seed: 4 }).map((word) => word.replaceAll("\0", "").toWellFormed());
  const script = `printf '%s\\0' ${shellCommand(words)}`;
  const read = execFileSync("bash", ["-c", script], { env: { LC_ALL: "C.UTF-8", PATH: process.env["PATH"] } })
    .toString()
    .split("\0")
    .slice(0, -1);
  assert.deepEqual(read, words);
});
