import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { SPECS } from "../../src/cli/registry.ts";
import { assay, assayProcess, ENTRY, SIGN, signedFolder, VERIFY } from "../support/cli/command.ts";

/** One line for each command: other tests run it from the source, which must do the same. */
const LINES: readonly (readonly string[])[] = [
  SIGN,
  VERIFY,
  ["inspect", "model.sig"],
  ["digest", "granite", "--json"],
  ["diff", "granite", "granite"],
  ["openness", "granite", "--json"],
  ["openness", "list", "--json"],
  ["openness", "show", "nothing-of-this-name"],
  ["openness", "compare", "granite", "granite"],
  ["openness", "import", "granite"],
  ["openness", "schema"],
  ["trust", "show", "--offline"],
  ["trust", "update", "--offline"],
  ["trust", "export", "root.json", "--offline", "--force"],
  ["trust", "init", "--help"],
  ["sign", "certificate", "granite"],
  ["sign", "pkcs11-key", "granite", "--pkcs11-uri", "pkcs11:token=none"],
  ["sign", "pkcs11-certificate", "granite"],
  ["sign", "sigstore", "granite", "--identity-token", "none"],
  ["verify", "certificate", "granite"],
  ["verify", "evidence", "model.sig", "--public-key", "key.pub"],
  ["verify", "sigstore", "granite"],
  ["verify", "evidence", "none.json"],
  ["scan", "granite"],
  ["check", "granite", "--policy", "none.yml"],
  ["policy", "schema"],
  ["policy", "init", "--sector", "it"],
  ["policy", "lint", "none.yml"],
  ["policy", "explain", "none.yml"],
  ["policy", "test", "none", "--policy", "none.yml"],
  ["policy", "diff", "none.yml", "none.yml"],
  ["compare", "granite", "granite"],
  ["advisory", "new", "granite", "--id", "none"],
  ["pin", "granite", "--policy", "none.yml"],
  ["demo", "--keep", "granite"],
  ["completion", "bash"],
  ["help", "sign"],
];

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
const cwd = await signedFolder();

suite("the built command does what its source does", { skip: ENTRY.endsWith(".ts") }, () => {
  for (const argv of LINES) {
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
    const untried = SPECS.map(({ words }) => words.join(" ")).filter((words) => !LINES.some((argv) => argv.join(" ").startsWith(words)));
    assert.deepEqual(untried, []);
  });
});
