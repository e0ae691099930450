import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";
import * as fc from "fast-check";
import { compareNames } from "../../src/statement/name-order.ts";
import { walkModel } from "../support/walk.ts";
import { effort } from "../support/effort.ts";
import { anyText } from "../support/any-text.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-walk-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let models = 0;

const component = fc.constantFrom(
  "a",
  "b",
  "ab",
  "A",
  ".git",
  ".gitignore",
  "a.b",
  "a*",
  "[a]",
  "\\",
  "\u00fc",
  "u\u0308",
  "\u{1f600}",
  "\uffee",
  " ",
  "constructor",
);
const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((components) => components.join("/"));
/** Paths of files: a set in which none is a folder on the way to another. */
const tree = fc
  .uniqueArray(path, { minLength: 1, maxLength: 12 })
  .map((paths) => paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`))));
const ignored = fc.uniqueArray(path, { maxLength: 4 });

function build(files: readonly string[]): string {
  const root = join(folder, String(models++));
  for (const [index, name] of files.entries()) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), "x".repeat(index));
  }
  return root;
}

/** The rule in one line: a path covers itself and what is below it, by whole components. */
const covers = (rule: string, name: string): boolean => name === rule || name.startsWith(`${rule}/`);
const isGit = (name: string): boolean => [".git", ".gitignore", ".gitattributes", ".github"].some((rule) => covers(rule, name));

suite("a walk", () => {
  test("finds what the plain reading of the rules finds, and counts the rest", async () => {
    await fc.assert(
      fc.asyncProperty(tree, ignored, ignored, fc.boolean(), async (files, callers, signed, ignoreGitPaths) => {
        const root = build(files);
        const inventory = await walkModel(root, {
          purpose: "verify",
          ignorePaths: callers,
          signedIgnorePaths: signed,
          ignoreGitPaths,
          cwd: root,
        });
        const isHidden = (name: string): boolean =>
          [...callers, ...signed.filter((rule) => ignoreGitPaths || !isGit(rule))].some((rule) => covers(rule, name)) ||
          (ignoreGitPaths && isGit(name));
        const expected = files.filter((name) => !isHidden(name)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        assert.deepEqual(
          inventory.files.map(({ name }) => name),
          expected,
        );
        const leftOut = inventory.leftOut.reduce((sum, { fileCount }) => sum + fileCount, 0);
        assert.equal(leftOut, files.length - expected.length);
        const bytes = [...inventory.leftOut.map((entry) => entry.bytes), ...inventory.files.map(({ size }) => size)].reduce(
          (a, b) => a + b,
          0,
        );
        assert.equal(bytes, (files.length * (files.length - 1)) / 2);
        for (const { name } of inventory.leftOut)
          assert.ok(
            files.some((file) => covers(name, file) && isHidden(name)),
            name,
          );
      }),
      { numRuns: effort(40, 150) },
    );
  });

  test("finds every listed file, whatever hides it", async () => {
    await fc.assert(
      fc.asyncProperty(tree, ignored, fc.array(fc.nat()), async (files, hidden, picks) => {
        const root = build(files);
        const listed = new Set(picks.map((pick) => files[pick % files.length] ?? ""));
        const inventory = await walkModel(root, { purpose: "verify", listed, signedIgnorePaths: hidden });
        const found = new Set(inventory.files.map(({ name }) => name));
        assert.equal(found.size, inventory.files.length, "each once");
        for (const name of listed) assert.ok(found.has(name), name);
        const leftOut = inventory.leftOut.reduce((sum, { fileCount }) => sum + fileCount, 0);
        assert.equal(leftOut + found.size, files.length);
      }),
      { numRuns: effort(40, 150) },
    );
  });
});

test("names are compared as their UTF-8 bytes are", () => {
  fc.assert(
    fc.property(anyText(), anyText(), (a, b) => {
      assert.equal(Math.sign(compareNames(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: effort(250, 1000) },
  );
});
