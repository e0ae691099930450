import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { WHOLE_POLICY as TEXT } from "../../../../scripts/docs/policy-examples.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const NOW = ["--at", "2026-12-01T00:00:00Z"];
const UNPROVEN = 'version: 1\nname: t\nmodels:\n  - id: a\n    match: { name: "**" }\n    rules: { load: data-only }\n';

function folderWith(text: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "policy.yml"), text);
  return folder;
}

suite("assay policy lint", () => {
  test("ends with 0 where it finds nothing, though the files that a policy names are missing", async () => {
    const { exitCode, stdout } = await runHere(["policy", "lint", "policy.yml", ...NOW], folderWith(TEXT));
    assert.deepEqual([exitCode, stdout], [0, "✔ No findings: policy.yml (2 entries, 1 waiver)\n"]);
  });

  test("ends with 1 where it finds something, with line, id and what to do", async () => {
    const { exitCode, stdout } = await runHere(["policy", "lint", "policy.yml", ...NOW], folderWith(UNPROVEN));
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ 1 finding: policy\.yml \(1 entry, 0 waivers\)\n\n {2}4:5 .*entry\/unproven/);
    assert.match(stdout, /→ Add signers or pin/);
  });

  test("compares waivers with --at", async () => {
    const late = await runHere(["policy", "lint", "policy.yml", "--at", "2027-02-01T00:00:00Z"], folderWith(TEXT));
    assert.equal(late.exitCode, 1);
    assert.match(late.stdout, /waiver\/expired/);
  });

  test("ends with 2 for a policy that cannot be read, with its place", async () => {
    const { exitCode, stderr } = await runHere(["policy", "lint", "policy.yml"], folderWith(UNPROVEN.replace("load:", "laod:")));
    assert.equal(exitCode, 2);
    assert.match(stderr, /policy\.yml, line 6, column 14: unknown key "laod"/);
  });

  test("ends with 2 for a file that is too large for a policy", async () => {
    const { exitCode, stderr } = await runHere(["policy", "lint", "policy.yml"], folderWith(`${UNPROVEN}#${" ".repeat(2 ** 20)}`));
    assert.equal(exitCode, 2);
    assert.match(stderr, /policy\.yml is larger than 1,048,576 bytes/);
  });

  test("says the same in --json", async () => {
    const folder = folderWith(UNPROVEN);
    const document = JSON.parse((await runHere(["policy", "lint", "policy.yml", "--json", ...NOW], folder)).stdout) as object;
    const validate = closedSchema("policy-lint");
    assert.ok(validate(document), JSON.stringify(validate.errors));
    const { findings } = document as { readonly findings: readonly { readonly id: string; readonly line: number }[] };
    assert.deepEqual(
      findings.map(({ id, line }) => [id, line]),
      [["entry/unproven", 4]],
    );
  });
});

suite("assay policy explain", () => {
  for (const columns of [60, 100]) {
    test(`fits into ${columns} columns`, async () => {
      const { exitCode, stdout } = await runHere(["policy", "explain", "policy.yml"], folderWith(TEXT), columns);
      assert.equal(exitCode, 0);
      assert.deepEqual(
        stdout.split("\n").filter((line) => textWidth(line) > columns),
        [],
      );
      assert.match(stdout, /^· production \(https:\/\/example\.com\/policies\/production\)\n/);
    });
  }

  test("says the same in --json", async () => {
    const document = JSON.parse((await runHere(["policy", "explain", "policy.yml", "--json"], folderWith(TEXT))).stdout) as object;
    const validate = closedSchema("policy-explain");
    assert.ok(validate(document), JSON.stringify(validate.errors));
    const { sections } = document as { readonly sections: readonly { readonly heading: string }[] };
    assert.equal(sections.length, 5);
  });

  test("shows no control character of a policy to a terminal", async () => {
    const { stdout } = await runHere(
      ["policy", "explain", "policy.yml"],
      folderWith(UNPROVEN.replace("name: t", 'name: t\ndescription: "a\\e[31mb"')),
    );
    assert.ok(!stdout.includes("\u001b"));
  });
});
