import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { findSignature, signaturesInModel } from "../../src/source/find-signature.ts";
import { keySigner, sign } from "../../src/index.ts";
import { makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = temporaryFolder();
const { bundle } = await sign(writeFiles(join(root, "any"), { weights: "w" }), { signer: await keySigner(makeKeyPair("P-256")) });
let count = 0;

/** A fresh current directory: every file whose name ends in .sig or .json is a bundle, every other is empty. */
function cwdWith(...files: string[]): string {
  const cwd = join(root, String((count += 1)));
  for (const file of files) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), /\.(sig|json)$/.test(file) ? bundle : "");
  }
  return cwd;
}

const find = (cwd: string, model = "granite"): ReturnType<typeof findSignature> => findSignature(join(cwd, model), cwd);

for (const name of ["model.sig", "granite.oms.sig", ".kaggle/signing.json", "granite.sigstore.json"]) {
  test(`the signature in the model is found: ${name}`, () => {
    const cwd = cwdWith("granite/weights", `granite/${name}`);
    assert.deepEqual(find(cwd), { path: join(cwd, "granite", name), passedOver: undefined });
  });
}

test("the signature in the model comes before model.sig in the current directory, which is told", () => {
  const cwd = cwdWith("model.sig", "granite/x.oms.sig", "granite/weights");
  assert.deepEqual(find(cwd), { path: join(cwd, "granite/x.oms.sig"), passedOver: join(cwd, "model.sig") });
});

test("model.sig in the current directory is found where none is in the model, and where what is there is not a bundle", () => {
  const cwd = cwdWith("model.sig", "granite/weights");
  assert.deepEqual(find(cwd), { path: join(cwd, "model.sig"), passedOver: undefined });
  writeFileSync(join(cwd, "granite/data.sigstore.json"), "{}");
  assert.deepEqual(find(cwd), { path: join(cwd, "model.sig"), passedOver: undefined });
});

test("the current directory may be the model itself", () => {
  const cwd = join(cwdWith("granite/weights", "granite/model.sig"), "granite");
  assert.deepEqual(findSignature(cwd, cwd), { path: join(cwd, "model.sig"), passedOver: undefined });
});

test("for a single file, the signature beside it is found, a link too", () => {
  const cwd = cwdWith("models/weights.gguf", "models/weights.oms.sig", "elsewhere/a.sig", "others/weights.gguf");
  assert.equal(find(cwd, "models/weights.gguf").path, join(cwd, "models/weights.oms.sig"));
  symlinkSync("../elsewhere/a.sig", join(cwd, "others/model.sig"));
  assert.equal(find(cwd, "others/weights.gguf").path, join(cwd, "others/model.sig"));
});

test("no signature is a usage error that says where was looked", async () => {
  const cwd = cwdWith("granite/weights", "granite/other.sig");
  const error = await rejectsWith("SIGNATURE_NOT_FOUND", () => find(cwd));
  assert.match(error.message, /granite/);
  assert.equal(error.remedy, "name-signature");
});

test("several signatures in the model are a usage error that lists them", async () => {
  const cwd = cwdWith("model.sig", "granite/weights", "granite/a.oms.sig", "granite/.kaggle/signing.json");
  const error = await rejectsWith("SIGNATURE_AMBIGUOUS", () => find(cwd));
  assert.match(error.message, /2 signatures: a\.oms\.sig, \.kaggle\/signing\.json/);
});

test("of several files with a signature's name the only bundle is the signature", async () => {
  const cwd = cwdWith("granite/model.sig");
  writeFileSync(join(cwd, "granite/evil.sigstore.json"), "evil");
  assert.equal(find(cwd).path, join(cwd, "granite/model.sig"));
  writeFileSync(join(cwd, "granite/model.sig"), "broken");
  await rejectsWith("SIGNATURE_AMBIGUOUS", () => find(cwd));
});

test("a bundle about something else than a model, such as its provenance, is not a signature", () => {
  const cwd = cwdWith("granite/model.sig");
  const document = JSON.parse(Buffer.from(bundle).toString()) as { dsseEnvelope: { payload: string } };
  const statement = JSON.parse(Buffer.from(document.dsseEnvelope.payload, "base64").toString()) as { predicateType: string };
  statement.predicateType = "https://slsa.dev/provenance/v1";
  document.dsseEnvelope.payload = Buffer.from(JSON.stringify(statement)).toString("base64");
  writeFileSync(join(cwd, "granite/provenance.sigstore.json"), JSON.stringify(document));
  assert.equal(find(cwd).path, join(cwd, "granite/model.sig"));
  assert.deepEqual(
    signaturesInModel(join(cwd, "granite")).map(({ name }) => name),
    ["model.sig"],
  );
});

test("a file with a signature's name that is not a bundle is found, so that its fault is told", () => {
  const cwd = cwdWith("granite/weights");
  writeFileSync(join(cwd, "granite/model.sig"), "broken");
  assert.equal(find(cwd).path, join(cwd, "granite/model.sig"));
});

test("a link with a signature's name in the model is not a signature, nor is a file behind a linked folder", async () => {
  const linked = cwdWith("granite/chat.json");
  symlinkSync("chat.json", join(linked, "granite/model.sig"));
  await rejectsWith("LINK_NOT_ALLOWED", () => find(linked));
  const behind = cwdWith("granite/templates/signing.json");
  symlinkSync("templates", join(behind, "granite/.kaggle"));
  await rejectsWith("LINK_NOT_ALLOWED", () => find(behind));
  assert.deepEqual([signaturesInModel(join(linked, "granite")), signaturesInModel(join(behind, "granite"))], [[], []]);
});

test("a folder or pipe with a signature's name is not a signature, and a missing model is told", async () => {
  const cwd = cwdWith("granite/model.sig/x");
  await rejectsWith("SIGNATURE_NOT_FOUND", () => find(cwd));
  execFileSync("mkfifo", [join(cwd, "granite/a.oms.sig")]);
  await rejectsWith("SIGNATURE_NOT_FOUND", () => find(cwd));
  await rejectsWith("FILE_NOT_FOUND", () => find(cwd, "none"));
});

test("signaturesInModel names the bundles in a folder, and nothing that only has a signature's name", () => {
  const cwd = cwdWith("granite/model.sig", "granite/x.oms.sig", "granite/sub/model.sig", "file/weights", "file/model.sig");
  writeFileSync(join(cwd, "granite/evil.sigstore.json"), "evil");
  assert.deepEqual(
    signaturesInModel(join(cwd, "granite")).map(({ name }) => name),
    ["model.sig", "x.oms.sig"],
  );
  assert.deepEqual(signaturesInModel(join(cwd, "file/weights")), []);
});
