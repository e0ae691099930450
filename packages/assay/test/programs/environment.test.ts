import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, programEnvironment } from "../../src/programs/environment.ts";
import { pluginEnvironment } from "../../src/signing/plugin/plugin-environment.ts";

const SECRETS = {
  ASSAY_KEY_PASSWORD: "s",
  ASSAY_PKCS11_PIN: "s",
  ASSAY_CLIENT_SECRET: "s",
  SIGSTORE_ID_TOKEN: "s",
  VAULT_TOKEN: "s",
  BAO_TOKEN: "s",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "s",
  GITHUB_TOKEN: "s",
  CI_JOB_JWT: "s",
  NPM_TOKEN: "s",
  DATABASE_URL: "s",
  BUILDKITE_AGENT_ACCESS_TOKEN: "s",
};
const EVERYDAY = { PATH: "/bin", HOME: "/home/u", LC_ALL: "C", https_proxy: "http://p", XDG_CONFIG_HOME: "/c", TZ: "UTC" };
const CLOUDS = { AWS_ACCESS_KEY_ID: "a", GOOGLE_APPLICATION_CREDENTIALS: "g", AZURE_CLIENT_SECRET: "z" };

test("a program gets what every program needs, and nothing else", () => {
  assert.deepEqual(programEnvironment({ ...SECRETS, ...EVERYDAY, ...CLOUDS, EMPTY: undefined }), EVERYDAY);
});

test("a browser gets the screen, too", () => {
  assert.deepEqual(programEnvironment({ ...SECRETS, PATH: "/bin", DISPLAY: ":0" }, DESKTOP), { PATH: "/bin", DISPLAY: ":0" });
});

test("a plug-in gets the variables of its own service, and of no other", () => {
  const of = (scheme: string): unknown => pluginEnvironment(scheme, { ...SECRETS, ...EVERYDAY, ...CLOUDS, EVIL_SETTING: "e" });
  assert.deepEqual(of("awskms"), { ...EVERYDAY, AWS_ACCESS_KEY_ID: "a" });
  assert.deepEqual(of("gcpkms"), { ...EVERYDAY, GOOGLE_APPLICATION_CREDENTIALS: "g" });
  assert.deepEqual(of("azurekms"), { ...EVERYDAY, AZURE_CLIENT_SECRET: "z" });
  assert.deepEqual(of("evil"), { ...EVERYDAY, EVIL_SETTING: "e" });
  assert.deepEqual(of("kms"), EVERYDAY);
});

test("a plug-in's name gets it no secret of Assay's", () => {
  for (const scheme of ["assay", "sigstore", "sigstore-id", "vault", "bao", "actions", "actions-id-token", "ASSAY"]) {
    assert.deepEqual(pluginEnvironment(scheme, { ...SECRETS, PATH: "/bin" }), { PATH: "/bin" }, scheme);
  }
});

test("what a person lists is passed on, and a list of everything is not taken", () => {
  const of = (list: string): unknown => pluginEnvironment("x", { ...SECRETS, PATH: "/bin", ASSAY_PLUGIN_ENVIRONMENT: list });
  assert.deepEqual(of("GITHUB_TOKEN, ACTIONS_ID_TOKEN_*"), { PATH: "/bin", GITHUB_TOKEN: "s", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "s" });
  assert.deepEqual(of("*"), { PATH: "/bin" });
  assert.deepEqual(of(""), { PATH: "/bin" });
});
