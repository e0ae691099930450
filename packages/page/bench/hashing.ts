// How fast the page hashes, as a ratio to bare hash-wasm over the same stream, and how much memory it takes for 1 and 4 GB.
//
//   node packages/page/bench/hashing.ts [--pairs N] [--megabytes N] [--no-memory]
//
// Needs chromium, Linux and 5 GB of disk. The ratio is of the fastest runs, which take turns: other work on the machine only ever adds. The seconds depend on the machine.
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { keySigner, sign } from "assay";
import { makeKeyPair } from "../../assay/test/support/keys.ts";
import { buildPage } from "../build/build-page.ts";
import { memoryBelow } from "./processes.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "5" },
    megabytes: { type: "string", default: "256" },
    memory: { type: "boolean", default: true },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
  allowNegative: true,
});

const folder = mkdtempSync(join(tmpdir(), "assay-page-bench-"));
const browser = await chromium.launch({ executablePath: values.browser, args: ["--no-sandbox"] });
try {
  const { html, worker } = await buildPage();
  const url = join(folder, "assay.html");
  writeFileSync(url, html);
  const page = await openAt(url);
  await measureSpeed(page, worker);
  await page.close();
  if (values.memory) for (const gigabytes of [1, 4]) await measureMemory(await openAt(url), gigabytes);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function openAt(file: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

async function measureSpeed(page: Page, worker: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "bare-worker.ts")],
    bundle: true,
    format: "iife",
    minify: true,
    write: false,
  });
  const file = join(folder, "file.bin");
  writeFileSync(file, Buffer.alloc(Number(values.megabytes) * 1_000_000, "assay"));
  await page.evaluate("document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'bench' }))");
  await page.locator("#bench").setInputFiles(file);
  const bare: number[] = [];
  const own: number[] = [];
  for (let pair = 0; pair <= Number(values.pairs); pair++) {
    const runBare = (): Promise<number> => timed(page, outputFiles[0]?.text ?? "", "file");
    const runOwn = (): Promise<number> => timed(page, worker, '{ files: [{ index: 0, file }], hash: "sha256", shardSize: undefined }');
    // By turns: the second one finds the machine warm.
    const [a, b] = pair % 2 === 0 ? [await runBare(), await runOwn()] : [await runOwn(), await runBare()].toReversed();
    if (a === undefined || b === undefined) continue;
    // The first pair warms the cache of the disk and compiles.
    if (pair === 0) continue;
    bare.push(a);
    own.push(b);
  }
  const ratio = Math.min(...own) / Math.min(...bare);
  const speed = Number(values.megabytes) / (Math.min(...own) / 1000);
  process.stdout.write(
    `hashing: ${ratio.toFixed(3)} of bare hash-wasm over file.stream() (the fastest of ${bare.length} runs each; ${Math.round(speed)} MB/s)\n`,
  );
}

/** Milliseconds until a worker has the digest, its start included. */
function timed(page: Page, script: string, message: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const file = document.querySelector("#bench").files[0];
    const url = URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: "text/javascript" }));
    const began = performance.now();
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => {
      if (data.kind === "bytes") return;
      worker.terminate();
      resolve(performance.now() - began);
    };
    worker.postMessage(${message});
  })`);
}

async function measureMemory(page: Page, gigabytes: number): Promise<void> {
  const model = join(folder, `model-${gigabytes}`);
  const file = join(model, "weights.bin");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  truncateSync(file, gigabytes * 1e9);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  const key = join(folder, `key-${gigabytes}.pub`);
  writeFileSync(key, publicKey);
  await sign(model, { signer: await keySigner({ privateKey }), signature: join(model, "model.sig") });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").first().waitFor();
  const before = memoryBelow(process.pid);
  const began = performance.now();
  await page.getByLabel("Choose the key file").first().setInputFiles(key);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryBelow(process.pid))), 2000);
  await page.locator("[data-outcome=verified]").waitFor({ timeout: 600_000 });
  clearInterval(timer);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(
    `memory: ${gigabytes} GB: ${Math.round(most - before)} MB more than before, at most (${Math.round(most)} MB in all), ${seconds.toFixed(1)} s\n`,
  );
  await page.close();
}
