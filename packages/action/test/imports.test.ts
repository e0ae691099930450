import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const src = join(import.meta.dirname, "../src");

test("of the package, the action imports what commands accept and how reports are written, and nothing that decides", () => {
  const imported = globSync("*.ts", { cwd: src }).flatMap((name) =>
    [...readFileSync(join(src, name), "utf8").matchAll(/from "\.\.\/\.\.\/assay\/src\/([^"]+)"/g)].map(([, path = ""]) => path),
  );
  assert.ok(imported.length > 10, "the imports were found");
  const allowed = /^(?:report\/|cli\/command\.ts$|cli\/command-line\/options\.ts$|cli\/commands\/[^/]+\/spec\.ts$)/;
  assert.deepEqual(
    imported.filter((path) => !allowed.test(path)),
    [],
  );
});
