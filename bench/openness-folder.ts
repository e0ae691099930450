// Measures what asking a model's folder costs: listing it and reading its cards and licenses apart from hashing it.
// The folders are made in a temporary folder and deleted.
//
// Usage: node bench/openness-folder.ts [FILES]   default: 100000
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindInspection } from "../packages/assay/src/api/bind-inspection.ts";
import { inspectFolder, type FolderOptions } from "../packages/assay/src/api/inspect-folder.ts";
import { shippedLicenses } from "../packages/assay/src/catalog/licenses.ts";

const MOST_FILES = 1_000_000;
const FILES_IN_A_FOLDER = 1_000;
const RUNS = 3;

const count = Number(process.argv[2] ?? 100_000);
if (!Number.isSafeInteger(count) || count < 1 || count > MOST_FILES) throw new Error(`FILES is a number from 1 to ${MOST_FILES}`);

const CARD = `---
license: apache-2.0
datasets: [acme/corpus]
model-index:
  - { name: m, results: [{ dataset: { name: MMLU }, metrics: [{ type: acc, value: 61.2 }] }] }
---
# A model

${"What it is for, what it is not for, and how it was made. ".repeat(40)}
`;

const APACHE = readFileSync(new URL("../LICENSE", import.meta.url), "utf8");

/** An empty but whole safetensors file. */
const WEIGHTS = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("{}")]);

const options: FolderOptions = { licenses: shippedLicenses() };

const root = mkdtempSync(join(tmpdir(), "assay-bench-"));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    rmSync(root, { recursive: true, force: true });
    process.exit(1);
  });
}
try {
  await measure("a folder of 5 files", makeSmall("small"));
  await measure("the same with an unknown license", makeSmall("unknown", "All of it is mine, and yours to look at. ".repeat(200)));
  await measure(
    `${count.toLocaleString("en-US")} files that say nothing`,
    makeLarge("shards", count, (at) => `part-${at}.idx`),
  );
  await measure(
    `${count.toLocaleString("en-US")} data files, of which 100 are opened`,
    makeLarge("data", count, (at) => `train-${at}.csv`),
  );
  await measure(
    `${count.toLocaleString("en-US")} code files, of which 400 are read`,
    makeLarge("code", count, (at) => `layer_${at}.py`),
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}

function makeSmall(name: string, license = APACHE): string {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "README.md"), CARD);
  writeFileSync(join(folder, "config.json"), '{ "architectures": ["LlamaForCausalLM"], "transformers_version": "4.40.0" }\n');
  writeFileSync(join(folder, "model.safetensors"), WEIGHTS);
  writeFileSync(join(folder, "train.py"), "import torch\nloss.backward()\n");
  writeFileSync(join(folder, "LICENSE"), license);
  return folder;
}

function makeLarge(name: string, files: number, nameOf: (at: number) => string): string {
  const folder = makeSmall(name);
  for (let at = 0; at < files - 5; at += 1) {
    const inner = join(folder, "data", String(Math.floor(at / FILES_IN_A_FOLDER)));
    if (at % FILES_IN_A_FOLDER === 0) mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, nameOf(at)), `${at}\n`);
  }
  return folder;
}

/** The first run is cold where nothing is compiled; the best of the next ones is what a folder costs. */
async function measure(what: string, folder: string): Promise<void> {
  const inspecting: number[] = [];
  const hashing: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    const inspection = await inspectFolder(folder, options);
    const inspected = performance.now();
    await bindInspection(folder, inspection, options);
    inspecting.push(inspected - start);
    hashing.push(performance.now() - inspected);
  }
  process.stdout.write(`${what}\n${line("inspected", inspecting)}${line("walked and hashed", hashing)}`);
}

function line(what: string, [first = 0, ...others]: readonly number[]): string {
  return `  ${what.padEnd(18)}  first ${first.toFixed(0).padStart(6)} ms, then at best ${Math.min(...others).toFixed(1)} ms\n`;
}
