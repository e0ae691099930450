import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { WhatFilesRead } from "./rules/runner/what-a-file-reads.ts";
import { writeFiles } from "./support/models/on-disk.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const PACKAGE = "packages/assay";

/** What `a.test.ts` with this text reads, in a small repository; itself left out. */
function readBy(text: string): string[] {
  const root = writeFiles(temporaryFolder(), {
    "docs/page.md": "",
    [`${PACKAGE}/src/index.ts`]: `export * from "./part/one.ts";`,
    [`${PACKAGE}/src/part/one.ts`]: `import type { Two } from "./two.ts";\nexport const one = new URL("../../data/one.json", import.meta.url);`,
    [`${PACKAGE}/src/part/two.ts`]: "",
    [`${PACKAGE}/data/one.json`]: "{}",
    [`${PACKAGE}/data/lists/a.json`]: "{}",
    [`${PACKAGE}/data/lists/b.json`]: "{}",
    [`${PACKAGE}/test/a.test.ts`]: text,
  });
  const file = join(PACKAGE, "test", "a.test.ts");
  return new WhatFilesRead(root).of(file).filter((name) => name !== file);
}

const ALL = 8;

suite("a verdict on a rule is bound to every file that its test may read", () => {
  const one = ["packages/assay/data/one.json", "packages/assay/src/part/one.ts"];
  const lists = ["packages/assay/data/lists/a.json", "packages/assay/data/lists/b.json"];

  test("what it imports, and what that imports and reads in turn", () => {
    assert.deepEqual(readBy(`import { one } from "../src/index.ts";`), [one[0], "packages/assay/src/index.ts", one[1]]);
    assert.deepEqual(readBy(`const { one } = await import("../src/part/one.ts");`), one);
  });

  test("not what is imported for its types alone", () => {
    assert.deepEqual(readBy(`import type { one } from "../src/part/one.ts";`), []);
    assert.deepEqual(readBy(`import {\n  type Two,\n} from "../src/part/two.ts";`), ["packages/assay/src/part/two.ts"]);
  });

  test("the whole folder where a path is put together", () => {
    assert.deepEqual(readBy("new URL(`../data/lists/${name}.json`, import.meta.url);"), lists);
    assert.deepEqual(readBy("new URL(`../data/lists/x-${name}.json`, import.meta.url);"), lists);
    assert.deepEqual(readBy(`new URL("../data/lists/", import.meta.url);`), lists);
  });

  test("a folder that is named from the root of the repository", () => {
    assert.deepEqual(readBy(`read(join(root, "docs"))`), ["docs/page.md"]);
    assert.deepEqual(readBy(`read("docs/page.md")`), ["docs/page.md"]);
  });

  test("everything where it asks for its own place", () => {
    assert.equal(readBy(`read(join(import.meta.dirname, "x"))`).length, ALL - 1);
    assert.equal(readBy(`import { sign } from "assay";`).length, ALL - 1);
  });
});
