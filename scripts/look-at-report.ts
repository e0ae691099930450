// Looks at the HTML report in a real browser: at 320 and 1280 pixels, light and dark, and printed to PDF; runs axe, which
// must find nothing; says whether anything is wider than the window. Writes pictures for a person to look at.
//
//   node scripts/look-at-report.ts --tools FOLDER [--out FOLDER] [--browser PROGRAM] [--only NAME]...
//
// FOLDER holds node_modules with playwright-core and axe-core (npm install --prefix FOLDER playwright-core axe-core); Assay does
// not depend on them. Without them, or without a browser (Debian: chromium), nothing was looked at: the exit code is 1.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { makeReports } from "./report-pictures/reports.ts";

interface Page {
  goto(url: string): Promise<unknown>;
  emulateMedia(media: { colorScheme: "light" | "dark" }): Promise<void>;
  screenshot(options: { path: string; fullPage: boolean; clip?: object }): Promise<unknown>;
  evaluate<Value>(script: string): Promise<Value>;
  pdf(options: { path: string; format: string; printBackground: boolean }): Promise<unknown>;
  close(): Promise<void>;
}

interface Browser {
  newPage(options: { viewport: { width: number; height: number }; deviceScaleFactor: number; bypassCSP: boolean }): Promise<Page>;
  close(): Promise<void>;
}

interface Playwright {
  readonly chromium: { launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser> };
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

const WIDTHS = [320, 1280] as const;
const SCHEMES = ["light", "dark"] as const;

const { values } = parseArgs({
  options: {
    tools: { type: "string" },
    out: { type: "string" },
    browser: { type: "string" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const tools = values.tools === undefined ? undefined : resolve(values.tools);
if (tools === undefined || !existsSync(join(tools, "node_modules", "playwright-core"))) {
  nothingSeen("--tools must name a folder with playwright-core and axe-core installed");
}
const executablePath = values.browser ?? ["chromium", "chromium-browser", "google-chrome"].map(whereIs).find((path) => path !== undefined);
if (executablePath === undefined) nothingSeen("no browser: install chromium, or name one with --browser");
const out = resolve(values.out ?? "report-pictures");
mkdirSync(out, { recursive: true });

const require = createRequire(join(tools, "index.js"));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a library that is not a dependency has no types here
const { chromium } = require("playwright-core") as Playwright;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let faults = 0;
try {
  for (const [name, text] of await makeReports()) {
    if (values.only.length === 0 || values.only.includes(name)) faults += await lookAt(name, text);
  }
} finally {
  await browser.close();
}
process.stdout.write(faults === 0 ? `no fault; the pictures are in ${out}\n` : `${faults} faults\n`);
process.exitCode = faults === 0 ? 0 : 1;

async function lookAt(name: string, text: string): Promise<number> {
  const file = join(out, `${name}.html`);
  writeFileSync(file, text);
  let found = 0;
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      // axe is a script of the browser's, which the page's own policy would refuse.
      const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1, bypassCSP: true });
      await page.emulateMedia({ colorScheme });
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
      if (wide > 0) found += fault(`${name}, ${width} px: ${wide} px wider than the window`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{ violations: Violation[] }>("axe.run()");
      for (const { id, help, nodes } of violations)
        found += fault(`${name}, ${width} px, ${colorScheme}: ${id}: ${help}: ${nodes[0]?.html ?? ""}`);
      if (width === 1280 && colorScheme === "light") {
        await page.pdf({ path: join(out, `${name}.pdf`), format: "A4", printBackground: false });
      }
      await page.close();
    }
  }
  return found;
}

function fault(text: string): number {
  process.stdout.write(`FAULT: ${text}\n`);
  return 1;
}

function whereIs(program: string): string | undefined {
  try {
    return execFileSync("which", [program], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

function nothingSeen(why: string): never {
  process.stderr.write(`NOT LOOKED AT: ${why}. No report was seen by a browser.\n`);
  process.exit(1);
}
