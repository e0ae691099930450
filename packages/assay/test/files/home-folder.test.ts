// A user id without an entry in the system, as containers have it: accounts are then those of the environment alone.
import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { after, suite, test } from "node:test";
import { homeFolder } from "../../src/files/home-folder.ts";
import { userCacheFolder } from "../../src/roots/cache-place.ts";
import { readAwsProfile } from "../../src/source/bucket/aws-profile.ts";
import { hubAccount } from "../../src/source/hub/hub-account.ts";
import { findAccount } from "../../src/source/oci/docker-config.ts";
import { registryOf } from "../../src/source/oci/registry.ts";

const { homedir } = os;
os.homedir = () => {
  throw new Error("ENOENT: no such file or directory, uv_os_homedir");
};
syncBuiltinESMExports();
after(() => {
  os.homedir = homedir;
  syncBuiltinESMExports();
});

suite("without a home", () => {
  test("no folder is known, and no cache", () => {
    assert.equal(homeFolder({}), undefined);
    assert.equal(homeFolder({ HOME: "" }), undefined);
    assert.equal(homeFolder({ HOME: "/home/alice" }), "/home/alice");
    assert.equal(userCacheFolder({}, "linux"), undefined);
  });

  test("a hub, a registry and a bucket are asked with what the environment says", async () => {
    assert.equal(hubAccount({}).token, undefined);
    assert.equal(hubAccount({ HF_TOKEN: "hf_a" }).token, "hf_a");
    assert.deepEqual(await findAccount(registryOf("registry.example/granite"), {}), { account: undefined, problem: undefined });
    assert.equal(readAwsProfile({}).settings.size, 0);
  });
});
