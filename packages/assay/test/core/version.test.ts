import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite, test } from "node:test";
import { packageVersion, setVersion, VERSION_PLACES } from "../../../../scripts/release/version-places.ts";
import { VERSION } from "../../src/core/version.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = join(import.meta.dirname, "../../../..");
/** Any version in one of the forms of a place. */
function versionsIn(text: string, form: string): string[] {
  const pattern = form.replaceAll(/[^\w\s]/g, String.raw`\$&`).replace("X", String.raw`(\d+\.\d+\.\d+)`);
  return [...text.matchAll(new RegExp(pattern, "g"))].map(([, version = ""]) => version);
}

suite("the version", () => {
  const version = packageVersion(root);

  test("in the source is the package's", () => {
    assert.equal(VERSION, version);
  });

  for (const [file, forms] of Object.entries(VERSION_PLACES)) {
    test(`in ${file} is the package's`, () => {
      const text = readFileSync(join(root, file), "utf8");
      for (const form of forms) assert.deepEqual([...new Set(versionsIn(text, form))], [version], form);
    });
  }

  test("is set everywhere at once, or nowhere", () => {
    const copy = temporaryFolder();
    for (const file of Object.keys(VERSION_PLACES)) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(root, file), join(copy, file));
    }
    setVersion(copy, "98.7.6");
    assert.equal(packageVersion(copy), "98.7.6");
    for (const [file, forms] of Object.entries(VERSION_PLACES)) {
      const text = readFileSync(join(copy, file), "utf8");
      for (const form of forms) assert.deepEqual([...new Set(versionsIn(text, form))], ["98.7.6"], file);
    }
    const [stale = ""] = Object.keys(VERSION_PLACES).slice(-1);
    cpSync(join(root, stale), join(copy, stale));
    assert.throws(() => setVersion(copy, "98.7.7"), new RegExp(`${stale} does not name the version 98`));
    assert.equal(packageVersion(copy), "98.7.6");
  });
});
