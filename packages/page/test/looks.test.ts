import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { assertLooksRight } from "./support/axe.ts";
import { closePage, openPage } from "./support/browser.ts";
import { signedModel } from "./support/models.ts";
import { assertPrints } from "./support/paper.ts";

const TREE = { "config.json": "{}", "model-00001-of-00002.safetensors": "weights", "tokenizer/vocab.txt": "a b c" };
const LONG = `${"a-folder-with-a-long-name/".repeat(4)}${"weights".repeat(20)}.safetensors`;

async function verifyWith(page: Page, model: string, key: string): Promise<void> {
  await page.getByLabel(/Choose (a|another) folder/).setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await page.locator("[data-level]").waitFor();
}

test("the page as it is first seen", async () => {
  const page = await openPage({ bypassCSP: true });
  await assertLooksRight(page, "start");
  await closePage(page);
});

test("a yes", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  const page = await openPage({ bypassCSP: true });
  await verifyWith(page, model, key);
  await assertLooksRight(page, "verified");
  await assertPrints(page, "verified");
  assert.ok(await page.locator(".verdict").getByText("Verified").isVisible());
  await closePage(page);
});

test("a no, with long names and many differences", async (t) => {
  const { model, key } = await signedModel(t, { ...TREE, [LONG]: "x", "\u202eevil\u0007.txt": "x", "gone.txt": "x" });
  appendFileSync(join(model, LONG), "changed");
  rmSync(join(model, "gone.txt"));
  mkdirSync(join(model, "added"));
  for (let index = 0; index < 300; index++) writeFileSync(join(model, "added", `${index}.py`), "");
  const page = await openPage({ bypassCSP: true });
  await verifyWith(page, model, key);
  await assertLooksRight(page, "not-verified");
  assert.doesNotMatch(await page.locator("main").innerText(), /[\u202e\u0007]/);
  const rows = await page.locator(".differences tbody tr").allInnerTexts();
  assert.match(rows[0] ?? "", /changed/, "what was signed and changed comes before what was added");
  assert.match(rows[1] ?? "", /missing/);
  await assertPrints(page, "not-verified");
  const paper = await page.locator("main").innerText();
  for (const part of [
    "Not verified",
    "302 differences: 1 changed, 1 missing, 300 not signed",
    "These are the first 20 of 302",
    "Checked",
  ]) {
    assert.ok(paper.includes(part), part);
  }
  await closePage(page);
});

test("could not tell", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  rmSync(join(model, "config.json"));
  const page = await openPage({ bypassCSP: true });
  await verifyWith(page, model, key);
  await assertLooksRight(page, "could-not-tell");
  await closePage(page);
});

test("a damaged signature is named in plain words", async (t) => {
  const { model, key, signature } = await signedModel(t, TREE);
  writeFileSync(signature, "{}");
  const page = await openPage({ bypassCSP: true });
  await verifyWith(page, model, key);
  await page.getByText("It is damaged, or no model's signature").waitFor();
  await page.getByText("The model's files were not compared").waitFor();
  assert.doesNotMatch(
    await page.locator("[data-outcome]").innerText(),
    /symbolic links/,
    "nothing is said of files that were not looked at",
  );
  await assertLooksRight(page, "damaged");
  await closePage(page);
});

test("a folder without a signature", async (t) => {
  const { model, signature } = await signedModel(t, TREE);
  rmSync(signature);
  const page = await openPage({ bypassCSP: true });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.locator("[data-outcome=no-signature]").waitFor();
  await assertLooksRight(page, "not-signed");
  await closePage(page);
});

test("a signed model without a signer says what is missing, first of all", async (t) => {
  const { model } = await signedModel(t, TREE);
  const page = await openPage({ bypassCSP: true });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Signed, not verified yet").waitFor();
  assert.match(await page.evaluate<string>("document.activeElement.textContent"), /^To verify it, choose the publisher's public key below/);
  await assertLooksRight(page, "signer-wanted");
  await closePage(page);
});

test("a wrong file for a key", async (t) => {
  const { model } = await signedModel(t, TREE);
  const page = await openPage({ bypassCSP: true });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(join(model, "config.json"));
  await page.locator(".note.bad").waitFor();
  await assertLooksRight(page, "no-key");
  await closePage(page);
});

test("hashing, with the time left", async (t) => {
  const { model, key } = await signedModel(t, { "large.bin": new Uint8Array(1_500_000_000) });
  const page = await openPage({ bypassCSP: true });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await page.getByText(/seconds left/).waitFor();
  await page.evaluate("performance.now()");
  await page.getByRole("button", { name: "Stop" }).waitFor();
  await assertLooksRight(page, "hashing");
  assert.equal(await page.locator(".working").getAttribute("aria-live"), "off", "no percent is read out");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped: there is no answer").waitFor();
  await assertLooksRight(page, "stopped");
  await closePage(page);
});

test("an identity, a certificate, and the conditions", async () => {
  const page = await openPage({ bypassCSP: true });
  await page.getByText("More conditions").click();
  await page.getByRole("radio").nth(2).check();
  await assertLooksRight(page, "identity");
  await page.getByRole("radio").nth(1).check();
  await assertLooksRight(page, "certificate");
  await closePage(page);
});

test("ten thousand files", async (t) => {
  const tree = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`part-${index % 50}/file-${index}.bin`, `${index}`]));
  const { model, key } = await signedModel(t, tree);
  const page = await openPage({ bypassCSP: true });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor({ timeout: 60_000 });
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await page.locator("[data-level]").waitFor({ timeout: 60_000 });
  assert.equal(await page.locator("[data-level]").getAttribute("data-outcome"), "verified");
  await assertLooksRight(page, "ten-thousand");
  await closePage(page);
});

test("the keyboard alone is enough", async (t) => {
  const { model, key } = await signedModel(t, TREE);
  const page = await openPage();
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await page.locator("[data-level]").waitFor();
  // The answer has the focus: a screen reader is at it. From there, every control is reached in order.
  assert.match(await page.evaluate<string>("document.activeElement.textContent"), /^All 3 files/);
  const reached: string[] = [];
  for (let index = 0; index < 10; index++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate<string>("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"));
  }
  for (const name of [
    "Save as JSON",
    "Print",
    "Choose another folder",
    "Choose files",
    "Choose the key file",
    "More conditions",
    "Verify",
  ]) {
    assert.ok(reached.includes(name), `${name} is reached: ${reached.join(", ")}`);
  }
  await page.getByRole("button", { name: "Verify" }).last().focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-level]").waitFor();
  await closePage(page);
});
