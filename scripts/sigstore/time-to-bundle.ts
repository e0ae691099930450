// How long it takes from an identity token to a signature, Assay beside the Python reference: whole processes, in
// turn, on a private Sigstore on this machine. By hand: node scripts/sigstore/time-to-bundle.ts [--runs N]
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pythonEnvironment, PYTHON_REFERENCE } from "./peers.ts";
import { startStack, type Stack } from "./stack.ts";
import type { RekorVersion } from "./trust-config.ts";

const ASSAY = fileURLToPath(new URL("../../packages/assay/dist/bin/assay.js", import.meta.url));

const { values } = parseArgs({ options: { runs: { type: "string", default: "10" } } });
await main(Number(values.runs));

async function main(runs: number): Promise<void> {
  const python = pythonEnvironment(PYTHON_REFERENCE);
  const folder = mkdtempSync(join(tmpdir(), "assay-time-to-bundle-"));
  const stack = await startStack();
  try {
    const model = join(folder, "model");
    mkdirSync(model);
    writeFileSync(join(model, "weights.bin"), "weights");
    const print = (line: string): void => void process.stdout.write(`${line}\n`);
    print(`Seconds from token to bundle, median of ${runs} (least, most); ${cpus().length} cores, ${cpus()[0]?.model ?? ""}.\n`);
    print("| Log | Assay | Python reference |\n| --- | --- | --- |");
    for (const rekor of [1, 2] as const) {
      const times = { assay: [] as number[], python: [] as number[] };
      for (let run = 0; run < runs; run++) {
        const job = { stack, model, rekor, signature: join(folder, `${run}.sig`) };
        // The log answers with its checkpoint, once a second: who starts when another has just got one waits longest.
        await sleep(Math.random() * 2000);
        times.assay.push(await timed(process.execPath, [ASSAY, ...(await words(job, "-"))]));
        await sleep(Math.random() * 2000);
        times.python.push(await timed(python, ["-m", "model_signing", ...(await words(job, "_"))]));
      }
      print(`| Rekor ${rekor} | ${spread(times.assay)} | ${spread(times.python)} |`);
    }
  } finally {
    await stack.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Job {
  readonly stack: Stack;
  readonly model: string;
  readonly rekor: RekorVersion;
  readonly signature: string;
}

/** The same command line for both, but for what is between the words of an option. */
async function words({ stack, model, rekor, signature }: Job, between: "-" | "_"): Promise<string[]> {
  const config = stack.trust[rekor].clientTrustConfig;
  const trust = [`--trust${between}config`, config, `--identity${between}token`, await stack.token()];
  return ["sign", "sigstore", model, "--signature", `${signature}${between}`, ...trust];
}

function timed(file: string, given: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, given, { stdio: ["ignore", "ignore", "pipe"], timeout: 120_000 });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) resolve((performance.now() - started) / 1000);
      else reject(new Error(`signing ended with ${status}: ${said.slice(-500)}`));
    });
  });
}

function spread(seconds: readonly number[]): string {
  const sorted = seconds.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return `${median.toFixed(2)} (${sorted[0]?.toFixed(2)}, ${sorted.at(-1)?.toFixed(2)})`;
}
