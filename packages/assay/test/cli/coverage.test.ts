import assert from "node:assert/strict";
import { test } from "node:test";
import { countFiles, leastWord, notCoveredBlocks } from "../../src/cli/text/coverage.ts";
import { layOut } from "../../src/cli/text/layout.ts";
import type { LeftOut } from "../../src/index.ts";

const GIT: LeftOut = { name: ".git", kind: "directory", fileCount: 220, bytes: 3_100_000, atLeast: false, reason: "git-default" };
const LOG: LeftOut = { name: "training.log", kind: "file", fileCount: 1, bytes: 2_100_000, atLeast: false, reason: "signed-ignore-path" };
const PIPE = { width: Infinity, color: false, live: false };

test("one path that is not covered is on the line of its label", () => {
  assert.equal(
    layOut(notCoveredBlocks("not covered", [LOG]), PIPE),
    "  not covered 1 path left out by the signer: training.log (2.1 MB)\n",
  );
});

test("several are listed with whose rule hid them, a folder once", () => {
  assert.equal(
    layOut(notCoveredBlocks("not covered", [GIT, LOG]), PIPE),
    "  not covered 2 paths, 5.2 MB:\n" +
      "              .git/ (220 files, 3.1 MB), git's own\n" +
      "              training.log (2.1 MB), left out by the signer\n",
  );
  assert.equal(countFiles([GIT, LOG]), 221);
});

test("of more than twenty the first twenty are listed", () => {
  const many = Array.from({ length: 23 }, (_, index) => ({ ...LOG, name: `${index}.log` }));
  const shown = layOut(notCoveredBlocks("not covered", many), PIPE).trimEnd().split("\n");
  assert.equal(shown.length, 22);
  assert.match(shown.at(-1) ?? "", /and 3 more \(--json lists all\)/);
});

test("a count that stopped early is said to be a least one", () => {
  const huge = { ...GIT, atLeast: true };
  assert.equal(leastWord([GIT, LOG]), "");
  assert.equal(leastWord([huge, LOG]), "at least ");
  assert.match(layOut(notCoveredBlocks("not covered", [huge]), PIPE), /\.git\/ \(at least 220 files/);
});
