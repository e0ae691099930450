import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/parse.ts";
import { assayAtHome, keylessFolder } from "../support/cli/keyless-folder.ts";
import { startServers } from "../support/sigstore/servers.ts";

const servers = await startServers();
after(() => servers.stop());

const POLICY = 'version: 1\nname: test\nmodels: [{ id: all, match: { name: "**" }, rules: { digests: computed } }]\n';

suite("evidence by an identity", () => {
  test("every statement is signed and logged, and verified by the identity and no other", async () => {
    const cwd = keylessFolder(servers);
    writeFileSync(join(cwd, "policy.yml"), POLICY);
    const sign = ["--sign", "sigstore", "--trust-config", "rekorV2.json", "--identity-token", servers.token()];
    const ran = await assayAtHome(["check", "granite", "--policy", "policy.yml", "--evidence", "evidence", ...sign], { cwd });
    assert.equal(ran.exitCode, 0, ran.stderr);
    assert.match(ran.stdout, /its statements signed by alice@example\.com/);
    for (const name of ["verification-summary", "simple-verification-result", "openness", "load-risk"]) {
      const file = `evidence/${name}.sigstore.json`;
      const { material, tlogEntries } = parseBundle(readFileSync(join(cwd, file)));
      assert.deepEqual([material.kind, tlogEntries.length], ["certificate", 1], name);
      const by = (identity: string): string[] => [
        "--trusted-root",
        "root.json",
        "--identity",
        identity,
        "--identity-provider",
        servers.oidc.url,
      ];
      const verified = await assayAtHome(["verify", "evidence", file, "granite", ...by("alice@example.com")], { cwd });
      assert.equal(verified.exitCode, 0, verified.stdout + verified.stderr);
      assert.match(verified.stdout, /logged +index \d+/);
      const other = await assayAtHome(["verify", "evidence", file, "granite", ...by("bob@example.com")], { cwd });
      assert.equal(other.exitCode, 1);
    }
  });
});
