import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { runHere } from "../support/cli/run-here.ts";

suite("a model that is not on this machine", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["acme/granite", /is not a folder or file here[^]*hf:acme\/granite\n/],
    ["kaggle:acme/granite", /is an address[^]*Download it first/],
    ["gs://bucket/granite", /is an address[^]*Download it first/],
  ];
  for (const [model, said] of cases) {
    test(`${model} is answered with what to type or do`, async () => {
      const { exitCode, stderr } = await runHere(["digest", model], temporaryFolder(), 200);
      assert.equal(exitCode, 2);
      assert.match(stderr, said);
    });
  }

  test("a path that is mistyped below a folder that is here is not taken for a name on a hub", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "granite"));
    const { exitCode, stderr } = await runHere(["digest", "granite/a.bin"], cwd);
    assert.equal(exitCode, 2);
    assert.match(stderr, /does not exist/);
    assert.doesNotMatch(stderr, /hub/);
  });
});

test("help in the place of a model is help, unless a model of that name is there", async () => {
  const cwd = temporaryFolder();
  assert.match((await runHere(["verify", "help"], cwd)).stdout, /^assay verify: choose a method\n/);
  assert.match((await runHere(["digest", "help"], cwd)).stdout, /^assay digest: /);
  writeFileSync(join(cwd, "help"), "weights");
  assert.match((await runHere(["digest", "help"], cwd)).stdout, /^sha256:/);
});

test("a number with a unit is answered with the number", async () => {
  for (const [given, meant] of [
    ["1GB", "1000000000"],
    ["1.5 GiB", "1610612736"],
    ["1_000", "1000"],
    ["64k", "64000"],
  ] as const) {
    const { exitCode, stderr } = await runHere(["digest", ".", "--shard-size", given], temporaryFolder());
    assert.equal(exitCode, 2);
    assert.match(stderr, new RegExp(`--shard-size ${meant}\\n`));
  }
});
