// Runs every test, or those whose paths are given, and exits non-zero without any.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

const patterns = process.argv.slice(2);
const files = patterns.length > 0 ? patterns.flatMap((pattern) => globSync(pattern)) : globSync("packages/assay/test/**/*.test.ts");
if (files.length === 0) {
  process.stderr.write("no test files found\n");
  process.exit(1);
}
// What is named by path may talk to real servers, and builds or downloads them first.
const seconds = patterns.length > 0 ? 900 : 180;
const { status } = spawnSync(
  process.execPath,
  ["--test", "--test-concurrency=2", "--import=./scripts/time-limit.mjs", "--test-reporter=./scripts/reporter.mjs", ...files.sort()],
  { stdio: "inherit", env: { ...process.env, ASSAY_TEST_SECONDS: String(seconds) } },
);
process.exit(status ?? 1);
