import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { closePage, dropOn, openPage, until } from "./support/browser.ts";
import { signedModel } from "./support/models.ts";
import { askPage } from "./support/verify.ts";

const TREE = { "config.json": "{}", "weights.safetensors": "weights", "tokenizer/vocab.txt": "a b c" };

test("a folder and its key that are dropped together are verified without another step", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  const page = await openPage();
  await dropOn(page, ".drop", [model, key]);
  const answer = page.locator("[data-outcome]");
  await answer.waitFor();
  assert.equal(await answer.getAttribute("data-outcome"), "verified");
  assert.match(await answer.locator("h2").innerText(), /^All 3 files \(14 bytes\) are the bytes signed by the key/);
  await closePage(page);
});

test("a dropped folder waits for the key, and says so", async (t) => {
  const { model } = await signedModel(t, TREE);
  const page = await openPage();
  await dropOn(page, ".drop", [model]);
  await page.getByText("Choose the key first.").waitFor();
  assert.equal(await page.locator("[data-outcome]").count(), 0);
  await closePage(page);
});

test("a changed, an added, a missing and a renamed file are named", async (t) => {
  const { model, key } = await signedModel(t, { ...TREE, "gone.txt": "gone", "old.txt": "renamed" });
  appendFileSync(join(model, "config.json"), " ");
  writeFileSync(join(model, "added.py"), "import os");
  rmSync(join(model, "gone.txt"));
  renameSync(join(model, "old.txt"), join(model, "new.txt"));
  const page = await openPage();
  const evidence = await askPage(page, { model, asked: { method: "key", key } });
  assert.ok(typeof evidence === "object");
  assert.equal(evidence.verification.outcome, "failed");
  assert.deepEqual(
    evidence.verification.differences.map(({ kind, name }) => `${kind} ${name}`),
    ["extra added.py", "changed config.json", "missing gone.txt", "renamed old.txt"],
  );
  assert.match(await page.locator("[data-outcome] table").innerText(), /added\.py\s+not signed/);
  await closePage(page);
});

test("a file that is only missing is neither a yes nor a no: it may be a link, which the browser hides", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  const target = join(dirname(model), "elsewhere");
  renameSync(join(model, "config.json"), target);
  symlinkSync(target, join(model, "config.json"));
  const page = await openPage();
  const evidence = await askPage(page, { model, asked: { method: "key", key } });
  assert.ok(typeof evidence === "object");
  assert.equal(evidence.verification.outcome, "incomplete");
  assert.equal(evidence.verification.error?.code, "FILE_NOT_SHOWN");
  assert.equal(evidence.level, "files-shown");
  await closePage(page);
});

test("an answer about a folder says that links are left out", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  symlinkSync("/etc/hostname", join(model, "extra-link"));
  const page = await openPage();
  const evidence = await askPage(page, { model, asked: { method: "key", key } });
  assert.ok(typeof evidence === "object");
  assert.equal(evidence.verification.outcome, "verified");
  assert.match(evidence.levelMeans, /Symbolic links .* were not seen/);
  assert.match(await page.locator("[data-outcome]").innerText(), /leaves out symbolic links/);
  await closePage(page);
});

test("a folder without a signature is said to have none", async (t) => {
  const { model, signature } = await signedModel(t, TREE);
  rmSync(signature);
  const page = await openPage();
  await dropOn(page, ".drop", [model]);
  await page.locator("[data-outcome=no-signature]").getByText("Not signed").waitFor();
  await closePage(page);
});

test("a folder of links alone is neither a yes nor a no", async (t) => {
  const { model, key, signature } = await signedModel(t, TREE);
  const snapshot = join(dirname(model), "snapshot");
  mkdirSync(snapshot);
  for (const name of Object.keys(TREE)) {
    mkdirSync(dirname(join(snapshot, name)), { recursive: true });
    symlinkSync(join(model, name), join(snapshot, name));
  }
  const page = await openPage();
  await dropOn(page, ".drop", [snapshot, key, signature]);
  const answer = page.locator("[data-outcome]");
  await answer.waitFor();
  assert.equal(await answer.getAttribute("data-outcome"), "incomplete");
  await closePage(page);
});

test("a file that cannot be read leaves the answer open", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  const page = await openPage();
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  // The browser remembers the file as it was chosen, and refuses to read it when it has changed.
  appendFileSync(join(model, "weights.safetensors"), "!");
  await page.getByLabel("Choose the key file").setInputFiles(key);
  const answer = page.locator("[data-outcome]");
  await answer.waitFor();
  assert.equal(await answer.getAttribute("data-outcome"), "incomplete");
  assert.match(await answer.innerText(), /weights\.safetensors changed while the model was read/);
  await closePage(page);
});

test("a wrong file for a key is refused with the reason, and nothing is answered", async (t) => {
  const { model } = await signedModel(t, TREE);
  const page = await openPage();
  const answer = await askPage(page, { model, asked: { method: "key", key: join(model, "config.json") } });
  assert.match(typeof answer === "string" ? answer : "an answer", /public key/);
  assert.equal(await page.locator("[data-outcome]").count(), 0);
  await closePage(page);
});

/** Bytes of which no two places are alike: some that are lost, repeated or moved change the digest. */
function bytesOf(size: number): Uint8Array {
  return Uint8Array.from(randomBytes(size));
}

test("shards, BLAKE2b and BLAKE3 are hashed as the command hashes them", async (t) => {
  for (const options of [{ hash: "blake2b" }, { hash: "blake3" }, { hash: "sha256", shardSize: 1_000_000 }] as const) {
    const { model, key } = await signedModel(t, { ...TREE, big: bytesOf(2_500_000), empty: "" }, options);
    const page = await openPage();
    const evidence = await askPage(page, { model, asked: { method: "key", key } });
    assert.ok(typeof evidence === "object");
    assert.equal(evidence.verification.outcome, "verified", JSON.stringify(options));
    await closePage(page);
  }
});

test("files on both sides of the buffer's size are read to the last byte, whole and in shards", async (t) => {
  const buffer = 1024 * 1024;
  const sizes = [buffer - 1, buffer, buffer + 1, 2 * buffer - 1, 2 * buffer, 2 * buffer + 1, 5 * buffer + 17, 21_000_000];
  const tree = Object.fromEntries(sizes.map((size) => [`of-${size}.bin`, bytesOf(size)]));
  for (const options of [{}, { shardSize: buffer }, { shardSize: 700_001 }]) {
    const { model, key } = await signedModel(t, tree, options);
    const page = await openPage();
    const evidence = await askPage(page, { model, asked: { method: "key", key } });
    assert.ok(typeof evidence === "object");
    assert.equal(evidence.verification.outcome, "verified", JSON.stringify(options));
    await closePage(page);
  }
});

test("a large file that changed after it was chosen, or that has a changed byte, is the only one named", async (t) => {
  const names = Array.from({ length: 8 }, (_, index) => `part-${index}.bin`);
  const { model, key } = await signedModel(t, Object.fromEntries(names.map((name) => [name, bytesOf(3_000_000)])));
  const changed = readFileSync(join(model, "part-5.bin"));
  changed.writeUInt8(changed.readUInt8(2_999_999) ^ 1, 2_999_999);
  writeFileSync(join(model, "part-5.bin"), changed);
  const page = await openPage();
  const failed = await askPage(page, { model, asked: { method: "key", key } });
  assert.ok(typeof failed === "object");
  assert.deepEqual(
    failed.verification.differences.map(({ kind, name }) => `${kind} ${name}`),
    ["changed part-5.bin"],
  );
  await closePage(page);
  const again = await openPage();
  await again.getByLabel("Choose a folder").setInputFiles(model);
  await again.getByText("Choose the key first.").waitFor();
  truncateSync(join(model, "part-2.bin"), 2_999_999);
  await again.getByLabel("Choose the key file").setInputFiles(key);
  const answer = again.locator("[data-outcome]");
  await answer.waitFor();
  assert.notEqual(await answer.getAttribute("data-outcome"), "verified");
  assert.match(await answer.innerText(), /part-2\.bin/);
  await closePage(again);
});

test("hashing is stopped by its button", async (t) => {
  const { model, key } = await signedModel(t, { "large.bin": new Uint8Array(300_000_000) });
  const page = await openPage();
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  assert.equal(await page.locator("[data-outcome]").count(), 0);
  await until(() => page.workers().length === 0);
  await closePage(page);
});
