// Compares `assay openness` with what a person read in public repositories, component by component.
// Usage: node scripts/openness-readings.ts SNAPSHOTS [--absent OWNER/NAME]... [--readings PATH] [--floors A,B,C,D,E]
// SNAPSHOTS, or ASSAY_SNAPSHOTS, is a folder with OWNER+NAME/repo, a git directory that has the commit of the reading.
// Exits non-zero below a floor, and where a repository is absent whose absence was not accepted.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkOut } from "./openness-readings/checkout.ts";
import { compare, noCounts, ratesOf, type Answer, type Rates } from "./openness-readings/compare.ts";
import { loadReadings } from "./openness-readings/reading.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    absent: { type: "string", multiple: true, default: [] },
    readings: { type: "string", default: join(root, "packages/assay/test/corpus/openness-readings") },
    floors: { type: "string", default: "0.95,0.90,0.90,0.85,0.95" },
  },
});
const snapshots = positionals[0] ?? process.env["ASSAY_SNAPSHOTS"];
if (snapshots === undefined) {
  process.stderr.write("usage: npm run test:openness -- SNAPSHOTS\nSNAPSHOTS is a folder with OWNER+NAME/repo, a git directory.\n");
  process.exit(2);
}

const all = noCounts();
const absent: string[] = [];
const seconds: number[] = [];
let broken = 0;
process.stdout.write("| Repository | Right | Found | Claimed | Licenses | Seconds |\n|---|---|---|---|---|---|\n");
const details: string[] = [];
for (const reading of loadReadings(values.readings)) {
  const folder = mkdtempSync(join(tmpdir(), "assay-reading-"));
  try {
    const model = join(folder, reading.repo.replace(/^.*\//, ""));
    if (checkOut(snapshots, reading, model) === undefined) {
      absent.push(reading.repo);
      continue;
    }
    const { answer, took } = ask(model);
    if (answer === undefined) {
      broken += 1;
      details.push(`${reading.repo}: no answer`);
      continue;
    }
    seconds.push(took);
    const counts = noCounts();
    for (const difference of compare(reading, answer, counts)) details.push(`${reading.repo}: ${difference}`);
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) all[key] += counts[key];
    const cells = [
      reading.repo,
      `${counts.right} of ${counts.right + counts.wrong}`,
      `${counts.foundRight} right, ${counts.foundWrong} wrong, ${counts.foundMissed} missed`,
      `${counts.claimedRight} right, ${counts.claimedWrong} wrong, ${counts.claimedMissed} missed`,
      `${counts.licenseRight} of ${counts.licenseRight + counts.licenseWrong}`,
      took.toFixed(2),
    ];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rates = ratesOf(all);
const mean = seconds.reduce((sum, one) => sum + one, 0) / Math.max(1, seconds.length);
process.stdout.write(`\n${details.join("\n")}\n\n`);
for (const repo of absent) process.stdout.write(`absent: ${repo}${values.absent.includes(repo) ? ", as accepted" : ""}\n`);
process.stdout.write(`right ${all.right} of ${all.right + all.wrong}, ${all.foundWrong} wrong yes; ${inWords(rates)}\n`);
process.stdout.write(`${seconds.length} repositories, mean ${mean.toFixed(2)} s, worst ${Math.max(0, ...seconds).toFixed(2)} s\n`);

const floors = values.floors.split(",").map(Number);
const isBelow = Object.values(rates).some((rate, index) => !(rate >= (floors[index] ?? 1)));
const isUnaccepted = absent.some((repo) => !values.absent.includes(repo));
process.exitCode = isBelow || isUnaccepted || broken > 0 || seconds.length === 0 ? 1 : 0;

function ask(model: string): { readonly answer: Answer | undefined; readonly took: number } {
  const start = performance.now();
  const { stdout } = spawnSync(process.execPath, [join(root, "packages/assay/dist/bin/assay.js"), "openness", model, "--json"], {
    maxBuffer: 2 ** 28,
  });
  const took = (performance.now() - start) / 1000;
  try {
    const answer = JSON.parse(stdout.toString()) as Answer | Answer[];
    return { answer: Array.isArray(answer) ? answer[0] : answer, took };
  } catch {
    return { answer: undefined, took };
  }
}

function inWords({ foundPrecision, foundRecall, claimedPrecision, claimedRecall, license }: Rates): string {
  const three = (rate: number): string => rate.toFixed(3);
  return `found: precision ${three(foundPrecision)}, recall ${three(foundRecall)}; claimed: ${three(claimedPrecision)}, ${three(claimedRecall)}; licenses ${three(license)}`;
}
