// Assay against the real servers: Fulcio, Rekor 1 and 2, a timestamp authority, a CT log and an identity provider,
// built and started here, and against the Python reference. Run by `npm run test:sigstore`; needs Go and Python 3.
// Ends with the counts, and exits non-zero on any failure, or where something that it needs is not there.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildServers } from "../../../../../scripts/sigstore/build.ts";
import { PYTHON_REFERENCE, pythonEnvironment } from "../../../../../scripts/sigstore/peers.ts";
import { startStack } from "../../../../../scripts/sigstore/stack.ts";
import { failures } from "./failures.ts";
import { keyAndCertificate } from "./key-and-certificate.ts";
import { keyless } from "./keyless.ts";
import { login } from "./login.ts";
import { offline } from "./offline.ts";
import { run } from "./outcome.ts";
import { Scene, type Case } from "./scene.ts";
import { stackEnds } from "./stack-ends.ts";
import { trustInit } from "./trust-init.ts";

const counts = { passed: 0, failed: 0 };
const only = process.argv[2] ?? "";

const saysNoSecret: Case = {
  name: "prints no token in any of its outputs",
  check: (scene) => {
    const leaks = scene.leaks();
    if (leaks.length > 0) throw new Error(`printed: ${leaks.join("\n")}`);
    if (scene.printedCount === 0) throw new Error("nothing was printed at all");
    return Promise.resolve();
  },
};

try {
  await runAll();
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  counts.failed += 1;
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

async function runAll(): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  buildServers(undefined, say);
  const python = pythonEnvironment(PYTHON_REFERENCE);
  await requireCutOff();
  const folder = mkdtempSync(join(tmpdir(), "assay-real-sigstore-"));
  const stack = await startStack({ folder: join(folder, "stack") });
  try {
    const scene = new Scene(stack, folder, python);
    for (const tried of [...keyless(1), ...keyless(2), ...trustInit, ...login, ...keyAndCertificate, ...failures])
      await runOne(tried, scene);
    await stack.end();
    for (const tried of stackEnds) await runOne(tried, scene);
    for (const tried of offline) await runOne(tried, scene);
    await runOne(saysNoSecret, scene);
  } finally {
    await stack.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOne({ name, check }: Case, scene: Scene): Promise<void> {
  if (!name.includes(only)) return;
  const started = performance.now();
  try {
    await check(scene);
    counts.passed += 1;
    process.stdout.write(`✔ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  } catch (thrown) {
    counts.failed += 1;
    process.stdout.write(`✘ ${name}\n${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  }
}

/** The offline cases prove nothing on a machine that could have used a network. */
async function requireCutOff(): Promise<void> {
  const { status, stderr } = await run("unshare", ["--net", "--", "true"]).catch((error: Error) => ({ status: -1, stderr: error.message }));
  if (status === 0) return;
  throw new Error(`verifying without any network is tested in a network namespace of its own, which takes root on Linux: ${stderr.trim()}`);
}
