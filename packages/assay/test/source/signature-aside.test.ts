import assert from "node:assert/strict";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assessOpenness, diff, digest, keySigner, sign, type Digested } from "../../src/index.ts";
import { makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const signer = await keySigner(makeKeyPair("P-256"));
const FILES = { "config.json": "{}", "weights.bin": "ww" };
const SIGNATURE_NAMES = ["model.sig", "x.oms.sig", "evil.sigstore.json", ".kaggle/signing.json"];

function newModel(): string {
  return writeFiles(join(temporaryFolder(), "granite"), FILES);
}

/** The names that a digest was made of, and the names that it leaves out. */
function covered({ files, notCovered }: Digested): { files: string[]; notCovered: string[] } {
  return { files: files.map(({ name }) => name), notCovered: notCovered.map(({ name, reason }) => `${name}: ${reason}`) };
}

test("digest leaves out the signature in the model, and says so", async () => {
  for (const name of SIGNATURE_NAMES) {
    const model = newModel();
    mkdirSync(join(model, ".kaggle"));
    const before = await digest(model);
    await sign(model, { signer, signature: join(model, name) });
    const after = await digest(model);
    assert.equal(after.manifestDigest, before.manifestDigest);
    assert.deepEqual(covered(after), { files: Object.keys(FILES), notCovered: [`${name}: signature`] });
  }
});

test("digest, diff and openness read a file that is not a bundle, whatever its name", async () => {
  for (const name of SIGNATURE_NAMES) {
    const [model, other] = [newModel(), newModel()];
    writeFiles(model, { [name]: "evil" });
    const digested = await digest(model);
    assert.ok(digested.files.some((file) => file.name === name));
    assert.deepEqual(digested.notCovered, []);
    const { same, differences } = await diff(other, model);
    assert.deepEqual([same, differences], [false, [{ kind: "extra", name, foundSize: 4 }]]);
    const { notCovered, binding } = await assessOpenness(model);
    assert.deepEqual([notCovered, binding?.manifestDigest], [[], digested.manifestDigest]);
  }
});

test("digest, diff and openness leave out nothing behind a link with a signature's name", async () => {
  const [model, other] = [newModel(), newModel()];
  const { bundle } = await sign(model, { signer });
  writeFileSync(join(model, "chat.jinja"), bundle);
  symlinkSync("chat.jinja", join(model, "model.sig"));
  await rejectsWith("LINK_NOT_ALLOWED", () => digest(model));
  await rejectsWith("LINK_NOT_ALLOWED", () => diff(other, model));
  const followed = await digest(model, { allowSymlinks: true });
  assert.deepEqual(covered(followed), { files: ["chat.jinja", "config.json", "model.sig", "weights.bin"], notCovered: [] });
  assert.equal((await assessOpenness(model)).findings.files.includes("chat.jinja"), true);
});

test("of several signatures in the model none is left out, unless it is named", async () => {
  const model = newModel();
  await sign(model, { signer, signature: join(model, "model.sig") });
  const older = await digest(model);
  const signed = await sign(model, { signer, signature: join(model, "new.oms.sig") });
  const several = await digest(model);
  assert.deepEqual(covered(several).notCovered, []);
  assert.deepEqual(
    several.warnings.map(({ code }) => code),
    ["SIGNATURE_IN_MODEL"],
  );
  const named = await digest(model, { signature: join(model, "new.oms.sig") });
  assert.equal(named.manifestDigest, signed.manifest.manifestDigest);
  assert.notEqual(named.manifestDigest, older.manifestDigest);
  const junk = await digest(model, { signature: join(model, "config.json") });
  assert.ok(junk.files.some(({ name }) => name === "config.json"));
  assert.equal(junk.warnings.length, 1);
});

test("diff never says that models are the same over what it left out", async () => {
  const [model, other] = [newModel(), newModel()];
  assert.equal((await diff(model, other)).same, true);
  writeFiles(other, { ".github/weights.bin": "evil" });
  const git = await diff(model, other);
  assert.deepEqual([git.same, git.differences, git.a.notCovered, git.b.notCovered.map(({ name }) => name)], [false, [], [], [".github"]]);
  assert.deepEqual((await diff(model, other, { ignoreGitPaths: false })).differences.length, 1);
  const signed = newModel();
  await sign(signed, { signer, signature: join(signed, "model.sig") });
  const beside = await diff(model, signed);
  assert.deepEqual([beside.same, beside.b.notCovered.map(({ name }) => name)], [false, ["model.sig"]]);
});

test("diff is not the same over a file whose name is not UTF-8", async () => {
  const [model, other] = [newModel(), newModel()];
  writeFileSync(Buffer.concat([Buffer.from(`${other}/`), Buffer.from([0x66, 0xff])]), "evil");
  const { same, differences, b } = await diff(model, other);
  assert.deepEqual([same, differences, b.notCovered.map(({ name, reason }) => [name, reason])], [false, [], [["f\\xff", "name-not-utf8"]]]);
});

test("diff compares the signatures in two models where they are the same file", async () => {
  const [model, other] = [newModel(), newModel()];
  await sign(model, { signer, signature: join(model, "model.sig") });
  cpSync(join(model, "model.sig"), join(other, "model.sig"));
  assert.equal((await diff(model, other)).same, true);
  await sign(other, { signer, signature: join(other, "model.sig") });
  const { same, differences, b } = await diff(model, other);
  assert.deepEqual([same, differences, b.notCovered.map(({ name }) => name)], [false, [], ["model.sig"]]);
});

test("diff with the signature in a model compares that model with its own signature", async () => {
  const model = newModel();
  await sign(model, { signer, signature: join(model, "model.sig") });
  assert.equal((await diff(join(model, "model.sig"), model)).same, true);
  writeFiles(model, { ".github/x": "x" });
  assert.equal((await diff(join(model, "model.sig"), model)).same, false);
});

test("openness says what it left out: git's files and the signature", async () => {
  const model = writeFiles(newModel(), { ".git/HEAD": "h" });
  await sign(model, { signer, signature: join(model, "model.sig") });
  const { notCovered } = await assessOpenness(model);
  assert.deepEqual(
    notCovered.map(({ name, reason, fileCount }) => [name, reason, fileCount]),
    [
      [".git", "git-default", 1],
      ["model.sig", "signature", 1],
    ],
  );
});
