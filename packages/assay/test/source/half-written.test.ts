import assert from "node:assert/strict";
import { test } from "node:test";
import { modelFolder } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";
import { recordedIgnorePaths } from "../../src/source/signable.ts";

const HALF = [".model.sig.0123456789ab.tmp", "sub/.x.oms.sig.ba9876543210.tmp"] as const;

test("a file that a killed run left half-written is not signed: it is left out, recorded and named, in any folder", async (t) => {
  const model = modelFolder(t, { a: "a", [HALF[0]]: "{", [HALF[1]]: "", "sub/.hidden": "h" });
  const inventory = await walkModel(model, { purpose: "sign" });
  assert.deepEqual(
    inventory.files.map(({ name }) => name),
    ["a", "sub/.hidden"],
  );
  assert.deepEqual(
    inventory.leftOut.map(({ name, reason }) => [name, reason]),
    HALF.map((name) => [name, "temporary-file"]),
  );
  for (const name of HALF) assert.ok(recordedIgnorePaths(inventory).includes(name));
  assert.deepEqual(
    inventory.warnings.map(({ code }) => code),
    ["TEMPORARY_FILE", "TEMPORARY_FILE"],
  );
});

test("when verifying, the name of a half-written file hides nothing", async (t) => {
  const model = modelFolder(t, { a: "a", [HALF[0]]: "{" });
  const inventory = await walkModel(model, { purpose: "verify" });
  assert.deepEqual(
    inventory.files.map(({ name }) => name),
    [HALF[0], "a"],
  );
  assert.deepEqual(inventory.leftOut, []);
});

test("a folder with such a name is walked like any other", async (t) => {
  const model = modelFolder(t, { [`${HALF[0]}/weights`]: "w" });
  const inventory = await walkModel(model, { purpose: "sign" });
  assert.deepEqual(
    inventory.files.map(({ name }) => name),
    [`${HALF[0]}/weights`],
  );
});
