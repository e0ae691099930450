// How fast the page hashes, as a ratio to bare hash-wasm over the same stream; how long a model of 100 MB takes to its verdict; and
// whether memory grows with the size of a model.
//
//   node packages/page/bench/hashing.ts [--pairs N] [--megabytes N] [--gigabytes N,N,...] [--no-memory]
//
// Needs chromium and Linux. Times are of the fastest runs, which take turns: other work on the machine only ever adds.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { buildPage } from "../build/build-page.ts";
import { measureFirstAnswer } from "./first-answer.ts";
import { measureMemory } from "./memory.ts";
import { bundleBareWorker } from "./place.ts";
import { measureSpeed } from "./speed.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "5" },
    megabytes: { type: "string", default: "256" },
    // The largest first and last: what only the first run needs is not taken for growth.
    gigabytes: { type: "string", default: "4,1,2,1,2,4" },
    memory: { type: "boolean", default: true },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
  allowNegative: true,
});

const folder = mkdtempSync(join(tmpdir(), "assay-page-bench-"));
const browser = await chromium.launch({ executablePath: values.browser, args: ["--no-sandbox"] });
try {
  const { html, worker } = await buildPage();
  const file = join(folder, "assay.html");
  writeFileSync(file, html);
  const place = { browser, folder, html: file, own: worker, bare: await bundleBareWorker() };
  await measureSpeed(place, Number(values.megabytes), Number(values.pairs));
  await measureFirstAnswer(place, Number(values.pairs));
  if (values.memory) await measureMemory(place, values.gigabytes.split(",").map(Number));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
