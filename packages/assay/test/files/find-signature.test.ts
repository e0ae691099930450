import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { findSignature, signatureInModel } from "../../src/files/find-signature.ts";
import { rejectsWith } from "../rejects.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const root = temporaryFolder();
let count = 0;

/** A fresh current directory with these files in it. */
function cwdWith(...files: string[]): string {
  const cwd = join(root, String((count += 1)));
  for (const file of files) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), "");
  }
  return cwd;
}

test("model.sig in the current directory comes first, as in the reference", async () => {
  const cwd = cwdWith("model.sig", "granite/model.sig", "granite/x.oms.sig", "granite/weights");
  assert.equal(findSignature(join(cwd, "granite"), cwd), join(cwd, "model.sig"));
});

for (const name of ["model.sig", "granite.oms.sig", ".kaggle/signing.json", "granite.sigstore.json"]) {
  test(`else the one in the model: ${name}`, async () => {
    const cwd = cwdWith("granite/weights", `granite/${name}`);
    assert.equal(findSignature(join(cwd, "granite"), cwd), join(cwd, "granite", name));
  });
}

test("for a single file, the one beside it", async () => {
  const cwd = cwdWith("models/weights.gguf", "models/weights.oms.sig");
  assert.equal(findSignature(join(cwd, "models/weights.gguf"), cwd), join(cwd, "models/weights.oms.sig"));
});

test("none is a usage error that says where was looked", async () => {
  const cwd = cwdWith("granite/weights", "granite/other.sig");
  const error = await rejectsWith("SIGNATURE_NOT_FOUND", () => findSignature(join(cwd, "granite"), cwd));
  assert.match(error.message, /granite/);
  assert.equal(error.remedy, "name-signature");
});

test("several are a usage error that lists them", async () => {
  const cwd = cwdWith("granite/weights", "granite/a.oms.sig", "granite/.kaggle/signing.json");
  const error = await rejectsWith("SIGNATURE_AMBIGUOUS", () => findSignature(join(cwd, "granite"), cwd));
  assert.match(error.message, /a\.oms\.sig, \.kaggle\/signing\.json/);
});

test("a folder with a signature's name is none, and a missing model is told", async () => {
  const cwd = cwdWith("granite/model.sig/x");
  await rejectsWith("SIGNATURE_NOT_FOUND", () => findSignature(join(cwd, "granite"), cwd));
  await rejectsWith("FILE_NOT_FOUND", () => findSignature(join(cwd, "none"), cwd));
});

test("signatureInModel names the only one, and none of several", async () => {
  const one = cwdWith("granite/model.sig");
  assert.equal(signatureInModel(join(one, "granite")), join(one, "granite/model.sig"));
  const two = cwdWith("granite/model.sig", "granite/x.oms.sig");
  assert.equal(signatureInModel(join(two, "granite")), undefined);
});
