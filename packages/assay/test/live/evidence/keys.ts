// Private keys that cosign made and imported sign models. `npm run test:evidence`; needs Go for cosign.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assay, workFolder } from "../../support/cli/command.ts";
import { KEY_KINDS, makeKeyPair } from "../../support/keys.ts";
import { cosign, run } from "./tools.ts";

const PASSWORD = "correct horse";

suite("a private key of cosign", () => {
  for (const password of [PASSWORD, ""]) {
    test(`that generate-key-pair made, with ${password === "" ? "an empty" : "a"} password`, async () => {
      const cwd = workFolder();
      const prefix = join(cwd, "own");
      const made = run(cosign(), ["generate-key-pair", "--output-key-prefix", prefix], { COSIGN_PASSWORD: password });
      assert.equal(made.status, 0, made.output);
      await signsAndVerifies(cwd, "own", password);
    });
  }

  for (const kind of KEY_KINDS) {
    test(`that import-key-pair wrote of a key of ${kind}`, async () => {
      const cwd = workFolder();
      writeFileSync(join(cwd, "key.pem"), makeKeyPair(kind).privateKey, { mode: 0o600 });
      const argv = ["import-key-pair", "--key", join(cwd, "key.pem"), "--output-key-prefix", join(cwd, "own")];
      const imported = run(cosign(), argv, { COSIGN_PASSWORD: PASSWORD });
      assert.equal(imported.status, 0, imported.output);
      await signsAndVerifies(cwd, "own", PASSWORD);
    });
  }
});

async function signsAndVerifies(cwd: string, name: string, password: string): Promise<void> {
  const signed = await assay(["sign", "key", "granite", "--private-key", `${name}.key`, "--password", password], { cwd });
  assert.equal(signed.exitCode, 0, signed.stderr);
  const verified = await assay(["verify", "key", "granite", "--public-key", `${name}.pub`], { cwd });
  assert.equal(verified.exitCode, 0, verified.stderr);
}
