import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listEvaluations } from "assay";
import type { Page } from "playwright-core";
import { temporaryFolder } from "../../assay/test/support/models/planted.ts";
import { assertFits, assertLooksRight } from "./support/axe.ts";
import { closePage, openPage, type OpenOptions } from "./support/browser.ts";
import { signedModel } from "./support/models.ts";
import { assertPrints, onScreen } from "./support/paper.ts";

async function openCatalog(options: OpenOptions = {}): Promise<Page> {
  const page = await openPage(options);
  await page.getByRole("button", { name: "Catalog", exact: true }).click();
  return page;
}

/** The names in the list, without the boxes beside them. */
function namesShown(page: Page): Promise<string[]> {
  return page.locator("table.cards:visible tbody th").allInnerTexts();
}

test("the catalog lists and filters as the command does", async () => {
  const page = await openCatalog();
  const all = (await listEvaluations()).evaluations.map(({ model }) => model.release.name);
  assert.deepEqual((await namesShown(page)).slice(0, 20), all.slice(0, 20));
  await page.getByText(`All ${all.length} models`).waitFor();
  await page.getByLabel("Class", { exact: true }).selectOption("1");
  await page.getByLabel("Name or organization").fill("amber");
  const amber = (await listEvaluations({ search: "amber", classes: [1] })).evaluations.map(({ model }) => model.release.name);
  assert.deepEqual(await namesShown(page), amber);
  await page.getByLabel("Number of parameters").fill("many");
  await page.getByText(/"many" is not a number of parameters/).waitFor();
  await closePage(page);
});

test("chosen evaluations are compared, and one is opened in the editor", async () => {
  const page = await openCatalog();
  await page.locator("table.cards:visible input[type=checkbox]").nth(0).check();
  await page.locator("table.cards:visible input[type=checkbox]").nth(30).check();
  await page.getByRole("button", { name: "Compare 2" }).click();
  const table = page.locator("[data-compared=openness] table");
  assert.match(await table.innerText(), /Progress\s+III/);
  assert.doesNotMatch(await table.innerText(), /differs/);
  await page.getByLabel("Only what differs").uncheck();
  assert.match(await table.innerText(), /Progress differs/);
  await page.getByRole("button", { name: "Catalog", exact: true }).click();
  await page
    .getByRole("button", { name: /^Details/ })
    .first()
    .click();
  await page.getByText("has everything that the framework asks for").waitFor();
  await page.waitForFunction(() => scrollY === 0 && document.activeElement?.textContent === "How open is this model?");
  await closePage(page);
});

test("two descriptions and two signatures are compared; of different kinds nothing is", async (t) => {
  const folder = temporaryFolder(t);
  const [a, b] = [join(folder, "a.yml"), join(folder, "b.yml")];
  writeFileSync(a, "release:\n  name: A\n  license: MIT\n  components:\n    - name: Model card\n");
  writeFileSync(b, "release:\n  name: B\n  license: MIT\n  components:\n    - name: Data card\n");
  const page = await openPage();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const choose = page.getByLabel(/Choose (more )?files/).last();
  await choose.setInputFiles([a, b]);
  assert.match(await page.locator("[data-compared=openness]").innerText(), /\d of 19 things differ[^]*Data card\s/);
  const one = await signedModel(t, { "a.txt": "a", same: "same" });
  const other = await signedModel(t, { "a.txt": "b", same: "same", more: "more" });
  await choose.setInputFiles([one.signature, other.signature]);
  await page.getByText(/are different things/).waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await choose.setInputFiles([one.signature, other.signature]);
  const compared = page.locator("[data-compared=signature]");
  await compared.waitFor();
  assert.match(await compared.innerText(), /2 files differ/);
  assert.match(await compared.innerText(), /more\s+only in the second/);
  for (const width of [320, 641, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await assertFits(page, `two signatures, ${width} px`);
  }
  await closePage(page);
});

test("catalog and comparison look right", async () => {
  const page = await openCatalog({ bypassCSP: true });
  await assertLooksRight(page, "catalog");
  await page.getByLabel("Name or organization").fill("granite");
  await assertPrints(page, "catalog");
  assert.match(await page.locator("main").innerText(), /Name or organization\s+granite[^]*models of/);
  await onScreen(page);
  await page.getByLabel("Name or organization").fill("no such model");
  await page.getByText(/None of the \d+ models is like that/).waitFor();
  await assertLooksRight(page, "catalog-none");
  await page.getByRole("button", { name: "Clear" }).click();
  for (const index of [0, 12, 30]) await page.locator("table.cards:visible input[type=checkbox]").nth(index).check();
  await page.getByRole("button", { name: "Compare 3" }).click();
  await assertLooksRight(page, "compare");
  await assertPrints(page, "compare");
  await onScreen(page);
  await page.getByRole("button", { name: "Start over" }).click();
  await assertLooksRight(page, "compare-start");
  await closePage(page);
});
