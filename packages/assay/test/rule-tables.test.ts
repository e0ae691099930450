import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rulesNamedTwice } from "./rules/runner/check-entries.ts";
import { loadTables } from "./rules/runner/tables.ts";

const folder = join(import.meta.dirname, "..");

// `npm run test:rules` takes minutes: this says at once where a change of the source left an entry behind.
test("the text of each rule in the tables occurs once in its file, and its test exists", async () => {
  const rules = await loadTables();
  assert.ok(rules.length > 250, "the tables were found");
  const stale = rules.filter(({ file, text, test: testFile }) => {
    const source = existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
    return source.split(text).length !== 2 || !existsSync(join(folder, testFile));
  });
  assert.deepEqual(
    stale.map(({ area, rule }) => `${area}: ${rule}`),
    [],
  );
  assert.deepEqual([...rulesNamedTwice(rules)], []);
});
