// The manual pages as mandoc and man-db read them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../man/", import.meta.url));
const pages = readdirSync(folder).map((file) => join(folder, file));

function run(program: string, ...argv: string[]): { stdout: string; stderr: string } {
  const { stdout, stderr, error } = spawnSync(program, argv, {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "80" },
  });
  assert.equal(error, undefined, `${program} is missing: ${String(error)}`);
  return { stdout, stderr };
}

suite("the manual pages", () => {
  test("have no warning of mandoc, but that a version not yet released has no date", () => {
    const { stdout } = run("mandoc", "-T", "lint", "-W", "warning", ...pages);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line !== "" && !line.endsWith('missing date, using "": TH')),
      [],
    );
  });

  test("have no warning of man, and show what is typed in ASCII", () => {
    for (const page of pages) {
      const { stdout, stderr } = run("man", "--warnings", "-l", page);
      assert.equal(stderr, "", page);
      assert.match(stdout, /^NAME\n +assay/m);
    }
    const { stdout } = run("man", "-l", join(folder, "assay-verify.1"));
    assert.match(stdout, /^ +assay verify key MODEL --public-key FILE \[options\]$/m);
  });
});
