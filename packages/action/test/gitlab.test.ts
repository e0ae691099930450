import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { parse } from "yaml";
import { checkFolder, POISON } from "../../assay/test/support/check/checked.ts";
import { writeFiles } from "../../assay/test/support/models/on-disk.ts";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { jobOf, recordedCommand, runJob } from "./support/gitlab.ts";
import { placedCommand, placedText } from "./support/placed-command.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";

suite("the GitLab component check", () => {
  for (const shell of ["sh", "bash"]) {
    test(`allows and denies in ${shell}, and leaves the report`, async () => {
      const { root, model, policy } = await checkFolder();
      writeFiles(join(root, "other model"), { "pytorch_model.bin": POISON });
      const inputs = { model: "granite", policy: policy(SIGNED), image: "image", evidence: "kept" };
      const allowed = runJob(jobOf("check", inputs), root, placedCommand(), shell);
      assert.equal(allowed.status, 0, allowed.output);
      assert.match(allowed.output, /^✔ ALLOW: granite/);
      for (const path of jobOf("check", inputs).artifacts.paths) assert.ok(existsSync(join(root, path)), path);

      writeFileSync(join(model, "config.json"), "{}");
      const denied = runJob(jobOf("check", { ...inputs, model: "other model\n\ngranite", evidence: "" }), root, placedCommand(), shell);
      assert.equal(denied.status, 1, denied.output);
      assert.match(denied.output, /✘ DENY: other model[^]*✘ DENY: granite/);
    });
  }

  test("takes every input as a value, and none as a part of its script or as an option", () => {
    const root = temporaryFolder();
    const values = ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "'; touch pwned; '", "*", "--force", "$HOME", "a b"];
    for (const value of values) {
      const inputs = { model: `${value}\nsecond`, policy: value, report: value, evidence: value, image: "image" };
      assert.deepEqual(runJob(jobOf("check", inputs), root, recordedCommand(root)), {
        status: 0,
        output: ["check", `--evidence=${value}`, `--policy=${value}`, `--html=${value}`, "--", value, "second", ""].join("\n"),
      });
      const download = { model: "granite", image: "image", "executable-url": value, "executable-sha256": value };
      assert.notEqual(runJob(jobOf("check", download), root, recordedCommand(root)).status, 0);
    }
    assert.ok(!existsSync(join(root, "pwned")));
  });

  test("runs a download only if it is the file of the checksum", async () => {
    const { root, policy } = await checkFolder();
    const bin = join(temporaryFolder(), "bin");
    mkdirSync(bin);
    // In the place of curl: what a server has.
    writeFileSync(join(bin, "served"), placedText());
    writeFileSync(join(bin, "curl"), '#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp "${0%/*}/served" "$2"\n');
    chmodSync(join(bin, "curl"), 0o755);
    const inputs = { model: "granite", policy: policy(SIGNED), image: "image", "executable-url": "https://example.com/assay" };
    const digest = createHash("sha256").update(placedText()).digest("hex");
    const right = runJob(jobOf("check", { ...inputs, "executable-sha256": digest }), root, bin);
    assert.equal(right.status, 0, right.output);
    for (const wrong of ["", "0".repeat(64), digest.slice(1)]) {
      const { status, output } = runJob(jobOf("check", { ...inputs, "executable-sha256": wrong }), root, bin);
      assert.equal(status, 3, output);
      assert.doesNotMatch(output, /ALLOW/);
    }
  });
});

suite("the GitLab component sign", () => {
  test("asks for the job's own identity, and signs by it", () => {
    const root = temporaryFolder();
    const job = jobOf("sign", { model: "models/my granite", image: "image" });
    assert.deepEqual(job.id_tokens, { SIGSTORE_ID_TOKEN: { aud: "sigstore" } });
    assert.deepEqual(runJob(job, root, recordedCommand(root)), {
      status: 0,
      output: "sign\nsigstore\n--use-ambient-credentials\n--signature=model.sig\n--\nmodels/my granite\n",
    });
  });
});

test("the example for GitLab gives each component the inputs that it asks for", () => {
  const example = parse(readFileSync(join(import.meta.dirname, "../../../examples/ci/gitlab-ci.yml"), "utf8")) as {
    include: { component: string; inputs: Record<string, string> }[];
  };
  for (const { component, inputs } of example.include) {
    const [, name = ""] = /\/(\w+)@[0-9a-f]{40}$/.exec(component) ?? [];
    assert.equal(jobOf(name, inputs).image, inputs["image"]);
  }
});
