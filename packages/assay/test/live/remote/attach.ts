// Signatures that Assay attaches to models in real registries. `npm run test:remote`.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import {
  PASSWORD,
  startDistribution,
  startDockerRegistry,
  startRegistryWithReferrers,
  USER,
} from "../../support/remote-servers/registries.ts";
import { startTokenRealm } from "../../support/remote-servers/token-realm.ts";
import { GRANITE } from "./granite.ts";
import { BUNDLE_TYPE, Oras } from "./oras.ts";
import { WorkPlace } from "./work-place.ts";

const place = new WorkPlace();
const granite = writeFiles(place.path("granite"), GRANITE);
await place.sign(granite, [], "granite.sig");
const NAMES = Object.keys(GRANITE);
const ATTACH = ["--private-key", "key.pem", "--attach"] as const;

const registries = {
  "docker-registry 2.8.2": await startDockerRegistry(),
  "distribution 3": await startDistribution(),
  "a registry with the referrers API": await startRegistryWithReferrers(),
} as const;

/** The digests of all that oras finds attached to a manifest. */
async function attachedTo(reference: string): Promise<readonly string[]> {
  const text = await new Oras(place.folder, place.folder).run(["discover", "--plain-http", "--format", "json", reference]);
  const { referrers } = JSON.parse(text) as { readonly referrers: readonly { readonly digest: string }[] };
  return referrers.map(({ digest }) => digest);
}

for (const [name, { host }] of Object.entries(registries)) {
  suite(`in ${name}`, () => {
    const oras = new Oras(granite, place.folder);

    test("a model is signed where it is, and verifies by the attached signature, which oras finds", async () => {
      const reference = `${host}/acme/granite:v1`;
      const digest = await oras.push(reference, NAMES);
      await place.json(["sign", "key", `oci:${reference}`, ...ATTACH], 0);
      const { outcome, source } = await place.verify(`oci:${reference}`, 0);
      assert.deepEqual([outcome, source?.pinned], ["verified", `oci:${host}/acme/granite@${digest}`]);
      const [attached = "", ...others] = await attachedTo(reference);
      assert.equal(others.length, 0);
      const manifest = await oras.run(["manifest", "fetch", "--plain-http", `${host}/acme/granite@${attached}`]);
      const { artifactType, subject } = JSON.parse(manifest) as {
        readonly artifactType: string;
        readonly subject: { readonly digest: string };
      };
      assert.deepEqual([artifactType, subject.digest], [BUNDLE_TYPE, digest]);
    });

    test("what was attached before stays", async () => {
      const reference = `${host}/acme/twice:v1`;
      await oras.push(reference, NAMES);
      const first = await new Oras(place.folder, place.folder).attach(reference, "granite.sig");
      await place.json(["sign", "key", `oci:${reference}`, ...ATTACH], 0);
      const attached = await attachedTo(reference);
      assert.equal(attached.length, 2);
      assert.ok(attached.includes(first));
      for (const digest of attached) await place.verify(`oci:${reference}`, 0, ["--signature", digest]);
    });

    test("a signature that oras attaches afterwards does not hide the one of Assay", async () => {
      const reference = `${host}/acme/after:v1`;
      await oras.push(reference, NAMES);
      await place.json(["sign", "key", `oci:${reference}`, ...ATTACH], 0);
      await new Oras(place.folder, place.folder).attach(reference, "granite.sig");
      const attached = await attachedTo(reference);
      assert.equal(attached.length, 2);
      for (const digest of attached) await place.verify(`oci:${reference}`, 0, ["--signature", digest]);
    });
  });
}

suite("where a registry asks who pushes", () => {
  test("an account with the right to push is asked for that right, and nothing is attached without one", async () => {
    const realm = await startTokenRealm();
    const { host } = await startDistribution(realm);
    mkdirSync(place.path("docker"));
    const oras = new Oras(granite, place.path("docker"));
    await oras.run(["login", "--plain-http", host, "--username", USER, "--password-stdin"], PASSWORD);
    await oras.push(`${host}/public/granite:v1`, NAMES);
    const sign = ["sign", "key", `oci:${host}/public/granite:v1`, ...ATTACH, "--allow-host", "127.0.0.1"];

    const { error } = await place.json(sign, 3);
    assert.equal(error?.code, "REMOTE_DENIED");
    realm.asked.length = 0;
    await place.json(sign, 0, { DOCKER_CONFIG: place.path("docker") });
    const scopes = new Set(realm.asked.flatMap(({ scopes }) => scopes));
    assert.deepEqual([...scopes].sort(), ["repository:public/granite:pull", "repository:public/granite:pull,push"]);
    assert.equal((await place.verify(`oci:${host}/public/granite:v1`, 0)).outcome, "verified");
  });
});
