import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { before, suite, test } from "node:test";
import { checkFolder } from "../../assay/test/support/check/checked.ts";
import { buildAction, runStep } from "./support/runner.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";

suite("the built action", () => {
  let built = "";
  before(() => {
    built = buildAction();
  });

  test("is the same in two builds, holds no compiled code, and names no folder of the machine", () => {
    const again = buildAction();
    const filesOf = (folder: string): string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .toSorted();
    const files = filesOf(built);
    assert.deepEqual(files, filesOf(again));
    for (const name of ["index.js", "action.yml", "THIRD-PARTY.txt", ".pre-commit-hooks.yaml", "templates/check/template.yml"]) {
      assert.ok(files.includes(name), name);
    }
    for (const name of files) {
      const bytes = readFileSync(join(built, name));
      assert.ok(bytes.equals(readFileSync(join(again, name))), name);
      assert.ok(!name.endsWith(".cache") && !bytes.includes(process.cwd()), name);
    }
  });

  test("runs where nothing else of Assay is", async () => {
    const { root, policy } = await checkFolder();
    const inputs = { command: "check", model: "granite", policy: policy(`${SIGNED}license: { allow: [Apache-2.0] }\n`) };
    const step = await runStep(built, root, inputs);
    assert.equal(step.exitCode, 0, step.log);
    // Hash threads, and packages that npm installs elsewhere.
    const digested = await runStep(built, root, { command: "digest", model: "granite", threads: "2" });
    assert.equal(digested.exitCode, 0, digested.log);
    const listed = await runStep(built, root, {
      command: "verify sigstore",
      model: "granite",
      offline: "true",
      identity: "a",
      "identity-provider": "https://a",
    });
    assert.match(listed.summary, /assay verify key/, "the answer, and no module that is missing");
  });
});
