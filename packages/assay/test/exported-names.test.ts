import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { entryPoints } from "../../../scripts/docs/exports.ts";

const src = fileURLToPath(new URL("../src/", import.meta.url));

/** Modules of one interface each: every command has a `run`, the schemas are named as their documents, the executable replaces modules. */
const OF_ONE_INTERFACE =
  /^cli\/commands\/[^/]+\/run\.ts$|^report\/json\/schemas\/|^executable\/(?:native-module|package-file|start-worker)\.ts$/;

test("an exported name has one meaning in the whole source", () => {
  const places = new Map<string, string[]>();
  const files = globSync("**/*.ts", { cwd: src }).filter((file) => !OF_ONE_INTERFACE.test(file));
  for (const file of files) {
    const text = readFileSync(join(src, file), "utf8");
    for (const [, name = ""] of text.matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm)) {
      places.set(name, [...(places.get(name) ?? []), relative(src, join(src, file))]);
    }
  }
  assert.ok(places.size > 500, "the exports were found");
  const twice = [...places].filter(([, where]) => where.length > 1).map(([name, where]) => `${name}: ${where.sort().join(", ")}`);
  assert.deepEqual(twice.sort(), []);
});

test("an entry point exports a name from one place, and two entry points mean the same by it", () => {
  const places = new Map<string, string>();
  for (const { specifier, exports } of entryPoints()) {
    assert.ok(exports.length > 0, specifier);
    for (const { name, file } of exports) {
      assert.equal(places.get(name) ?? file, file, `${name} of ${specifier}`);
      places.set(name, file);
    }
  }
});

for (const { specifier, exports } of entryPoints()) {
  test(`everything that ${specifier} exports has a doc comment`, () => {
    assert.deepEqual(
      exports.filter(({ comment }) => comment === "").map(({ name, file }) => `${name} in ${file}`),
      [],
    );
  });
}
