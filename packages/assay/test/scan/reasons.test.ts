import assert from "node:assert/strict";
import { test } from "node:test";
import { ALLOWLISTS } from "../../src/risk/allowed/allowlists.ts";
import { REASON_FAMILIES, REASONS } from "../../src/risk/reasons.ts";
import { SCAN_CASES } from "./cases/index.ts";

/** No file can show these: a file that cannot be read, and a fault of ours. Other tests hold them. */
const WITHOUT_CASE = new Set([
  "file/unreadable",
  "file/reader-failed",
  "file/too-many-members",
  "model/left-out",
  "folder/not-regular",
  "folder/name-not-utf8",
  // Cases follow with the readers that can show them.
  "file/polyglot",
  "file/too-deep",
  "file/malformed",
  "file/not-understood",
  "torch/script",
  "torch/mobile",
  "torch/package",
  "torch/exported-program",
  "torch/malformed",
  "torch/storage",
  "torch/old-archive",
]);

test("every reason has a case of the generated set that must show it", () => {
  const shown = new Set<string>(SCAN_CASES.flatMap(({ reasons = [] }) => reasons));
  assert.deepEqual(
    Object.keys(REASONS).filter((id) => !shown.has(id) && !WITHOUT_CASE.has(id)),
    [],
  );
});

test("a reason belongs to one family, and its texts are whole", () => {
  const ids = REASON_FAMILIES.flatMap(({ reasons }) => Object.keys(reasons));
  assert.deepEqual(ids.toSorted(), Object.keys(REASONS).toSorted());
  for (const { reasons } of REASON_FAMILIES) {
    for (const [id, { title, meaning, abuse = "." }] of Object.entries(reasons)) {
      assert.match(id, /^[a-z0-9]+\/[a-z0-9-]+$/);
      assert.doesNotMatch(title, /\.$/, id);
      assert.match(meaning, /[.)]$/, id);
      assert.match(abuse, /[.)]$/, id);
    }
  }
});

test("an allowlist says where its names are from and when, and names each once", () => {
  for (const { what, source, date, names } of ALLOWLISTS) {
    assert.match(source, /\.$/, what);
    assert.match(date, /^20\d\d-\d\d-\d\d$/, what);
    assert.equal(new Set(names).size, names.length, what);
    assert.ok(
      names.every((name) => !/[*\s]/.test(name)),
      `${what}: no patterns`,
    );
  }
});
