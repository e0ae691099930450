// Models in real registries that ask who wants them: passwords, helpers and tokens. `npm run test:remote`.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import {
  PASSWORD,
  startDistribution,
  startDockerRegistry,
  startSecureDistribution,
  USER,
} from "../../support/remote-servers/registries.ts";
import { startTokenRealm } from "../../support/remote-servers/token-realm.ts";
import { GRANITE } from "./granite.ts";
import { MODEL_TYPE, Oras } from "./oras.ts";
import { WorkPlace, type Document } from "./work-place.ts";

const place = new WorkPlace();
await place.sign(writeFiles(place.path("signed"), GRANITE));
const NAMES = [...Object.keys(GRANITE), "model.sig"];

const realm = await startTokenRealm();
const registries = {
  "docker-registry with a password": await startDockerRegistry("password"),
  "distribution with a password": await startDistribution("password"),
  "docker-registry with tokens": await startDockerRegistry(realm),
  "distribution with tokens": await startDistribution(realm),
} as const;

mkdirSync(place.path("docker"));
const account = { DOCKER_CONFIG: place.path("docker") };
const oras = new Oras(place.path("signed"), place.path("docker"));
for (const { host } of Object.values(registries)) {
  await oras.run(["login", "--plain-http", host, "--username", USER, "--password-stdin"], PASSWORD);
  for (const repository of ["acme", "public"]) await oras.push(`${host}/${repository}/granite:v1`, NAMES);
}

/** A `config.json` of Docker in a folder of its own. */
function configuration(name: string, content: object): Readonly<Record<string, string>> {
  writeFiles(place.path(name), { "config.json": JSON.stringify(content) });
  return { DOCKER_CONFIG: place.path(name) };
}

function withoutPassword(document: Document): Document {
  const text = JSON.stringify(document);
  for (const secret of [PASSWORD, Buffer.from(`${USER}:${PASSWORD}`).toString("base64"), "not the password"]) {
    assert.ok(!text.includes(secret), text);
  }
  return document;
}

for (const name of ["docker-registry with a password", "distribution with a password"] as const) {
  const { host } = registries[name];
  const model = `oci:${host}/acme/granite:v1`;

  suite(`a model in ${name}`, () => {
    test("verifies with the account that oras left", async () => {
      assert.equal((await place.verify(model, 0, [], account)).outcome, "verified");
    });

    test("verifies with the account of a credential helper", async () => {
      mkdirSync(place.path("bin"), { recursive: true });
      const helper = place.path("bin/docker-credential-test");
      const answer = JSON.stringify({ ServerURL: host, Username: USER, Secret: PASSWORD });
      writeFileSync(helper, `#!/bin/sh\ncat >/dev/null\necho '${answer}'\n`);
      chmodSync(helper, 0o755);
      const path = { PATH: `${place.path("bin")}:${process.env["PATH"]}` };
      for (const content of [{ credHelpers: { [host]: "test" } }, { credsStore: "test", auths: { [host]: {} } }]) {
        assert.equal((await place.verify(model, 0, [], { ...configuration("helped", content), ...path })).outcome, "verified");
      }
    });

    test("is not given without an account or with a wrong one, and no password is shown", async () => {
      const auth = Buffer.from(`${USER}:not the password`).toString("base64");
      for (const environment of [
        configuration("none", {}),
        configuration("wrong", { auths: { [host]: { auth } } }),
        configuration("other", { auths: { "127.0.0.1": { auth } } }),
      ]) {
        assert.equal(withoutPassword(await place.verify(model, 3, [], environment)).error?.code, "REMOTE_DENIED");
      }
    });
  });
}

for (const name of ["docker-registry with tokens", "distribution with tokens"] as const) {
  const { host } = registries[name];

  suite(`a model in ${name}`, () => {
    const allowed = ["--allow-host", "127.0.0.1"];

    test("that anyone may read verifies with a token for anyone, which is for this repository alone", async () => {
      realm.asked.length = 0;
      assert.equal((await place.verify(`oci:${host}/public/granite:v1`, 0, [], configuration("none", {}))).outcome, "verified");
      assert.ok(realm.asked.length > 0);
      for (const asked of realm.asked) assert.deepEqual(asked, { scopes: ["repository:public/granite:pull"], by: "anyone" });
    });

    test("sends the account to a token server of another origin only where that is allowed", async () => {
      realm.asked.length = 0;
      const model = `oci:${host}/acme/granite:v1`;
      const refused = withoutPassword(await place.verify(model, 3, [], account));
      assert.ok(refused.error !== null && refused.error !== undefined);
      assert.ok(realm.asked.every(({ by }) => by === "anyone"));
      assert.equal((await place.verify(model, 0, allowed, account)).outcome, "verified");
      assert.deepEqual(realm.asked.at(-1), { scopes: ["repository:acme/granite:pull"], by: "user" });
    });

    test("is not given without an account or with a wrong one", async () => {
      const auth = Buffer.from(`${USER}:not the password`).toString("base64");
      for (const environment of [configuration("none", {}), configuration("wrong", { auths: { [host]: { auth } } })]) {
        const document = withoutPassword(await place.verify(`oci:${host}/acme/granite:v1`, 3, allowed, environment));
        assert.equal(document.error?.code, "REMOTE_DENIED");
      }
    });
  });
}

test("a model in a registry with TLS on this machine verifies where its root is trusted, and is not read otherwise", async () => {
  const { host, root } = await startSecureDistribution("password");
  const tls = ["--ca-file", root];
  await oras.run(["login", ...tls, host, "--username", USER, "--password-stdin"], PASSWORD);
  await oras.run(["push", ...tls, "--no-tty", `${host}/acme/granite:v1`, "--artifact-type", MODEL_TYPE, ...NAMES]);
  const model = `oci:${host}/acme/granite:v1`;
  assert.equal((await place.verify(model, 0, [], { ...account, NODE_EXTRA_CA_CERTS: root })).outcome, "verified");
  assert.match(withoutPassword(await place.verify(model, 3, [], account)).error?.message ?? "", /untrusted authority/);
});
