import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { checkFolder, POISON } from "../support/check/checked.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";

const PIN = ["pin", "granite", "--policy", "policy.yml"];
const validate = closedSchema("pin");

async function document(argv: readonly string[], cwd: string) {
  const { exitCode, stdout } = await runHere([...argv, "--json"], cwd);
  const json = JSON.parse(stdout) as { readonly exitCode: number; readonly written: boolean; readonly vanished: readonly string[] };
  assert.ok(validate(json), JSON.stringify(validate.errors));
  assert.equal(json.exitCode, exitCode);
  return json;
}

suite("assay pin", () => {
  test("records a model, which a policy that requires a pin then allows", async () => {
    const { root, policy } = await checkFolder();
    policy("signers: [{ key: { file: ours.pub } }]\npin: required\n");
    const check = ["check", "granite", "--policy", "policy.yml"];
    assert.match((await runHere(check, root)).stdout, /DENY[^]*lock file is missing/);
    const { exitCode, stdout } = await runHere(PIN, root);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✔ Pinned: granite in assay\.lock, allow\n/);
    const verified = await runHere(["verify", "key", "granite", "--public-key", "ours.pub"], root);
    const key = /signer +(key [0-9a-f]{4}…[0-9a-f]{4})\n/.exec(verified.stdout)?.[1] ?? "none";
    const recorded = /fingerprint: "?([0-9a-f]{64})/.exec(readFileSync(join(root, "assay.lock"), "utf8"))?.[1] ?? "none";
    const signer = `Signer ${key}, recorded by the SHA-256 of its DER form: ${recorded}`;
    assert.ok(stdout.replace(/\s+/g, " ").includes(signer), stdout);
    assert.equal((await runHere(check, root)).exitCode, 0);
    assert.match((await runHere(PIN, root)).stdout, /^✔ Unchanged: granite is as in assay\.lock/);
    writeFileSync(join(root, "granite", "more.txt"), "more");
    assert.match((await runHere(check, root)).stdout, /DENY/);
  });

  test("says why it does not, and what by force", async () => {
    const { root, policy } = await checkFolder({ "extra.pkl": POISON });
    policy("load: data-only\n");
    const { exitCode, stdout } = await runHere(PIN, root);
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ Not pinned: granite: the policy denies it by load: /);
    assert.match(stdout, /--force records/);
    const forced = await runHere([...PIN, "--force"], root);
    assert.equal(forced.exitCode, 0);
    assert.match(forced.stdout, /Pinned: granite in assay\.lock, deny, by force/);
    assert.doesNotMatch(forced.stdout, /--force/);
    assert.match(readFileSync(join(root, "assay.lock"), "utf8"), /decision: deny/);
    const other = await runHere([...PIN, "--as", "hf:acme/granite", "--check"], root);
    assert.equal(other.exitCode, 1);
    assert.match(other.stdout, /Changed +was not pinned before\n/);
  });

  test("ends with 3 where the decision could not be told", async () => {
    const { root, policy } = await checkFolder();
    policy("advisories: deny\n");
    const { exitCode, stdout } = await runHere(PIN, root);
    assert.equal(exitCode, 3);
    assert.match(stdout, /Not pinned: granite: the policy could not tell by advisories/);
  });

  test("compares with --check: what differs, and what vanished", async () => {
    const { root, policy } = await checkFolder();
    policy("load: data-only\n");
    await runHere(PIN, root);
    assert.deepEqual((await document([...PIN, "--check"], root)).exitCode, 0);
    assert.match((await runHere([...PIN, "--check"], root)).stdout, /^✔ Up to date: granite is as in assay\.lock/);
    await runHere([...PIN, "--as", "hf:acme/gone"], root);
    const { exitCode, stdout } = await runHere([...PIN, "--check"], root);
    assert.equal(exitCode, 1);
    assert.match(stdout, /Vanished: assay\.lock names what is not among these models\n\s+Name\s+acme\/gone\n/);
    writeFileSync(join(root, "granite", "more.txt"), "more");
    assert.match(
      (await runHere([...PIN, "--check"], root)).stdout,
      /^✘ Differs: granite is not as in assay\.lock\n[^]*Changed +other\s+bytes/,
    );
    assert.equal((await runHere([...PIN, "--check", "--force"], root)).exitCode, 2);
  });

  test("says where a lock file is wrong", async () => {
    const { root, policy } = await checkFolder();
    policy("load: data-only\n");
    writeFileSync(join(root, "assay.lock"), "version: 1\nmodels: []\n");
    const { exitCode, stderr, stdout } = await runHere([...PIN, "--json"], root);
    assert.equal(exitCode, 2);
    assert.match(stdout + stderr, /LOCK_SYNTAX[^]*assay\.lock, line 2, column 9/);
  });

  test("prints the document that its schema describes", async () => {
    const { root, policy } = await checkFolder();
    policy("signers: [{ key: { file: ours.pub } }]\n");
    assert.deepEqual(await document(PIN, root).then(({ exitCode, written }) => [exitCode, written]), [0, true]);
    policy("signers: [{ key: { file: other.pub } }]\n");
    assert.deepEqual(await document(PIN, root).then(({ exitCode, written }) => [exitCode, written]), [1, false]);
  });
});
