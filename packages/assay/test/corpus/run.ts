// Runs the public OMS vectors as their config.json says, against the built library, and ends with the counts.
// What must fail must fail for its own reason. Exits non-zero on any failure, and where the vectors are not there.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssayError, diff, inspect, verify, type ManifestContent, type Trust } from "assay";
import { KEYLESS_DIFFERENCES, REFUSALS, type Refusal } from "./expectations.ts";
import { corpusFolder, loadVectors, prepareModel, type Vector } from "./vectors.ts";

const counts = { passed: 0, failed: 0, notInThisRelease: 0 };

try {
  await runAll(corpusFolder());
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  counts.failed += 1;
}
process.stdout.write(
  `${counts.passed} passed, ${counts.failed} failed, ${counts.notInThisRelease} sigstore vectors not verified in this release (bundle, statement and files checked)\n`,
);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

async function runAll(corpus: string): Promise<void> {
  for (const vector of loadVectors(corpus)) {
    const folder = mkdtempSync(join(tmpdir(), "assay-corpus-"));
    try {
      const outcome = await runOne(vector, prepareModel(vector, folder), corpus);
      if (outcome === "passed") counts.passed += 1;
      else counts.notInThisRelease += 1;
      process.stdout.write(`${outcome === "passed" ? "✔" : "–"} ${vector.name}${outcome === "passed" ? "" : `: ${outcome}`}\n`);
    } catch (thrown) {
      counts.failed += 1;
      process.stdout.write(`✘ ${vector.name}\n${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function runOne(vector: Vector, model: string, corpus: string): Promise<string> {
  if (vector.method === "sigstore") {
    await checkKeyless(vector, model);
    return "method sigstore is not in this release: its signer was not verified; bundle, statement and files are as they should be";
  }
  const answer = await verify(model, {
    trust: trustOf(vector, corpus),
    signature: vector.bundle,
    ignorePaths: vector.ignorePaths,
    ignoreUnsignedFiles: vector.ignoreUnsignedFiles,
    cwd: model,
  });
  if (vector.expect === "pass") {
    if (answer.outcome !== "verified") throw answer.error;
    checkSignedFiles(vector, answer.manifest);
    return "passed";
  }
  const refusal = REFUSALS[vector.name];
  assert.ok(refusal !== undefined, "a vector that must fail, and nothing says for which reason");
  assert.equal(answer.outcome, "failed");
  assert.ok(answer.outcome === "failed");
  assert.equal(answer.error.code, refusal.code, answer.error.message);
  checkDifferences(answer.differences, refusal.differences ?? []);
  await checkInspection(vector, refusal);
  return "passed";
}

function trustOf(vector: Vector, corpus: string): Trust {
  if (vector.method === "certificate") {
    return { method: "certificate", certificates: vector.certificates.map((path) => readFileSync(path)) };
  }
  assert.ok(vector.publicKey !== undefined, "the method key, and no key");
  // One vector names a key that the corpus does not hold. Any key serves: the bundle is not for keys at all.
  const isMissing = vector.name === "negative/sigstore-verify-as-key_fail" && !existsSync(vector.publicKey);
  const path = isMissing ? join(corpus, "oms", "assets", "keys", "certificate", "signing-key-pub.pem") : vector.publicKey;
  return { method: "key", publicKey: readFileSync(path) };
}

function checkSignedFiles(vector: Vector, manifest: ManifestContent): void {
  if (vector.signedFiles !== undefined) assert.deepEqual([...manifest.files.keys()].sort(), [...vector.signedFiles].sort());
}

/** Without a signer to trust: the bundle parses, is keyless, lists the signed files, and they are what lies there. */
async function checkKeyless(vector: Vector, model: string): Promise<void> {
  const { method, manifest } = await inspect(vector.bundle);
  assert.equal(method, "sigstore");
  checkSignedFiles(vector, manifest);
  const { differences } = await diff(vector.bundle, model, { ignorePaths: vector.ignorePaths, cwd: model });
  checkDifferences(differences, KEYLESS_DIFFERENCES[vector.name] ?? []);
}

/** Reading a bundle without verifying it must name its fault; where it has none to show, it must be readable. */
async function checkInspection(vector: Vector, refusal: Refusal): Promise<void> {
  const code = await inspect(vector.bundle).then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof AssayError ? thrown.code : thrown),
  );
  assert.equal(code, refusal.inspect);
}

function checkDifferences(found: readonly { kind: string; name: string }[], expected: readonly { kind: string; name: string }[]): void {
  assert.deepEqual(
    found.map(({ kind, name }) => ({ kind, name })),
    expected,
  );
}
