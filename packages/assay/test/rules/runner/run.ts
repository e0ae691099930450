// Breaks the rules of the tables one at a time, in private copies of the source, and sees that a test fails each time.
// A rule without which its test stays green, hangs, or ends in anything but a failed test makes the run fail; so does an
// entry whose text is not found once, does not compile when replaced, or whose test file is red by itself.
// Rules that were held before, by the same files, are not tried again: with --fresh, all are.
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { faultOfEntry, rulesNamedTwice } from "./check-entries.ts";
import { rulesThatDoNotCompile } from "./compile-check.ts";
import { PrivateCopy } from "./private-copy.ts";
import { stopAll } from "./run-program.ts";
import { runTestFile, type TestRun } from "./run-test-file.ts";
import { loadTables, selectRules, type NamedRule } from "./tables.ts";
import { VerdictCache } from "./verdict-cache.ts";

const BASELINE_LIMIT = 60_000;
/** Longer than what tests give to work that must not hang (without-hanging.ts). */
const LIMIT = 30_000;

const isFresh = process.argv.includes("--fresh");
const wanted = process.argv.slice(2).find((word) => word !== "--fresh");
const everyRule = await loadTables();
const rules = selectRules(everyRule, wanted);
if (rules.length === 0) {
  const areas = [...new Set(everyRule.map(({ area }) => area))].join(", ");
  process.stderr.write(`${wanted === undefined ? "the tables are empty" : `no area or rule ${JSON.stringify(wanted)}`}; areas: ${areas}\n`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "assay-rules-"));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopAll();
    remove();
    process.exit(130);
  });
}
process.on("exit", remove);

const faults = new Map<NamedRule, string>();
const copies = Array.from({ length: availableParallelism() }, (_, index) => new PrivateCopy(join(folder, String(index))));
const checked = new PrivateCopy(join(folder, "compiled"));

for (const rule of rules) {
  const fault = faultOfEntry(rule, checked);
  if (fault !== undefined) faults.set(rule, fault);
}
for (const rule of rulesNamedTwice(rules)) faults.set(rule, "another rule of the area has the same name");

const cache = new VerdictCache(checked);
const keys = new Map(rules.filter((rule) => !faults.has(rule)).map((rule) => [rule, cache.keyOf(rule)]));
const held = new Set([...keys].filter(([, key]) => !isFresh && cache.has(key)).map(([rule]) => rule));
const toTry = rules.filter((rule) => !held.has(rule));
const whole = toTry.filter((rule) => !faults.has(rule));
const baselines = new Map<string, TestRun>();
const [doNotCompile] = await Promise.all([
  whole.length === 0 ? new Map<NamedRule, string>() : rulesThatDoNotCompile(whole, checked),
  shareOut([...new Set(whole.map(({ test }) => test))], async (test, copy) => {
    baselines.set(test, await runTestFile(test, copy, BASELINE_LIMIT));
  }),
]);
for (const [rule, fault] of doNotCompile) faults.set(rule, fault);

await shareOut(toTry, async (rule, copy) => {
  const fault = faults.get(rule) ?? (await faultWithoutRule(rule, copy));
  const key = keys.get(rule);
  if (fault !== undefined) faults.set(rule, fault);
  else if (key !== undefined) cache.keep(key, `${rule.area}: ${rule.rule}`);
  process.stdout.write(`${fault === undefined ? "✔" : "✖"} ${rule.area}: ${rule.rule}\n`);
});

if (faults.size > 0) process.stdout.write("\n");
for (const [rule, fault] of faults) process.stdout.write(`✖ ${rule.area}: ${rule.rule}\n  ${rule.file}, ${rule.test}: ${fault}\n`);
cache.forgetOld();
process.stdout.write(
  `${rules.length} rules: ${rules.length - faults.size} held by a test, ${faults.size} not; ${held.size} taken from the cache, ${toTry.length} tried\n`,
);
process.exitCode = faults.size === 0 ? 0 : 1;

/** What is wrong with the rule's test, or undefined where it fails as it must once the rule is gone. */
async function faultWithoutRule(rule: NamedRule, copy: PrivateCopy): Promise<string | undefined> {
  const baseline = baselines.get(rule.test);
  if (baseline?.kind !== "green") return `the test file is not green by itself: ${describe(baseline)}`;
  const limit = LIMIT + 5 * baseline.milliseconds;
  const run = await copy.withoutRule(rule, () => runTestFile(rule.test, copy, limit));
  if (run.kind === "red") return undefined;
  if (run.kind === "green") return "it survives: the test file stays green without the rule";
  return `the test file must fail in a test, but: ${describe(run)}`;
}

function describe(run: TestRun | undefined): string {
  if (run === undefined) return "it did not run";
  if (run.kind === "red") return `failed: ${run.failed}`;
  if (run.kind === "late") return `it did not end within ${run.limit / 1000} s`;
  if (run.kind === "broken") return `it ended outside a test: ${run.output.trim().split("\n").slice(0, 12).join("\n    ")}`;
  return "green";
}

/** Gives each copy the next item as soon as it has done with the one before. */
async function shareOut<Item>(items: readonly Item[], work: (item: Item, copy: PrivateCopy) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    copies.map(async (copy) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, copy);
    }),
  );
}

function remove(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
