import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { makeShownModels, SHOWN_NAMES } from "../check/shown-models.ts";
import { assay } from "../support/cli/command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

suite("assay compare", () => {
  test("puts models side by side on 100, 80 and 60 columns, and in blocks where they do not fit", async () => {
    const cwd = temporaryFolder();
    await makeShownModels(cwd);
    for (const columns of [100, 80, 60]) {
      for (const names of [["clean", "unsigned"], ["clean", "poisoned-pickle", "non-open-license"], SHOWN_NAMES]) {
        const { exitCode, stdout } = await assay(["compare", ...names, "--sector", "it"], { cwd, env: { COLUMNS: String(columns) } });
        assert.equal(exitCode, 0);
        for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= columns, `${columns}: ${line}`);
        assert.ok(stdout.indexOf("Claimed quality") < stdout.indexOf("Security"));
      }
    }
    const { stdout } = await assay(["compare", "clean", "poisoned-pickle"], { cwd, env: { COLUMNS: "80" } });
    assert.match(stdout, /^ {2}Security\n {4}Signed +key, not verified +key, not verified\n {4}When loaded +only data +runs code\n/m);
  });

  test("shows the decision of a policy, as text, JSON, Markdown and a page", async () => {
    const cwd = temporaryFolder();
    await makeShownModels(cwd);
    const argv = ["compare", "clean", "unsigned", "--policy", "policy.yml", "--at", "2026-12-01T00:00:00Z"];
    const { stdout } = await assay([...argv, "--html", "compared.html"], { cwd, env: { COLUMNS: "100" } });
    assert.match(stdout, /By production +ALLOW +DENY by signers\n/);
    assert.match(readFileSync(join(cwd, "compared.html"), "utf8"), /DENY by signers/);
    const json = JSON.parse((await assay([...argv, "--json"], { cwd })).stdout) as { models: { decision: string; totalBytes: number }[] };
    assert.deepEqual(
      json.models.map(({ decision }) => decision),
      ["allow", "deny"],
    );
    assert.match((await assay([...argv, "--markdown"], { cwd })).stdout, /^\|  \| clean \| unsigned \|\n/);
  });

  test("one model, or one that does not exist, is a wrong question; one that cannot be read is not", async () => {
    const cwd = temporaryFolder();
    await makeShownModels(cwd);
    assert.equal((await assay(["compare", "clean"], { cwd })).exitCode, 2);
    assert.equal((await assay(["compare", "clean", "absent"], { cwd })).exitCode, 2);
    const { symlinkSync } = await import("node:fs");
    symlinkSync("/etc/hostname", join(cwd, "unsigned", "link"));
    const { exitCode, stdout } = await assay(["compare", "clean", "unsigned"], { cwd });
    assert.equal(exitCode, 3);
    assert.match(stdout, /Could not be read/);
  });
});
