import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { assessModelFile, type Evaluation } from "assay";
import { temporaryFolder } from "../../assay/test/support/models/planted.ts";
import { assertLooksRight } from "./support/axe.ts";
import { assertPrints } from "./support/paper.ts";
import { closePage, dropOn, openPage, savedText, type OpenOptions } from "./support/browser.ts";

const FILE = `# by hand
framework: { name: Model Openness Framework, version: "1.0", date: "2024-12-15" }
release:
  name: Pebble
  version: 7B
  note: ours
  license:
    distribution: { name: Apache-2.0, path: LICENSE }
  components:
    - { name: Model architecture, component_path: model.py }
    - { name: Model parameters (Final), license: llama2 }
    - { name: Model card, license: "" }
    - { name: Data card }
    - { name: Evaluation results }
`;

async function openOpenness(options: OpenOptions = {}): Promise<Page> {
  const page = await openPage(options);
  await page.getByRole("button", { name: "Openness", exact: true }).click();
  return page;
}

test("a mof.yml is evaluated as the command evaluates it, and edited until it is of a class", async (t) => {
  const file = join(temporaryFolder(t), "mof.yml");
  writeFileSync(file, FILE);
  const page = await openOpenness();
  await page.getByLabel("Choose a mof.yml").setInputFiles(file);
  const answer = page.locator("[data-class]");
  assert.equal(await answer.getAttribute("data-class"), "none");
  const { evaluation } = await assessModelFile(file);
  assert.deepEqual(await stepsShown(page), stepsOf(evaluation));

  await page.getByLabel("License of Model parameters (Final)").fill("Apache-2.0");
  await page.getByLabel("License of Model card").fill("CC-BY-4.0");
  await page.getByLabel("Technical report", { exact: true }).check();
  await page.getByLabel("Path of Technical report").fill("report.pdf");
  assert.equal(await answer.getAttribute("data-class"), "3");
  assert.match(await answer.innerText(), /Class III/);

  const saved = await savedText(page, "Save mof.yml");
  assert.equal(saved.name, "mof.yml");
  assert.match(saved.text, /# by hand[^]*note: ours/);
  writeFileSync(file, saved.text);
  const again = await assessModelFile(file);
  assert.equal(again.evaluation.class, 3);
  assert.match((await savedText(page, "Save badge")).text, /<title>Model Openness Framework: Class III, open model<\/title>/);
  assert.match((await savedText(page, "Save README section")).text, /By the \[Model Openness Framework\]/);
  await closePage(page);
});

function stepsOf({ steps }: Evaluation): string[] {
  return steps.map(({ component, text }) => `${component}: ${text}`);
}

async function stepsShown(page: Page): Promise<string[]> {
  return (await page.locator(".steps li").allInnerTexts()).map((text) => text.replace(/ \(a recommendation.*$/, ""));
}

test("a folder gives its mof.yml, and one without gets a new one", async (t) => {
  const folder = join(temporaryFolder(t), "pebble");
  mkdirSync(folder);
  writeFileSync(join(folder, "mof.yml"), FILE);
  const page = await openOpenness();
  await dropOn(page, "section.drop:visible", [folder]);
  await page.getByText("Pebble has").waitFor();
  await page.getByText("Only mof.yml was read.").waitFor();
  const empty = join(temporaryFolder(t), "empty");
  mkdirSync(empty);
  writeFileSync(join(empty, "weights.bin"), "w");
  writeFileSync(join(empty, "LICENSE"), "MIT");
  await dropOn(page, "section.drop:visible", [empty]);
  await page.getByText("No mof.yml in empty: this is a new one. The other 2 files, such as LICENSE, were not read").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "empty");
  await closePage(page);
});

test("a file that is not a mof.yml is refused with its line", async (t) => {
  const file = join(temporaryFolder(t), "mof.yml");
  writeFileSync(file, "release:\n  name: A\n  components:\n    - name: Model cart\n");
  const page = await openOpenness();
  await page.getByLabel("Choose a mof.yml").setInputFiles(file);
  await page.getByText(/line 4.*"Model cart" is not one of the 17 components/).waitFor();
  await page.getByText(/Did you mean "Model card"/).waitFor();
  await closePage(page);
});

test("the editor looks right, empty and full", async (t) => {
  const page = await openOpenness({ bypassCSP: true });
  await assertLooksRight(page, "openness-start");
  await page.getByRole("button", { name: "Start an empty one" }).click();
  await assertLooksRight(page, "openness-empty");
  const file = join(temporaryFolder(t), "mof.yml");
  writeFileSync(file, FILE.replace("Pebble", `Pebble-${"long-name-".repeat(12)}`));
  await page.getByLabel("Choose a mof.yml").setInputFiles(file);
  await page.getByText("long-name").first().waitFor();
  await assertLooksRight(page, "openness-editor");
  assert.ok(readFileSync(file, "utf8").length > 0);
  await page.setViewportSize({ width: 320, height: 900 });
  const name = await page.locator(".components tbody th label").first().boundingBox();
  assert.ok(name !== null && name.width > 200, "in a narrow window a component's name has the whole line");
  assert.ok(((await page.getByText("Path of Model architecture").boundingBox())?.width ?? 0) > 1, "and each field its label");
  const address = `https://example.org/${"long/".repeat(60)}`;
  await page.getByLabel("Path of Model architecture").fill(address);
  await assertPrints(page, "openness");
  const paper = await page.locator("main").innerText();
  assert.ok(paper.includes(address), "what was typed is on paper, and not cut");
  assert.match(paper, /No class yet[^]*Version or number of parameters\s+7B/);
  assert.doesNotMatch(paper, /Producer|Save/);
  await closePage(page);
});
