// Runs the public OMS vectors as their config.json says, against the built library, and the public evaluations of
// openness, and ends with the counts.
// What must fail must fail for its own reason. Exits non-zero on any failure, and where the vectors are not there.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssayError, findTrust, inspect, verify, type ManifestContent, type Trust } from "assay";
import { REFUSALS, type Refusal } from "./expectations.ts";
import { catalogStaleness } from "../support/openness/expected-models.ts";
import { runAgreements } from "./agreements.ts";
import { runLicenseTexts } from "./license-texts.ts";
import { runOpenness } from "./openness.ts";
import { verifyPrivateBundles } from "./private-instance.ts";
import { corpusFolder, loadVectors, prepareModel, type Vector } from "./vectors.ts";

const counts = { passed: 0, failed: 0 };

try {
  const corpus = corpusFolder();
  for (const vector of loadVectors(corpus)) {
    const folder = mkdtempSync(join(tmpdir(), "assay-corpus-"));
    try {
      await report(vector.name, () => runOne(vector, prepareModel(vector, folder), corpus));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  await verifyPrivateBundles(corpus, report);
  await runLicenseTexts(report);
  await runAgreements(report);
  const openness = runOpenness(corpus, (text) => process.stdout.write(text));
  counts.passed += openness.passed;
  counts.failed += openness.failed;
  await report("the public evaluations that ship are those of the corpus", () => {
    assert.deepEqual(catalogStaleness(join(corpus, "mof", "models")), []);
    return Promise.resolve();
  });
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  counts.failed += 1;
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

async function report(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    counts.passed += 1;
    process.stdout.write(`✔ ${name}\n`);
  } catch (thrown) {
    counts.failed += 1;
    process.stdout.write(`✘ ${name}\n${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  }
}

async function runOne(vector: Vector, model: string, corpus: string): Promise<void> {
  const answer = await verify(model, {
    trust: await trustOf(vector, corpus),
    signature: vector.bundle,
    ignorePaths: vector.ignorePaths,
    ignoreUnsignedFiles: vector.ignoreUnsignedFiles,
    cwd: model,
  });
  if (vector.expect === "pass") {
    if (answer.outcome !== "verified") throw answer.error;
    checkSignedFiles(vector, answer.manifest);
    return;
  }
  const refusal = REFUSALS[vector.name];
  assert.ok(refusal !== undefined, "a vector that must fail, and nothing says for which reason");
  assert.equal(answer.outcome, "failed");
  assert.ok(answer.outcome === "failed");
  assert.equal(answer.error.code, refusal.code, answer.error.message);
  checkDifferences(answer.differences, refusal.differences ?? []);
  await checkInspection(vector, refusal);
}

/** Keyless vectors are of the public instance: the root that ships must do, without asking anybody. */
async function trustOf(vector: Vector, corpus: string): Promise<Trust> {
  if (vector.method === "sigstore") {
    const { material } = await findTrust({ offline: true, now: new Date() });
    return { method: "sigstore", material, identity: vector.identity, identityProvider: vector.identityProvider };
  }
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
