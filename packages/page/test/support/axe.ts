import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

export const WIDTHS = [320, 768, 1280] as const;
/** A window of 1280 px at 200 %. */
const ZOOMED = 640;

/** Where pictures for a person go: ASSAY_PICTURES; unset, none are made. */
const PICTURES = process.env["ASSAY_PICTURES"];

/**
 * Looks at a page that was opened with `bypassCSP`, at each width, light and dark: axe finds nothing, and nothing is wider than
 * the window or its cell.
 */
export async function assertLooksRight(page: Page, name: string): Promise<void> {
  await page.evaluate(axe);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const where = `${name}, ${width} px, ${colorScheme}`;
      await assertFits(page, where);
      const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>("axe.run()");
      assert.deepEqual(
        violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html ?? ""}: ${nodes[0]?.failureSummary ?? ""}`),
        [],
        where,
      );
      if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: ZOOMED, height: 450 });
  await assertFits(page, `${name}, zoomed`);
}

/** What is wider than the cell that it is in covers the next one. */
const WIDE_CELLS = `[...document.querySelectorAll("th, td, dd")]
  .filter((cell) => cell.checkVisibility() && !cell.closest(".visually-hidden, thead") && cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => cell.textContent)`;

/** Nothing is wider than the window, and no content is wider than its cell. */
export async function assertFits(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
  assert.ok(wide <= 0, `${where}: ${wide} px wider than the window`);
  assert.deepEqual(await page.evaluate<string[]>(WIDE_CELLS), [], `${where}: wider than the cell`);
}
