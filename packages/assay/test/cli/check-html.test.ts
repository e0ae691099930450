import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { checkFolder } from "../support/check/checked.ts";
import { assay } from "../support/cli/command.ts";

suite("assay check --html", () => {
  test("writes the report beside the answer, and replaces an older one", async () => {
    const { root, policy } = await checkFolder();
    const argv = ["check", "granite", "--policy", policy("load: data-only\n"), "--html", "report.html"];
    for (let run = 0; run < 2; run += 1) {
      const { exitCode, stdout } = await assay(argv, { cwd: root });
      assert.equal(exitCode, 0);
      assert.match(stdout, /^✔ ALLOW/);
    }
    // What no rule asks for is in the report all the same.
    assert.match(readFileSync(join(root, "report.html"), "utf8"), /<title>ALLOW: granite<\/title>[^]*Apache-2\.0/);
  });

  test("leaves another file as it is, without --force, before any work", async () => {
    const { root, policy } = await checkFolder();
    writeFileSync(join(root, "mine.html"), "<!doctype html>\nmine");
    const argv = ["check", "granite", "--policy", policy("load: data-only\n"), "--html", "mine.html"];
    const { exitCode, stderr } = await assay(argv, { cwd: root });
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /mine\.html exists and is not a report of Assay/);
    assert.equal(readFileSync(join(root, "mine.html"), "utf8"), "<!doctype html>\nmine");
    assert.equal((await assay([...argv, "--force"], { cwd: root })).exitCode, 0);
    assert.match(readFileSync(join(root, "mine.html"), "utf8"), /assay report/);
  });

  test("warns of a report that is written into the model, and of no other", async () => {
    const { root, policy } = await checkFolder();
    const argv = ["check", "granite", "--policy", policy("load: data-only\n"), "--html"];
    const inside = await assay([...argv, "granite/report.html"], { cwd: root });
    assert.match(inside.stderr, /warning: granite\/report\.html is written into the model, and changes it/);
    assert.doesNotMatch((await assay([...argv, "granite.html"], { cwd: root })).stderr, /written into the model/);
    const both = await assay(["scan", "granite", "granite", "--sarif", "granite/x.sarif"], { cwd: root });
    assert.match(both.stderr, /warning: granite: granite\/x\.sarif is written into the model/);
    const scanned = await assay(["scan", "granite", "--sarif", "granite/x.sarif", "--json"], { cwd: root });
    const { warnings } = JSON.parse(scanned.stdout) as { readonly warnings: readonly { readonly code: string }[] };
    assert.ok(warnings.some(({ code }) => code === "OUTPUT_IN_MODEL"));
  });

  test("writes nothing where the policy is wrong", async () => {
    const { root, policy } = await checkFolder();
    const { exitCode } = await assay(["check", "granite", "--policy", policy("lood: any\n"), "--html", "report.html"], { cwd: root });
    assert.equal(exitCode, 2);
    assert.ok(!existsSync(join(root, "report.html")));
  });
});
