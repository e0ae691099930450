import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { assay, assayProcess } from "../support/cli/command.ts";

suite("assay demo", () => {
  test("signs, verifies, tampers and explains, plainly where it is piped", async () => {
    const TMPDIR = temporaryFolder();
    const { exitCode, stdout, stderr } = await assayProcess(["demo"], { env: { TMPDIR } });
    assert.equal(exitCode, 0, stderr);
    assert.equal(stderr, "");
    assert.ok(!stdout.includes("\u001b"));
    const order = [
      "\n$ assay sign key pebble --private-key demo.key\n✔ Signed: all 7 files",
      "\n$ assay verify key pebble --public-key demo.pub\n✔ Verified: all 7 files",
      "\n$ assay openness pebble --signature model.sig --public-key demo.pub\n✘ No class: pebble shows 2 of the 6 components",
      "One bit of one weight flips",
      "\n$ assay verify key pebble --public-key demo.pub\n✘ Not verified: 1 of 7 files is not what was signed: model-00002-of-00002.safetensors\n  changed     model-00002-of-00002.safetensors",
      "\n$ assay scan pebble\n✔ Data only: pebble, 7 of 7 files examined",
      "made just now and never loaded",
      "\n$ assay scan pebble-poisoned\n✘ Code: pebble-poisoned: pytorch_model.bin runs or names code when it is loaded; 8 of 8 files examined",
      "\nNow your own model\n",
    ].map((part) => stdout.indexOf(part));
    assert.ok(
      order.every((position, index) => position > (order[index - 1] ?? -1)),
      `${order.join(" ")}\n${stdout}`,
    );
    assert.deepEqual(readdirSync(TMPDIR), [], "nothing is left behind");
  });

  test("tells in six lines what to type next", async () => {
    const { stdout } = await assay(["demo"]);
    const next = stdout.slice(stdout.indexOf("\nNow your own model\n")).split("\n\n")[0]?.split("\n").slice(2) ?? [];
    assert.equal(next.filter((line) => line !== "").length, 6, next.join("\n"));
  });

  test("looks good on 60 columns", async () => {
    const { stdout } = await assay(["demo"], { env: { COLUMNS: "60" } });
    for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= 60, line);
  });

  test("keeps its files where it is asked to, and the commands work there", async () => {
    const cwd = temporaryFolder();
    assert.equal((await assay(["demo", "--keep", "kept"], { cwd })).exitCode, 0);
    const kept = join(cwd, "kept");
    assert.deepEqual(readdirSync(kept).sort(), ["demo.key", "demo.pub", "model.sig", "pebble", "pebble-poisoned"]);
    assert.equal((await assay(["verify", "key", "pebble", "--public-key", "demo.pub"], { cwd: kept })).exitCode, 1);
    assert.equal((await assay(["sign", "key", "pebble", "--private-key", "demo.key"], { cwd: kept })).exitCode, 0);
    assert.equal((await assay(["verify", "key", "pebble", "--public-key", "demo.pub"], { cwd: kept })).exitCode, 0);
  });

  test("touches nothing in a folder that holds something", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "mine"));
    writeFileSync(join(cwd, "mine", "file"), "mine");
    const { exitCode, stderr } = await assay(["demo", "--keep", "mine"], { cwd });
    assert.equal(exitCode, 2);
    assert.match(stderr, /is not empty/);
    assert.ok(!existsSync(join(cwd, "mine", "pebble")));
  });
});
