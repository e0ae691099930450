import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { initPolicy } from "../../src/api/init-policy.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

suite("assay policy init", () => {
  test("prints the policy, which lint then finds nothing in", async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout } = await runHere(["policy", "init", "--sector", "finance", "--publisher", "ibm-granite"], cwd);
    assert.deepEqual([exitCode, stdout], [0, initPolicy("finance", ["ibm-granite"]).text]);
    await runHere(["policy", "init", "--sector", "finance", "--output-file", "policy.yml"], cwd);
    assert.equal(readFileSync(join(cwd, "policy.yml"), "utf8"), initPolicy("finance").text);
    assert.equal((await runHere(["policy", "lint", "policy.yml"], cwd)).exitCode, 0);
    assert.equal((await runHere(["policy", "init", "--sector", "it", "--output-file", "policy.yml"], cwd)).exitCode, 2);
  });

  test("says the same in --json", async () => {
    const { stdout } = await runHere(["policy", "init", "--sector", "research", "--json"]);
    const document = JSON.parse(stdout) as { readonly policy: string };
    const validate = closedSchema("policy-init");
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.equal(document.policy, initPolicy("research").text);
  });

  test("needs a sector that there is", async () => {
    assert.equal((await runHere(["policy", "init"])).exitCode, 2);
    assert.equal((await runHere(["policy", "init", "--sector", "energy"])).exitCode, 2);
    assert.ok(!existsSync("policy.yml"));
  });
});
