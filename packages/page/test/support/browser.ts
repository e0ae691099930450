import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { buildPage, type BuiltPage } from "../../build/build-page.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

let browser: Promise<Browser> | undefined;
let built: Promise<BuiltPage & { readonly url: string; readonly folder: string }> | undefined;

after(async () => {
  await (await browser)?.close();
  if (built !== undefined) rmSync((await built).folder, { recursive: true, force: true });
});

/** The page, built once for a test file, and written where `file:` finds it. */
export function builtPage(): Promise<BuiltPage & { readonly url: string; readonly folder: string }> {
  built ??= (async () => {
    const page = await buildPage();
    const folder = mkdtempSync(join(tmpdir(), "assay-page-"));
    const file = join(folder, "assay.html");
    writeFileSync(file, page.html);
    return { ...page, folder, url: pathToFileURL(file).href };
  })();
  return built;
}

/** One browser for a test file. Without one nothing was tested, and that is a failure. */
export function launch(): Promise<Browser> {
  browser ??= (async () => {
    const path = process.env["ASSAY_BROWSER"] ?? NAMES.flatMap(places).find((place) => existsSync(place));
    assert.ok(path !== undefined, `NOT TESTED: no browser. Install chromium, or name one in ASSAY_BROWSER; looked for ${NAMES.join(", ")}`);
    return chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
  })();
  return browser;
}

function places(name: string): string[] {
  return (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
}

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly url?: string;
  /** For a test's own scripts, axe among them. */
  readonly bypassCSP?: boolean;
  /** Whether the policy will refuse what the test tries: the browser reports that as errors. */
  readonly expectsRefusals?: boolean;
}

/** Opens the page in a window of its own. An error in the page fails the test. */
export async function openPage({
  width = 1280,
  height = 900,
  dark = false,
  url,
  bypassCSP = false,
  expectsRefusals = false,
}: OpenOptions = {}): Promise<Page> {
  const context = await (
    await launch()
  ).newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    bypassCSP,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => {
    throw error;
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !expectsRefusals) throw new Error(`the page says: ${message.text()}`);
  });
  await page.goto(url ?? (await builtPage()).url);
  return page;
}

/** Closes a page and its window. */
export async function closePage(page: Page): Promise<void> {
  await page.context().close();
}

/** What the page saves when a button is pressed. */
export async function savedText(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** Drops files and folders of the disk, as a person does: the browser itself reads them. */
export async function dropOn(page: Page, selector: string, files: readonly string[]): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  assert.ok(box !== null, `${selector} is shown`);
  const session = await page.context().newCDPSession(page);
  const place = { x: box.x + box.width / 2, y: box.y + 20 };
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, ...place, data });
  await session.detach();
}

/** Waits for what the browser does without telling. The test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
