// Every command of the single executable does what its source does.
import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assay, signedFolder, SIGN, VERIFY, workFolder } from "../../support/cli/command.ts";
import { EVERY_COMMAND } from "../../support/cli/every-command.ts";
import { makeKeyPair } from "../../support/keys.ts";
import { run } from "./executable.ts";

const cwd = await signedFolder();

suite("the executable does what its source does", () => {
  for (const argv of EVERY_COMMAND) {
    test(`assay ${argv.join(" ")}`, async () => {
      const env = { HOME: cwd, XDG_CACHE_HOME: join(cwd, ".cache") };
      const ran = await run(argv, { cwd, env });
      rmSync(join(cwd, ".cache"), { recursive: true, force: true });
      const expected = await assay(argv, { cwd, env });
      // The signatures of two runs differ, in digits that are not printed; the demo makes keys.
      assert.deepEqual(ran, expected);
      assert.notEqual(ran.stdout + ran.stderr, "");
    });
  }

  for (const curve of ["P-256", "P-384", "Ed25519"] as const) {
    test(`signs and verifies with ${curve}, and sees a change`, async () => {
      const folder = workFolder();
      const { privateKey, publicKey } = makeKeyPair(curve);
      writeFileSync(join(folder, "key.pem"), privateKey, { mode: 0o600 });
      writeFileSync(join(folder, "key.pub"), publicKey);
      for (const hash of ["sha256", "blake2b", "blake3"]) {
        assert.equal((await run([...SIGN, "--hash", hash, "--force"], { cwd: folder })).exitCode, 0);
        assert.match((await run(VERIFY, { cwd: folder })).stdout, /^✔ Verified/);
      }
      writeFileSync(join(folder, "granite", "config.json"), "{ }");
      const { exitCode, stdout } = await run(VERIFY, { cwd: folder });
      assert.equal(exitCode, 1);
      assert.match(stdout, /^✘ Not verified/);
    });
  }

  test("decides, with a web page and evidence", async () => {
    const folder = await signedFolder();
    const policy = 'version: 1\nname: p\nmodels: [{ match: { name: "**" }, rules: { load: any, formats: [safetensors] } }]\n';
    writeFileSync(join(folder, "policy.yml"), policy);
    const argv = ["check", "granite", "--policy", "policy.yml", "--html", "report.html", "--evidence", "evidence", "--offline"];
    const { exitCode, stdout } = await run(argv, { cwd: folder });
    const expected = await assay([...argv, "--force"], { cwd: folder });
    assert.equal(stdout.split("\n")[0], expected.stdout.split("\n")[0]);
    assert.equal(exitCode, expected.exitCode);
    assert.ok(readdirSync(folder).includes("report.html"));
    assert.ok(readdirSync(join(folder, "evidence")).length > 3);
  });

  test("runs the whole demo, which finds every tampering", async () => {
    const { exitCode, stdout } = await run(["demo", "--no-open"]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /✘ Not verified/);
  });

  test("says what keys on tokens need", async () => {
    const argv = ["sign", "pkcs11-key", "granite", "--pkcs11-uri", "pkcs11:token=t;object=k", "--module-path", "key.pub"];
    const { exitCode, stderr } = await run(argv, { cwd });
    assert.equal(exitCode, 3);
    assert.match(stderr, /keys on tokens need the npm package of assay/);
    assert.match(stderr, /npm install --global assay pkcs11js/);
  });
});
