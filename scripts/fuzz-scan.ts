// Feeds changed models to every reader of a scan, and keeps what reaches branches that nothing reached before. The seeds are the
// files of the generated set. A problem is a reader that fails, anything thrown, 2 s for one input, 256 MB more memory.
//
//   node scripts/fuzz-scan.ts [--seconds 60] [--seed 1] [--only PATTERN] [--keep FOLDER]
//
// Problems are written to packages/assay/test/fuzz/scan-corpus, which `npm test` replays: mend the reader, then write the answers
// with UPDATE_SCAN_CORPUS=1. --keep writes every input that reached a new branch to a folder.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { instrumentedReaders } from "./fuzz-scan/instrumented.ts";
import type { WorkerInput, WorkerMessage } from "./fuzz-scan/worker.ts";

const root = join(import.meta.dirname, "..");
const corpus = join(root, "packages/assay/test/fuzz/scan-corpus");
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    keep: { type: "string" },
  },
});
const HANGS_MS = 60_000;

if (!existsSync(join(root, "tools/fuzz/node_modules"))) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: join(root, "tools/fuzz"),
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("the counters cannot be installed in tools/fuzz");
}
const code = await instrumentedReaders(root);
let state: Extract<WorkerMessage, { kind: "state" }> | undefined;
let problems = 0;
const kinds = new Set<string>();
const until = Date.now() + Number(values.seconds) * 1000;
for (let round = 0; Date.now() < until; round++) await runWorker(Number(values.seed) + round * 1000);
if (state !== undefined) console.log(`${state.runs} inputs; ${state.branches} of ${state.all} ways of branches; ${state.pool} inputs kept`);
const { user, system } = process.cpuUsage();
console.log(`${problems} problems, in ${Math.round((user + system) / 1e6)} s of CPU`);
process.exitCode = problems === 0 ? 0 : 1;

/** Ends with the time, or with a reader that hangs. */
async function runWorker(seed: number): Promise<void> {
  const shared = new SharedArrayBuffer(8 + 64 * 1024);
  const [counts, bytes] = [new Int32Array(shared, 0, 2), new Uint8Array(shared, 8)];
  const workerData: WorkerInput = { code, seed, shared, only: values.only };
  const worker = new Worker(new URL("fuzz-scan/worker.ts", import.meta.url), { workerData });
  const failed = new Promise<never>((_, reject) => worker.on("error", reject));
  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "state") state = message;
    else if (message.kind === "problem") save(message.name, message.bytes, message.what);
    else if (values.keep !== undefined) write(values.keep, message.name, message.bytes);
  });
  let [last, since] = [-1, Date.now()];
  while (Date.now() < until) {
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 500)), failed]);
    const now = Atomics.load(counts, 1);
    if (now !== last) [last, since] = [now, Date.now()];
    if (now > 0 && Date.now() - since > HANGS_MS) {
      save("hang.bin", bytes.slice(0, Atomics.load(counts, 0)), `hangs for ${HANGS_MS / 1000} s`);
      break;
    }
  }
  await worker.terminate();
}

/** One input of each problem. */
function save(name: string, bytes: Uint8Array, what: string): void {
  const kind = what.replaceAll(/\d+/g, "");
  if (kinds.has(kind)) return;
  kinds.add(kind);
  problems++;
  console.log(`${write(corpus, name, bytes)}: ${what}`);
}

/** The name decides how a file is read: it is part of the name of the kept one. */
function write(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}-${name.replaceAll(/[^\w.-]/g, "_")}`);
  writeFileSync(file, bytes);
  return file;
}
