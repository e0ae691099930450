import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { PageEvidence } from "../../src/verify/evidence.ts";
import { savedText } from "./browser.ts";

/** Who must have signed, as files and words of a test. */
export type Asked =
  | { readonly method: "key"; readonly key: string }
  | { readonly method: "certificate"; readonly certificates: readonly string[] }
  | { readonly method: "sigstore"; readonly identity: string; readonly provider: string; readonly trustedRoot?: string };

export interface AskedModel {
  readonly model: string;
  readonly isFile?: boolean;
  readonly signature?: string;
  readonly asked: Asked;
  readonly ignoreUnsignedFiles?: boolean;
  readonly ignorePaths?: readonly string[];
}

/** Asks the page, by its own controls, and returns what it saves. A question that it refuses is a text. */
export async function askPage(
  page: Page,
  { model, isFile = false, signature, asked, ignoreUnsignedFiles = false, ignorePaths = [] }: AskedModel,
): Promise<PageEvidence | string> {
  if (ignoreUnsignedFiles || ignorePaths.length > 0) {
    await page.getByText("More conditions").click();
    await page.getByLabel("Leave out these").fill(ignorePaths.join("\n"));
    await page.getByLabel("Allow files that are not signed").setChecked(ignoreUnsignedFiles);
  }
  await page.getByLabel(isFile ? "Choose files" : /Choose (a|another) folder/).setInputFiles(model);
  await page.locator(".drop .call").getByText(nameOf(model), { exact: true }).waitFor();
  if (signature !== undefined) {
    await page.getByLabel(/Choose (the|another) signature/).setInputFiles(signature);
    await page
      .locator(".drop")
      .getByText(`signature: ${nameOf(signature)}`)
      .waitFor();
  }
  await fillSigner(page, asked);
  await page.locator("[data-outcome], .note.bad").first().waitFor();
  if ((await page.locator("[data-level]").count()) === 0) return page.locator("[data-outcome], .note.bad").first().innerText();
  return JSON.parse((await savedText(page, "Save as JSON")).text) as PageEvidence;
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? "";
}

async function fillSigner(page: Page, asked: Asked): Promise<void> {
  await page
    .getByRole("radio")
    .and(page.locator(`[value="${asked.method}"]`))
    .check();
  switch (asked.method) {
    case "key":
      return page.getByLabel("Choose the key file").setInputFiles(asked.key);
    case "certificate":
      return page.getByLabel("Choose root certificates").setInputFiles([...asked.certificates]);
    case "sigstore":
      await page.getByLabel("Identity: an e-mail").fill(asked.identity);
      await page.getByLabel("Vouched for by").fill(asked.provider);
      if (asked.trustedRoot !== undefined) await page.getByLabel("Choose another trusted root").setInputFiles(asked.trustedRoot);
      return page.getByRole("button", { name: "Verify", exact: true }).last().click();
  }
}

type Document = PageEvidence["verification"];

/**
 * The page's answer is the command's, to the code, the differences and what is covered; or "could not tell" where the command sees
 * more. Returns whether it is the same.
 */
export function assertSameAnswer(page: Document, command: Document): boolean {
  if (page.outcome === "incomplete" && command.outcome !== "incomplete") {
    assert.equal(page.error?.code, "FILE_NOT_SHOWN");
    return false;
  }
  const parts = ({ outcome, error, differences, matchedFiles, unsigned, notCovered, manifest, signer }: Document): unknown => ({
    outcome,
    code: error?.code ?? null,
    differences,
    matchedFiles,
    unsigned,
    notCovered,
    manifestDigest: manifest?.manifestDigest ?? null,
    signer,
  });
  assert.deepEqual(parts(page), parts(command));
  return true;
}
