import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { verifyEvidence } from "assay";
import { verifyEvidenceDocument, type VerifyEvidenceDocument } from "assay/report";
import type { Page } from "playwright-core";
import { makeKeyPair } from "../../assay/test/support/keys.ts";
import { temporaryFolder } from "../../assay/test/support/models/planted.ts";
import { assayProcess } from "../../assay/test/support/cli/command.ts";
import { assertLooksRight } from "./support/axe.ts";
import { closePage, openPage, savedText, type OpenOptions } from "./support/browser.ts";
import { signedModel } from "./support/models.ts";
import { assertPrints, onScreen } from "./support/paper.ts";

const VERIFIER = "urn:example:intake";

interface Evidence {
  readonly file: string;
  readonly unsigned: string;
  readonly key: string;
  readonly policy: string;
  readonly manifestDigest: string;
}

/** Evidence of a real check, signed by the command. */
async function makeEvidence(t: TestContext): Promise<Evidence> {
  const { model, key: publisher } = await signedModel(t, { "config.json": "{}" });
  const folder = temporaryFolder(t);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  const [intake, key, policy] = [join(folder, "intake.pem"), join(folder, "intake.pub"), join(folder, "policy.yml")];
  writeFileSync(intake, privateKey, { mode: 0o600 });
  writeFileSync(key, publicKey);
  writeFileSync(
    policy,
    `version: 1\nname: small\nmodels:\n  - match: { name: "*" }\n    rules: { signers: [{ key: { file: ${JSON.stringify(publisher)} } }] }\n`,
  );
  const args = ["check", model, "--policy", policy, "--evidence", join(folder, "evidence"), "--sign", "key", "--private-key", intake];
  const { exitCode, stderr, stdout } = await assayProcess([...args, "--verifier-id", VERIFIER], { cwd: folder });
  assert.equal(exitCode, 0, stderr + stdout);
  const file = join(folder, "evidence", "verification-summary.sigstore.json");
  const { evidence } = await verifyEvidence(file, { trust: { method: "key", publicKey: readFileSync(key) }, verifierId: VERIFIER });
  const unsigned = join(folder, "verification-summary.unsigned.json");
  const bundle = JSON.parse(readFileSync(file, "utf8")) as { readonly dsseEnvelope: { readonly payload: string } };
  writeFileSync(unsigned, Buffer.from(bundle.dsseEnvelope.payload, "base64"));
  return { file, unsigned, key, policy, manifestDigest: evidence?.manifestDigest ?? "" };
}

async function openEvidence(options: OpenOptions = {}): Promise<Page> {
  const page = await openPage(options);
  await page.getByRole("button", { name: "Evidence", exact: true }).click();
  return page;
}

const visible = (page: Page, label: string | RegExp) => page.getByLabel(label).and(page.locator(":visible"));

async function ask(page: Page, file: string, key: string, verifier: string): Promise<void> {
  await visible(page, /Choose (other )?evidence/).setInputFiles(file);
  await page.getByLabel("Choose the key file").last().setInputFiles(key);
  await visible(page, "Verifier: the URI").fill(verifier);
  await page.getByRole("button", { name: "Check the evidence" }).click();
}

test("evidence is accepted and refused as by the command", async (t) => {
  const { file, unsigned, key, policy, manifestDigest } = await makeEvidence(t);
  const page = await openEvidence();
  await ask(page, file, key, VERIFIER);
  await visible(page, "Model: its manifest digest").fill(manifestDigest);
  await visible(page, "Take the digest of a policy file").setInputFiles(policy);
  await page.waitForFunction((digest) => [...document.querySelectorAll("input")].some(({ value }) => value === digest), digestOf(policy));
  await page.getByRole("button", { name: "Check the evidence" }).click();
  await page.locator("[data-outcome=verified]").waitFor();
  const saved = JSON.parse((await savedText(page, "Save as JSON")).text) as VerifyEvidenceDocument;
  const command = verifyEvidenceDocument(
    await verifyEvidence(file, { trust: { method: "key", publicKey: readFileSync(key) }, verifierId: VERIFIER }),
  );
  // The clock is not the same twice.
  assert.deepEqual({ ...saved, file: "", verifiedAt: null }, { ...command, file: "", verifiedAt: null });

  await visible(page, "Verifier: the URI").fill("urn:example:other");
  await page.getByRole("button", { name: "Check the evidence" }).click();
  await page.getByText(/The evidence is of the verifier/).waitFor();
  await visible(page, "Verifier: the URI").fill(VERIFIER);
  await visible(page, "Model: its manifest digest").fill(`sha256:${"0".repeat(64)}`);
  await page.getByRole("button", { name: "Check the evidence" }).click();
  await page
    .locator("[data-outcome=failed]")
    .getByRole("heading", { name: /another model/ })
    .waitFor();
  await visible(page, "Not older than, days").fill("a year");
  await visible(page, "Model: its manifest digest").fill("");
  await page.getByRole("button", { name: "Check the evidence" }).click();
  await page.getByText(/is not a number of days/).waitFor();
  await visible(page, "Not older than, days").fill("");
  await ask(page, unsigned, key, VERIFIER);
  await page
    .locator("[data-outcome=failed]")
    .getByText(/evidence is unsigned/)
    .waitFor();
  await closePage(page);
});

function digestOf(path: string): string {
  return `sha256:${createHash("sha256").update(readFileSync(path)).digest("hex")}`;
}

test("evidence looks right, before and after", async (t) => {
  const { file, key } = await makeEvidence(t);
  const page = await openEvidence({ bypassCSP: true });
  await assertLooksRight(page, "evidence-start");
  await ask(page, file, key, VERIFIER);
  await page.locator("[data-outcome=verified]").waitFor();
  await assertLooksRight(page, "evidence-allowed");
  await assertPrints(page, "evidence");
  const paper = await page.locator("main").innerText();
  assert.match(paper, /Allowed[^]*What must it say\?[^]*trusted as\s+urn:example:intake/);
  assert.doesNotMatch(paper, /Not older than/);
  await onScreen(page);
  await visible(page, "Model: its manifest digest").fill(`sha256:${"0".repeat(64)}`);
  await page.getByRole("button", { name: "Check the evidence" }).click();
  await page.getByRole("heading", { name: /another model: sha256:[0-9a-f]{12}…/ }).waitFor();
  await page.getByText(`this one is sha256:${"0".repeat(64)}`).waitFor();
  await closePage(page);
});

test("two pieces of evidence are compared field by field", async (t) => {
  const [a, b] = [await makeEvidence(t), await makeEvidence(t)];
  const page = await openPage();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await visible(page, /Choose (more )?files/).setInputFiles([a.file, b.unsigned]);
  const table = page.locator("[data-compared=evidence] table");
  await table.waitFor();
  assert.match(await table.innerText(), /Policy digest\s+sha256/);
  assert.doesNotMatch(await table.innerText(), /Verifier/);
  await page.getByLabel("Only what differs").uncheck();
  assert.match(await table.innerText(), /Verifier\s+urn:example:intake/);
  await closePage(page);
});
