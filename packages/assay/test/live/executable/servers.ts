// The single executable with servers: TUF, keyless signing, a hub.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { keylessFolder, signWords, verifyWords } from "../../support/cli/keyless-folder.ts";
import { fakeHub } from "../../support/hub/fake-hub.ts";
import { startMirror } from "../../support/roots/mirror.ts";
import { makeInstance, trustedRootJson } from "../../support/roots/trusted-roots.ts";
import { firstRoot, recipe, tufFiles } from "../../support/roots/tuf-repository.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { run } from "./executable.ts";

const servers = await startServers();
after(() => servers.stop());

suite("the executable with servers", () => {
  for (const log of ["rekorV1", "rekorV2"] as const) {
    test(`signs and verifies without a key, with ${log}`, async () => {
      const cwd = keylessFolder(servers);
      const signed = await run(signWords(log, servers.token()), { cwd });
      assert.equal(signed.exitCode, 0, signed.stderr);
      const verified = await run(verifyWords(servers), { cwd });
      assert.match(verified.stdout, /^✔ Verified: all 2 files \(6 bytes\) are the bytes signed by alice@example\.com\n/);
    });
  }

  test("fetches a trusted root by TUF", async () => {
    const cwd = temporaryFolder();
    const files = tufFiles(recipe({ "trusted_root.json": Buffer.from(trustedRootJson({ instance: makeInstance() })) }));
    const mirror = await startMirror(files);
    writeFileSync(join(cwd, "root.json"), firstRoot(files));
    const { exitCode, stdout, stderr } = await run(["trust", "update", "--tuf-url", mirror.url, "--tuf-root", "root.json"], { cwd });
    assert.equal(exitCode, 0, stdout + stderr);
    assert.ok(mirror.asked.includes("/timestamp.json"), mirror.asked.join(" "));
  });

  test("shows the trusted roots that are inside of it", async () => {
    for (const options of [[], ["--use-staging"]]) {
      assert.match((await run(["trust", "show", ...options])).stdout, /bundled with this version of Assay/);
    }
  });

  test("scans a model on a hub", async () => {
    const hub = await fakeHub({ "config.json": "{}", "model.safetensors": safetensors({ weight: { shape: [2, 2] } }) });
    const { exitCode, stdout, stderr } = await run(["scan", "hf:acme/granite"], { env: { HF_ENDPOINT: hub.url } });
    assert.match(stdout, /^✔ Data only/, stdout + stderr);
    assert.equal(exitCode, 0);
  });
});
