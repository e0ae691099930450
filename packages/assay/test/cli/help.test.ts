import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { SPECS } from "../../src/cli/registry.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import { assay, assayProcess, ENTRY } from "../support/cli/command.ts";

suite("help", () => {
  test("assay alone begins with verifying a download, ends with where to start, and has at most 20 lines", async () => {
    const { exitCode, stdout } = await assay([], { env: { COLUMNS: "80" } });
    assert.equal(exitCode, 0);
    const lines = stdout.trimEnd().split("\n");
    assert.ok(lines.length <= 20, String(lines.length));
    assert.match(lines[1] ?? "", /^Verify what you downloaded/);
    assert.match(stdout, /No signature\? /);
    assert.match(stdout, /assay demo[^]*assay help all/);
  });

  test("assay help all shows every command and where to start", async () => {
    const { exitCode, stdout } = await assay(["help", "all"]);
    assert.equal(exitCode, 0);
    for (const { words } of SPECS) assert.ok(stdout.includes(`assay ${words.join(" ")}`));
    assert.match(stdout, /New here\? assay demo\n/);
  });

  for (const { words, required, options } of SPECS) {
    test(`assay ${words.join(" ")} --help lists its options and ends with two worked examples`, async () => {
      const { exitCode, stdout } = await assay([...words, "--help"]);
      assert.equal(exitCode, 0);
      for (const name of [...required, ...options]) assert.ok(stdout.includes(`--${name}`) || stdout.includes(`]${name}`), name);
      const examples = stdout.slice(stdout.indexOf("\nExamples\n"));
      assert.equal(examples.match(/\n {2,}assay /g)?.length, 2, examples);
    });
  }

  test("assay sign, verify and trust list what may follow", async () => {
    for (const group of ["sign", "verify", "trust"]) {
      const { exitCode, stdout } = await assay([group, "--help"]);
      assert.equal(exitCode, 0);
      for (const { words } of SPECS.filter(({ words: [first] }) => first === group)) assert.ok(stdout.includes(`assay ${words.join(" ")}`));
    }
  });

  test("fits into 60 columns", async () => {
    const { stdout } = await assay(["verify", "certificate", "--help"], { env: { COLUMNS: "60" } });
    for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= 60, line);
  });

  test("--version prints the package's version", { skip: ENTRY.endsWith(".ts") }, async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    assert.equal((await assayProcess(["--version"])).stdout, `assay ${version}\n`);
  });
});
