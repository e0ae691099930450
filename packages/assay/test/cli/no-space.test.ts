import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assay, cleanEnvironment, ENTRY, SIGN, workFolder } from "../support/cli/command.ts";

suite("a file system that takes no more bytes", { skip: process.platform === "win32" }, () => {
  test("leaves the older signature as it was, no half-written file, and says why", async () => {
    const cwd = workFolder();
    await assay(SIGN, { cwd });
    const older = readFileSync(join(cwd, "model.sig"), "utf8");
    writeFileSync(join(cwd, "granite", "config.json"), "{ }");
    const before = readdirSync(cwd).sort();
    // A limit of zero on the size of files makes every write fail, as a full disk does, without needing one.
    const command = `trap '' XFSZ; ulimit -f 0; exec "$@"`;
    const { status, stderr } = spawnSync("sh", ["-c", command, "sh", process.execPath, ENTRY, ...SIGN], {
      cwd,
      env: cleanEnvironment(),
      encoding: "utf8",
    });
    assert.equal(status, 3, stderr);
    assert.match(stderr, /Not signed: cannot write .*model\.sig/);
    assert.equal(readFileSync(join(cwd, "model.sig"), "utf8"), older);
    assert.deepEqual(readdirSync(cwd).sort(), before);
  });
});
