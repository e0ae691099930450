import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { COMMANDS } from "../../src/cli/commands.ts";
import { LATER_OPTIONS } from "../../src/cli/options.ts";
import { textWidth } from "../../src/cli/output/width.ts";
import { assay, ENTRY } from "./command.ts";

suite("help", () => {
  test("assay alone shows every command and where to start", async () => {
    const { exitCode, stdout } = await assay([]);
    assert.equal(exitCode, 0);
    for (const { words, later } of COMMANDS) if (later !== true) assert.ok(stdout.includes(`assay ${words.join(" ")}`));
    assert.match(stdout, /New here\? assay demo\n/);
  });

  for (const { words, required, options, later } of COMMANDS.filter((spec) => spec.later !== true)) {
    test(`assay ${words.join(" ")} --help lists its options and ends with two worked examples`, async () => {
      void later;
      const { exitCode, stdout } = await assay([...words, "--help"]);
      assert.equal(exitCode, 0);
      for (const name of [...required, ...options]) assert.ok(stdout.includes(`--${name}`) || stdout.includes(`]${name}`), name);
      const examples = stdout.slice(stdout.indexOf("\nExamples\n"));
      assert.equal(examples.match(/\n {2,}assay /g)?.length, 2, examples);
    });
  }

  test("nothing of a later release is listed", async () => {
    const pages = await Promise.all(
      [[], ["sign", "key", "--help"], ["verify", "certificate", "--help"], ["sign", "--help"]].map((argv) => assay(argv)),
    );
    for (const { stdout } of pages) {
      for (const name of LATER_OPTIONS.keys()) assert.ok(!stdout.includes(`--${name} `), name);
      assert.ok(!stdout.includes("pkcs11"));
    }
  });

  test("fits into 60 columns", async () => {
    const { stdout } = await assay(["verify", "certificate", "--help"], { env: { COLUMNS: "60" } });
    for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= 60, line);
  });

  test("--version prints the package's version", { skip: ENTRY.endsWith(".ts") }, async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    assert.equal((await assay(["--version"])).stdout, `assay ${version}\n`);
  });
});
