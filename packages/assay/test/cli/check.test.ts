import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { checkFolder, type CheckFolder } from "../support/check/checked.ts";
import { assay } from "../support/cli/command.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";

const SIGNED = "signers: [{ key: { file: ours.pub }, name: us }]\nload: data-only\n";

async function checkJson({ root }: CheckFolder, ...argv: readonly string[]): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await assay(["check", ...argv, "--json"], { cwd: root });
  const document = JSON.parse(stdout || stderr) as Record<string, unknown> & { schema: string; exitCode: number };
  const validate = closedSchema(document.schema.split(":")[3] ?? "");
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
  assert.equal(document.exitCode, exitCode);
  return document;
}

suite("assay check", () => {
  test("prints the decision first, then every rule with what it rests on", async () => {
    const folder = await checkFolder();
    const { exitCode, stdout } = await assay(["check", "granite", "--policy", folder.policy(SIGNED)], { cwd: folder.root });
    assert.equal(exitCode, 0);
    const lines = stdout.split("\n");
    assert.equal(lines[0], "✔ ALLOW: granite: 3 of 3 rules pass");
    assert.match(lines[2] ?? "", /^ {2}Model {7}sha256:[0-9a-f]{64}, 4 files$/);
    assert.deepEqual(lines.slice(4, 7), [
      "  pass      signers     signed by us",
      "  pass      coverage    every file is signed",
      "  pass      load        only data",
    ]);
  });

  test("names the rule that decided, and what would settle it", async () => {
    const folder = await checkFolder();
    rmSync(join(folder.model, "model.sig"));
    const { exitCode, stdout } = await assay(["check", "granite", "--policy", folder.policy(SIGNED)], { cwd: folder.root });
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ DENY: granite by signers: the model has no signature\n/);
    assert.match(stdout, /\n {2}→ signers: /);
  });

  test("has a document for one model, one for several, and one for a wrong question, which says where it is wrong", async () => {
    const folder = await checkFolder();
    cpSync(folder.model, join(folder.root, "unsigned"), { recursive: true });
    rmSync(join(folder.root, "unsigned/model.sig"));
    cpSync(folder.model, join(folder.root, "odd"), { recursive: true });
    const policy = folder.policy(SIGNED);
    const one = await checkJson(folder, "granite", "--policy", policy);
    assert.deepEqual([one["decision"], one["decidedBy"], one["error"]], ["allow", null, null]);
    const several = await checkJson(folder, "granite", "unsigned", "--policy", policy);
    assert.deepEqual([several["decision"], (several["models"] as unknown[]).length], ["deny", 2]);
    writeFileSync(join(folder.root, "wrong.yml"), "version: 1\nname: x\nmodels:\n  - match: { name: 7 }\n    rules: { load: data-only }\n");
    const wrong = await checkJson(folder, "granite", "--policy", "wrong.yml");
    assert.deepEqual((wrong["error"] as { details: unknown }).details, { file: "wrong.yml", line: 4, column: 20 });
  });

  test("of several models, deny counts before incomplete, and a wrong question before both", async () => {
    const folder = await checkFolder();
    const policy = folder.policy("load: data-only\n");
    writeFileSync(join(folder.root, "odd.xyz"), Buffer.from([1, 2, 0, 3]));
    const { exitCode } = await assay(["check", "granite", "odd.xyz", "--policy", policy], { cwd: folder.root });
    assert.equal(exitCode, 3);
    writeFileSync(join(folder.root, "evil.pkl"), (await import("../support/check/checked.ts")).POISON);
    assert.equal((await assay(["check", "odd.xyz", "evil.pkl", "--policy", policy], { cwd: folder.root })).exitCode, 1);
    assert.equal((await assay(["check", "evil.pkl", "none", "--policy", policy], { cwd: folder.root })).exitCode, 2);
    for (const option of ["as", "signature", "lock"]) {
      const { exitCode: wrong, stderr } = await assay(["check", "granite", "odd.xyz", "--policy", policy, `--${option}`, "x"], {
        cwd: folder.root,
      });
      assert.deepEqual([wrong, stderr.includes(`--${option} is about one model`)], [2, true], stderr);
    }
  });

  test("--fail-on-warn denies what was a warning", async () => {
    const folder = await checkFolder();
    const policy = folder.policy("formats: { allow: [GGUF], on-fail: warn }\n");
    const warned = await assay(["check", "granite", "--policy", policy], { cwd: folder.root });
    assert.deepEqual([warned.exitCode, warned.stdout.split("\n")[0]], [0, "✔ ALLOW: granite: 0 of 1 rule passes, 1 warning"]);
    assert.equal((await assay(["check", "granite", "--policy", policy, "--fail-on-warn"], { cwd: folder.root })).exitCode, 1);
  });

  test("--at decides for another moment", async () => {
    const folder = await checkFolder();
    const policy = folder.policy("signers: [{ key: { file: ours.pub }, valid-until: 2027-06-30 }]\n");
    const at = async (time: string): Promise<number | null> =>
      (await assay(["check", "granite", "--policy", policy, "--at", time], { cwd: folder.root })).exitCode;
    assert.deepEqual(
      [await at("2027-06-30T23:59:59Z"), await at("2027-07-01T00:00:00Z"), await at("2027-07-01T01:00:00+02:00")],
      [0, 1, 0],
    );
    for (const wrong of ["2027-02-30T00:00:00Z", "2027-06-30", "24:00", "2027-06-30T24:00:00Z"]) assert.equal(await at(wrong), 2, wrong);
  });

  test("--redact leaves no path, user or host name in any output", async () => {
    const folder = await checkFolder();
    const policy = folder.policy(`${SIGNED}pin: required\nadvisories: { from: [advisories] }\n`);
    const telling = [folder.root, "granite", "policy.yml", "ours.pub", homedir(), hostname(), userInfo().username].filter(
      // A name that is a word of every answer tells nothing.
      (text) => text.length > 4,
    );
    for (const more of [[], ["--json"], ["--verbose"]]) {
      const { stdout, stderr } = await assay(["check", "granite", "--policy", policy, "--redact", ...more], { cwd: folder.root });
      assert.match(stdout, /DENY|deny/);
      for (const text of telling) assert.ok(!`${stdout}${stderr}`.includes(text), `${text} in ${stdout}`);
    }
    const named = await assay(["check", "granite", "--policy", policy, "--redact", "--as", "hf:a/b"], { cwd: folder.root });
    assert.match(named.stdout, /^✘ DENY: hf:a\/b /);
  });

  test("--record leaves what policy test decides by again, with what no rule asked for too", async () => {
    const folder = await checkFolder();
    const policy = folder.policy(SIGNED);
    mkdirSync(join(folder.root, "cases/clean"), { recursive: true });
    const record = ["check", "granite", "--policy", policy, "--record", "cases/clean/facts.json"];
    assert.equal((await assay(record, { cwd: folder.root })).exitCode, 0);
    assert.equal((await assay(record, { cwd: folder.root })).exitCode, 0, "an older record is replaced");
    writeFileSync(join(folder.root, "cases/clean/expected.json"), '{ "decision": "allow", "rules": { "entry.signers": "pass" } }');
    const { exitCode, stdout } = await assay(["policy", "test", "cases", "--policy", policy], { cwd: folder.root });
    assert.equal(exitCode, 0, stdout);
    const other = folder.policy("license: [MIT]\n");
    assert.match((await assay(["policy", "test", "cases", "--policy", other], { cwd: folder.root })).stdout, /LICENSE_OTHER|deny/);
    writeFileSync(join(folder.root, "notes.txt"), "mine");
    const over = await assay(["check", "granite", "--policy", policy, "--record", "notes.txt"], { cwd: folder.root });
    assert.equal(over.exitCode, 2, over.stderr);
  });

  test("the same question has the same answer, byte for byte", async () => {
    const folder = await checkFolder();
    const argv = ["check", "granite", "--policy", folder.policy(SIGNED), "--at", "2026-12-01T00:00:00Z", "--json"];
    const [first, second] = [await assay(argv, { cwd: folder.root }), await assay(argv, { cwd: folder.root })];
    assert.equal(first.stdout, second.stdout);
  });
});
