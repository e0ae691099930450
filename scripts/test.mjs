// Runs every test file, or those whose paths are given, on all processors, each in a process of its own or with the others of its folder.
// A failed test, a file without a test, and a file that does not end in time make it exit with 1.
// node scripts/test.mjs [--seconds N] [--exhaustive] [path ...]
import { spawn } from "node:child_process";
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MARK } from "./test-reporter.mjs";

/** What the files of these folders load takes longer than what they test: they share a process. */
const TOGETHER =
  "probe encoding formats bundle statement openness report risk catalog core comparison network trust/x509 trust/sigstore trust signing/sigstore signing source hashing oidc roots api files".split(
    " ",
  );
/** Long enough by themselves: beside the rest of their folder, another processor can take them. */
const ALONE = /\/probe\/(?:assess|terms-by-other-name)\.test\.ts$/;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, "node_modules", ".cache", "assay");
const timesFile = join(cache, "test-times.json");

const { values, positionals } = parseArgs({
  options: { seconds: { type: "string", default: "120" }, exhaustive: { type: "boolean", default: false } },
  allowPositionals: true,
});
/** The page's other tests need a browser: npm run test:page. */
const EVERYWHERE = ["packages/{assay,action}/test/**/*.test.ts", "packages/page/test/{bundle,read-pieces}.test.ts"];
const patterns = positionals.length > 0 ? positionals : EVERYWHERE;
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
const queue = jobs().sort((a, b) => expected(b) - expected(a) || (a.name < b.name ? -1 : 1));
let column = 0;
// One more than there are processors: tests wait for servers, terminals and other processes.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, runQueue));

if (column > 0) process.stdout.write("\n");
for (const { name: job, failed, other } of failures) {
  for (const { file, name, line, text } of failed) process.stdout.write(`\n✖ ${file}:${line} ${name}\n${text}\n`);
  if (other.trim() !== "") process.stdout.write(`\n${job} wrote:\n${other.trimEnd()}\n`);
}
if (failures.length > 0) process.stdout.write("\n");
for (const { failed } of failures) for (const { file, name, line } of failed) process.stdout.write(`✖ ${file}:${line} ${name}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
mkdirSync(cache, { recursive: true });
writeFileSync(timesFile, JSON.stringify(times));
process.exitCode = counts.failed > 0 ? 1 : 0;

/** What runs in one process: its files, and the file's or the folder's name. */
function jobs() {
  const folder = (file) => (ALONE.test(file) ? undefined : TOGETHER.find((name) => file.startsWith(`packages/assay/test/${name}/`)));
  const groups = Map.groupBy(files.sort(), (file) => folder(file) ?? file);
  return [...groups].map(([name, members]) => ({ name, members }));
}

/** Milliseconds that it took the last time; a guess by the size of its files where it has not run here. */
function expected({ name, members }) {
  return times[name] ?? members.reduce((bytes, file) => bytes + statSync(join(root, file)).size, 0) / 5;
}

async function runQueue() {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    const { tests, fault, other, milliseconds } = await run(job);
    times[job.name] = milliseconds;
    const failed = tests.filter(({ outcome }) => outcome === "failed");
    if (fault !== undefined && failed.length === 0) failed.push({ file: job.name, name: fault, line: 0, text: "" });
    const others = tests.filter(({ outcome }) => outcome !== "failed");
    for (const { outcome } of others) counts[outcome] += 1;
    counts.failed += failed.length;
    if (failed.length > 0) failures.push({ name: job.name, failed, other });
    dots(others.length, failed.length);
  }
}

/** Whether the file tries a sample of its cases, and all of them only when asked. */
function hasMoreToTry(file) {
  return readFileSync(join(root, file), "utf8").includes("/support/effort.ts");
}

/** The tests of a process, what is wrong with the process itself, and what it wrote. */
function run({ members }) {
  const started = performance.now();
  const seconds = Number(values.seconds) + 20 * (members.length - 1);
  const entry = members.length > 1 ? [join(root, "scripts", "test-together.mjs")] : [];
  const child = spawn(process.execPath, [`--test-reporter=${join(root, "scripts", "test-reporter.mjs")}`, ...entry, ...members], {
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
  }, seconds * 1000);
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
        ? `did not end within ${seconds} s`
        : code !== 0
          ? `ended with ${code === null ? signal : `exit code ${code}`}`
          : withoutTest(members, tests);
      resolve({ tests, fault, other, milliseconds: Math.round(performance.now() - started) });
    });
  });
}

/** Of several files each must have a test; one file may have all its tests from a helper. */
function withoutTest(members, tests) {
  const silent =
    members.length === 1 ? (tests.length === 0 ? members : []) : members.filter((name) => !tests.some(({ file }) => file === name));
  return silent.length > 0 ? `no test ran in ${silent.join(", ")}` : undefined;
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
