import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("looking at the report without a browser's tools fails, and says that nothing was seen", () => {
  const script = fileURLToPath(new URL("../../../../../scripts/look-at-report.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--tools", "/nowhere"], { encoding: "utf8" });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^NOT LOOKED AT: .*No report was seen by a browser\./);
});
