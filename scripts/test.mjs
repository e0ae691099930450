// Runs every test file, or those whose paths are given, each in a process of its own, on all processors.
// A failed test, a file without a test, and a file that does not end in time make it exit with 1.
// node scripts/test.mjs [--seconds N] [--exhaustive] [path ...]
import { spawn } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MARK } from "./test-reporter.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, "node_modules", ".cache", "assay");
const timesFile = join(cache, "test-times.json");

const { values, positionals } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, exhaustive: { type: "boolean", default: false } },
  allowPositionals: true,
});
const limit = Number(values.seconds) * 1000;
const patterns = positionals.length > 0 ? positionals : ["packages/assay/test/**/*.test.ts"];
const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).filter((file) => !values.exhaustive || hasMoreToTry(file));
if (files.length === 0) {
  process.stderr.write("no test files found\n");
  process.exit(1);
}

const running = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    for (const child of running) stop(child);
    process.exit(130);
  });
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const times = readTimes();
// The longest first, so that no processor is left with one at the end.
const queue = files.sort((a, b) => (times[b] ?? Infinity) - (times[a] ?? Infinity) || (a < b ? -1 : 1));
let column = 0;
await Promise.all(Array.from({ length: availableParallelism() }, runQueue));

if (column > 0) process.stdout.write("\n");
for (const { file, failed, other } of failures) {
  for (const { name, line, text } of failed) process.stdout.write(`\n✖ ${file}:${line} ${name}\n${text}\n`);
  if (other.trim() !== "") process.stdout.write(`\n${file} wrote:\n${other.trimEnd()}\n`);
}
if (failures.length > 0) process.stdout.write("\n");
for (const { file, failed } of failures) for (const { name, line } of failed) process.stdout.write(`✖ ${file}:${line} ${name}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
mkdirSync(cache, { recursive: true });
writeFileSync(timesFile, JSON.stringify(times));
process.exitCode = counts.failed > 0 ? 1 : 0;

async function runQueue() {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const { tests, fault, other, milliseconds } = await runFile(file);
    times[file] = milliseconds;
    const failed = tests.filter(({ outcome }) => outcome === "failed");
    if (fault !== undefined && failed.length === 0) failed.push({ name: fault, line: 0, text: "" });
    const others = tests.filter(({ outcome }) => outcome !== "failed");
    for (const { outcome } of others) counts[outcome] += 1;
    counts.failed += failed.length;
    if (failed.length > 0) failures.push({ file, failed, other });
    dots(others.length, failed.length);
  }
}

/** Whether the file tries a sample of its cases, and all of them only when asked. */
function hasMoreToTry(file) {
  return readFileSync(join(root, file), "utf8").includes("/support/effort.ts");
}

/** The file's tests, what is wrong with the file itself, and what it wrote. */
function runFile(file) {
  const started = performance.now();
  const child = spawn(process.execPath, [`--test-reporter=${join(root, "scripts", "test-reporter.mjs")}`, file], {
    cwd: root,
    // A group of its own: what the file starts is stopped with it.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(cache, "compiled"), ...(values.exhaustive ? { ASSAY_EXHAUSTIVE: "1" } : {}) },
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop(child);
  }, limit);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => stop(child));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      const lines = output.split("\n");
      const tests = lines.filter((line) => line.startsWith(MARK)).map((line) => JSON.parse(line.slice(MARK.length)));
      const other = lines.filter((line) => !line.startsWith(MARK)).join("\n");
      const fault = isLate
        ? `it did not end within ${limit / 1000} s`
        : code !== 0
          ? `it ended with ${code === null ? signal : `exit code ${code}`}`
          : tests.length === 0
            ? "it has no test"
            : undefined;
      resolve({ tests, fault, other, milliseconds: Math.round(performance.now() - started) });
    });
  });
}

function stop(child) {
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of the group runs any more.
  }
}

function dots(passed, failed) {
  for (const dot of ".".repeat(passed) + "X".repeat(failed)) {
    process.stdout.write(dot);
    column += 1;
    if (column === 100) process.stdout.write("\n");
    column %= 100;
  }
}

function readTimes() {
  try {
    return JSON.parse(readFileSync(timesFile, "utf8"));
  } catch {
    return {};
  }
}
