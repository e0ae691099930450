import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { suite, test } from "node:test";
import { checkFolder, POISON } from "../../assay/test/support/check/checked.ts";
import { writeFiles } from "../../assay/test/support/models/on-disk.ts";
import { workFolder } from "../../assay/test/support/cli/command.ts";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { runStepHere } from "./support/runner.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";
suite("a step that checks a model", () => {
  test("ends with 0 for a yes, with outputs and the report in the summary", async () => {
    const { root, policy } = await checkFolder();
    const step = await runStepHere(root, { command: "check", model: "granite", policy: policy(SIGNED) });
    assert.equal(step.exitCode, 0, step.log);
    assert.equal(step.outputs.get("decision"), "allow");
    assert.equal(step.outputs.get("exit-code"), "0");
    assert.match(step.outputs.get("digest") ?? "", /^sha256:[0-9a-f]{64}$/);
    assert.match(step.summary, /^## ✔ ALLOW: `granite`\n/);
    assert.equal(readFileSync(step.outputs.get("report") ?? "", "utf8"), step.summary);
    assert.equal((JSON.parse(readFileSync(step.outputs.get("result") ?? "", "utf8")) as { decision: string }).decision, "allow");
    assert.deepEqual(step.commands, []);
  });

  test("fails for a model with other bytes than were signed, and names the file and the rule", async () => {
    const { root, model, policy } = await checkFolder();
    writeFileSync(join(model, "config.json"), '{ "model_type": "llama", "auto_map": { "AutoModel": "x.Y" } }\n');
    const step = await runStepHere(root, { command: "check", model: "granite", policy: policy(`${SIGNED}load: data-only\n`) });
    assert.equal(step.exitCode, 1, step.log);
    assert.equal(step.outputs.get("decision"), "deny");
    assert.match(step.summary, /^## ✘ DENY: `granite`\n/);
    assert.match(step.summary, /\n- `config\.json`\n/);
    assert.deepEqual(step.commands.map(({ name, properties }) => `${name} ${properties}`).toSorted(), [
      "error title=Assay%3A granite%2C deny by load,file=policy.yml,line=8,col=7",
      "error title=Assay%3A granite%2C deny by signers,file=policy.yml,line=7,col=7",
    ]);
  });

  test("has one table for several models, and the digest of each", async () => {
    const { root, policy } = await checkFolder();
    writeFiles(join(root, "other"), { "pytorch_model.bin": POISON });
    const step = await runStepHere(root, { command: "check", model: "granite\nother", policy: policy("load: data-only\n") });
    assert.equal(step.exitCode, 1);
    assert.equal(step.outputs.get("decision"), "deny");
    assert.equal(step.outputs.get("digest")?.split("\n").length, 2);
    assert.match(step.summary, /^## ✘ DENY: 2 models, 1 DENY, 1 ALLOW\n/);
  });

  test("points at the line of a policy that is wrong", async () => {
    const { root, policy } = await checkFolder();
    const step = await runStepHere(root, { command: "check", model: "granite", policy: policy("lood: any\n") });
    assert.equal(step.exitCode, 2);
    assert.equal(step.outputs.get("exit-code"), "2");
    assert.match(step.commands[0]?.properties ?? "", /,file=policy\.yml,line=7,col=\d+$/);
    assert.match(step.commands[0]?.message ?? "", /lood/);
    const inside = await runStepHere(dirname(root), {
      command: "check",
      model: "granite",
      policy: "policy.yml",
      "working-directory": basename(root),
    });
    assert.ok((inside.commands[0]?.properties ?? "").includes(`,file=${basename(root)}/policy.yml,line=7,`), inside.log);
  });

  test("writes evidence and the page for reviewers where inputs name them", async () => {
    const { root, policy } = await checkFolder();
    const inputs = { command: "check", model: "granite", policy: policy(SIGNED), evidence: "kept", html: "report.html", redact: "true" };
    const step = await runStepHere(root, inputs);
    assert.equal(step.exitCode, 0, step.log);
    assert.ok(existsSync(join(root, "report.html")) && existsSync(join(root, "kept")));
  });
});

suite("other steps", () => {
  test("sign with a key, and verify it", async () => {
    const root = workFolder();
    const signed = await runStepHere(root, {
      command: "sign key",
      model: "granite",
      "private-key": "key.pem",
      signature: "granite/model.sig",
    });
    assert.equal(signed.exitCode, 0, signed.log);
    assert.equal(signed.outputs.get("signature"), join(root, "granite/model.sig"));
    assert.match(signed.summary, /^## ✔ Signed: `granite`\n/);
    const verify = { command: "verify key", model: "granite", "public-key": "key.pub" };
    const verified = await runStepHere(root, verify);
    assert.equal(verified.exitCode, 0, verified.log);
    assert.equal(verified.outputs.get("outcome"), "verified");
    assert.equal(verified.outputs.get("digest"), signed.outputs.get("digest"));

    writeFileSync(join(root, "granite/config.json"), "{ }");
    const failed = await runStepHere(root, verify);
    assert.equal(failed.exitCode, 1);
    assert.equal(failed.outputs.get("outcome"), "failed");
    assert.equal(failed.outputs.get("digest"), undefined);
    assert.match(failed.summary, /^## ✘ Not verified: `granite`\n[^]*\n- changed: `config\.json`, signed `sha256:/);
    assert.equal(failed.commands.length, 1);
  });

  test("scan, with the findings as SARIF and at their files", async () => {
    const root = temporaryFolder();
    writeFiles(join(root, "model"), { "pytorch_model.bin": POISON });
    const step = await runStepHere(root, { command: "scan", model: "model", sarif: "scan.sarif" });
    assert.equal(step.exitCode, 1, step.log);
    assert.equal(step.outputs.get("outcome"), "code");
    assert.match(step.summary, /^## ✘ Runs code: `model`\n[^]*\n- \*\*code\*\* `pytorch_model\.bin` \(byte \d+\) calls /);
    assert.match(step.commands[0]?.properties ?? "", /file=model\/pytorch_model\.bin$/);
    assert.match(readFileSync(join(root, "scan.sarif"), "utf8"), /"name": "Assay"/);
  });

  test("openness, with a required class", async () => {
    const { root } = await checkFolder();
    const step = await runStepHere(root, { command: "openness", model: "granite", "require-class": "3" });
    assert.equal(step.exitCode, 1, step.log);
    assert.equal(step.outputs.get("class"), "none");
    assert.match(step.summary, /^## ✘ no class yet: `granite`\n\n\*\*Class III is required\.\*\*\n/);
    assert.equal(step.commands.length, 1);
  });

  test("work in another folder, and leave summary and annotations away where asked", async () => {
    const root = temporaryFolder();
    writeFiles(join(root, "sub/model"), { "pytorch_model.bin": POISON });
    const inputs = { command: "scan", model: "model", "working-directory": "sub", summary: "false", annotations: "false" };
    const step = await runStepHere(root, inputs);
    assert.equal(step.exitCode, 1);
    assert.equal(step.summary, "");
    assert.deepEqual(step.commands, []);
  });
});
