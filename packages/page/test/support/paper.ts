import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { assertFits } from "./axe.ts";

/** A4 without its margins, in CSS pixels. */
const PAPER = { width: 672, height: 1000 };

const CONTROLS = "button, input, select, textarea, summary, label.button, nav, .drop, progress";

/** Where pictures for a person go, as in axe.ts. */
const PICTURES = process.env["ASSAY_PICTURES"];

/**
 * Looks at a page as a printer gets it, from a light and from a dark screen: no control is left, every text is black or nearly so, on
 * white, and nothing is cut. Leaves the page as it is on paper, until `onScreen`.
 */
export async function assertPrints(page: Page, name: string): Promise<void> {
  await page.setViewportSize(PAPER);
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ media: "print", colorScheme });
    const where = `${name}, on paper, ${colorScheme}`;
    assert.deepEqual(await page.locator(CONTROLS).and(page.locator(":visible")).allInnerTexts(), [], `${where}: controls`);
    assert.deepEqual(await page.evaluate<string[]>(COLORED), [], `${where}: not black on white`);
    await assertFits(page, where);
  }
  if (PICTURES !== undefined) await page.pdf({ path: join(PICTURES, `${name}.pdf`), format: "A4" });
}

export async function onScreen(page: Page): Promise<void> {
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Texts whose color is lighter than #444, and what has another background than white. */
const COLORED = `[...document.body.querySelectorAll("*"), document.body]
  .filter((one) => one.checkVisibility() && !one.closest("svg, .visually-hidden"))
  .flatMap((one) => {
    const { color, backgroundColor, backgroundImage } = getComputedStyle(one);
    const isDark = color.match(/\\d+/g).slice(0, 3).every((part) => Number(part) <= 68);
    const isWhite = ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor) && backgroundImage === "none";
    return isDark && isWhite ? [] : [one.tagName + "." + one.className + " " + color + " on " + backgroundColor];
  })`;
