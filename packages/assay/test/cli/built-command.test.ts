import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { SPECS } from "../../src/cli/registry.ts";
import { assay, assayProcess, ENTRY, signedFolder } from "../support/cli/command.ts";
import { EVERY_COMMAND } from "../support/cli/every-command.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
const cwd = await signedFolder();

suite("the built command does what its source does", { skip: ENTRY.endsWith(".ts") }, () => {
  for (const argv of EVERY_COMMAND) {
    test(`assay ${argv.join(" ")}`, async () => {
      const env = { HOME: cwd, XDG_CACHE_HOME: join(cwd, ".cache") };
      const built = await assayProcess(argv, { cwd, env });
      rmSync(join(cwd, ".cache"), { recursive: true, force: true });
      const { stdout, ...rest } = await assay(argv, { cwd, env });
      // The source does not know the package's version.
      assert.deepEqual(built, { stdout: stdout.replace("0.0.0-source", version), ...rest });
      assert.notEqual(built.stdout + built.stderr, "");
    });
  }

  test("for every command there is", () => {
    const untried = SPECS.map(({ words }) => words.join(" ")).filter(
      (words) => !EVERY_COMMAND.some((argv) => argv.join(" ").startsWith(words)),
    );
    assert.deepEqual(untried, []);
  });
});
