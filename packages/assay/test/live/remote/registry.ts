// Models in real registries, pushed and signed by oras. `npm run test:remote`.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { startDistribution, startDockerRegistry, startRegistryWithReferrers } from "../../support/remote-servers/registries.ts";
import { global, pickle, text, tuple } from "../../support/scan/pickle.ts";
import { GRANITE } from "./granite.ts";
import { Oras } from "./oras.ts";
import { WorkPlace } from "./work-place.ts";

const place = new WorkPlace();
const granite = writeFiles(place.path("granite"), GRANITE);
await place.sign(granite, [], "granite.sig");
await place.sign(granite, [], "again.sig");
const signed = writeFiles(place.path("signed"), GRANITE);
await place.sign(signed);
writeFiles(place.path("changed"), { ...GRANITE, "config.json": "{ }", "new.txt": "new" });
copyFileSync(place.path("granite.sig"), place.path("changed/model.sig"));
writeFiles(place.path("risky"), { "pytorch_model.bin": pickle(2, global("os", "system"), tuple(text("id")), "R") });

const NAMES = Object.keys(GRANITE);
const orasIn = (folder: string): Oras => new Oras(place.path(folder), place.folder);

const registries = {
  "docker-registry 2.8.2": await startDockerRegistry(),
  "distribution 3": await startDistribution(),
  "a registry with the referrers API": await startRegistryWithReferrers(),
} as const;

for (const [name, registry] of Object.entries(registries)) {
  const at = (repository: string): string => `${registry.host}/${repository}`;

  suite(`a model in ${name}`, () => {
    test("verifies by the signature among its layers, and the tag is resolved to the digest that oras pushed", async () => {
      const digest = await orasIn("signed").push(at("acme/signed:v1"), [...NAMES, "model.sig"]);
      for (const given of [`oci:${at("acme/signed:v1")}`, `oci:${at("acme/signed")}@${digest}`, `oci:${at("acme/signed:v1")}@${digest}`]) {
        const { outcome, source } = await place.verify(given, 0);
        assert.equal(outcome, "verified");
        assert.deepEqual(source, { kind: "oci", given, pinned: `oci:${at("acme/signed")}@${digest}`, host: registry.host });
      }
    });

    test("has the files and the manifest digest of the folder, and of what oras pulls", async () => {
      await orasIn("granite").push(at("acme/plain:v1"), NAMES);
      const there = await place.digest(`oci:${at("acme/plain:v1")}`);
      const here = await place.digest(granite);
      assert.equal(there.manifestDigest, here.manifestDigest);
      assert.deepEqual(there.files, here.files);
      const pulled = `pulled-${registry.host.split(":")[1]}`;
      mkdirSync(place.path(pulled));
      await orasIn(pulled).run(["pull", "--plain-http", "--no-tty", at("acme/plain:v1")]);
      assert.equal((await place.digest(pulled)).manifestDigest, here.manifestDigest);
    });

    test("verifies by a signature that oras attached", async () => {
      await orasIn("granite").push(at("acme/attached:v1"), NAMES);
      assert.equal((await place.verify(`oci:${at("acme/attached:v1")}`, 2)).error?.code, "SIGNATURE_NOT_FOUND");
      await orasIn(".").attach(at("acme/attached:v1"), "granite.sig");
      assert.equal((await place.verify(`oci:${at("acme/attached:v1")}`, 0)).outcome, "verified");
    });

    test("is signed in the registry, and verifies by the signature that was attached, which oras lists", async () => {
      const digest = await orasIn("granite").push(at("acme/unsigned:v1"), NAMES);
      const given = `oci:${at("acme/unsigned:v1")}`;
      const { attached } = await place.json(["sign", "key", given, "--private-key", "key.pem", "--attach"], 0);
      const { outcome, signature } = await place.verify(given, 0);
      assert.deepEqual([outcome, signature?.path], ["verified", attached]);
      const listed = await orasIn(".").run(["discover", "--plain-http", `${at("acme/unsigned")}@${digest}`]);
      assert.ok(listed.includes(attached?.split("@")[1] ?? "?"), listed);
    });

    test("of two attached signatures verifies by the one that is named", async () => {
      await orasIn("granite").push(at("acme/twice:v1"), NAMES);
      const digests = [
        await orasIn(".").attach(at("acme/twice:v1"), "granite.sig"),
        await orasIn(".").attach(at("acme/twice:v1"), "again.sig"),
      ];
      const { error } = await place.verify(`oci:${at("acme/twice:v1")}`, 2);
      for (const digest of digests) {
        assert.ok(error?.message.includes(digest), error?.message);
        assert.equal((await place.verify(`oci:${at("acme/twice:v1")}`, 0, ["--signature", digest])).outcome, "verified");
      }
    });

    test("with a changed and a new file fails, and both are named", async () => {
      await orasIn("changed").push(at("acme/changed:v1"), [...NAMES, "new.txt", "model.sig"]);
      const { differences } = await place.verify(`oci:${at("acme/changed:v1")}`, 1);
      assert.deepEqual(
        differences?.map(({ kind, name }) => [kind, name]),
        [
          ["changed", "config.json"],
          ["extra", "new.txt"],
        ],
      );
    });

    test("whose tag moved is verified by its digest still", async () => {
      const before = await orasIn("signed").push(at("acme/moved:v1"), [...NAMES, "model.sig"]);
      await orasIn("changed").push(at("acme/moved:v1"), [...NAMES, "new.txt", "model.sig"]);
      assert.equal((await place.verify(`oci:${at("acme/moved")}@${before}`, 0)).outcome, "verified");
      assert.equal((await place.verify(`oci:${at("acme/moved:v1")}`, 1)).outcome, "failed");
    });

    test("is scanned", async () => {
      await orasIn("risky").push(at("acme/risky:v1"), ["pytorch_model.bin"]);
      await place.json(["scan", `oci:${at("acme/risky:v1")}`], 1);
      await place.json(["scan", `oci:${at("acme/plain:v1")}`], 0);
    });

    test("under names that leave it is not verified", async () => {
      for (const [number, path] of ["../again.sig", place.path("again.sig")].entries()) {
        await orasIn("signed").push(at(`acme/outside-${number}:v1`), [...NAMES, "model.sig", path, "--disable-path-validation"]);
        assert.equal((await place.verify(`oci:${at(`acme/outside-${number}:v1`)}`, 1)).error?.code, "REMOTE_NAME");
      }
    });

    test("is found in an index where it is the only one, and of several the digests are named", async () => {
      const digest = await orasIn("signed").push(at("acme/listed:latest"), [...NAMES, "model.sig"]);
      const other = await orasIn("risky").push(at("acme/listed:other"), ["pytorch_model.bin"]);
      const index = async (tag: string, ...of: string[]): Promise<string> =>
        orasIn(".").run(["manifest", "index", "create", "--plain-http", at(`acme/listed:${tag}`), ...of]);
      await index("one", "latest");
      await index("nested", "one");
      await index("two", "latest", "other");
      for (const given of [`oci:${at("acme/listed")}`, `oci:${at("acme/listed:one")}`, `oci:${at("acme/listed:nested")}`]) {
        assert.equal((await place.verify(given, 0)).source?.pinned, `oci:${at("acme/listed")}@${digest}`);
      }
      const { error } = await place.verify(`oci:${at("acme/listed:two")}`, 2);
      assert.equal(error?.code, "REMOTE_SEVERAL");
      for (const one of [digest, other]) assert.ok(error.message.includes(one), error.message);
    });

    test("that does not exist is a wrong question", async () => {
      for (const missing of ["acme/plain:v9", `acme/plain@sha256:${"0".repeat(64)}`, "acme/missing:v1"]) {
        assert.match((await place.verify(`oci:${at(missing)}`, 2)).error?.code ?? "", /^REMOTE_/);
      }
    });
  });
}

suite("a signature that is attached under a tag", () => {
  test("is found in a registry that has the referrers API but did not list it", async () => {
    const { host } = registries["a registry with the referrers API"];
    await orasIn("granite").push(`${host}/acme/tagged:v1`, NAMES);
    await orasIn(".").attach(`${host}/acme/tagged:v1`, "granite.sig", ["--distribution-spec", "v1.1-referrers-tag"]);
    assert.equal((await place.verify(`oci:${host}/acme/tagged:v1`, 0)).outcome, "verified");
  });

  test("is copied by oras to another registry, and verifies there", async () => {
    const from = registries["docker-registry 2.8.2"].host;
    const to = registries["a registry with the referrers API"].host;
    await orasIn("granite").push(`${from}/acme/copied:v1`, NAMES);
    await orasIn(".").attach(`${from}/acme/copied:v1`, "granite.sig");
    await orasIn(".").run([
      "cp",
      "--recursive",
      "--no-tty",
      "--from-plain-http",
      "--to-plain-http",
      `${from}/acme/copied:v1`,
      `${to}/acme/copied:v1`,
    ]);
    assert.equal((await place.verify(`oci:${to}/acme/copied:v1`, 0)).outcome, "verified");
  });
});

test("a model whose digests are kept is verified again without reading its files", async () => {
  const registry = registries["a registry with the referrers API"];
  const { host } = registry;
  await orasIn("signed").push(`${host}/acme/kept:v1`, [...NAMES, "model.sig"]);
  const blobsRead = (): number => registry.log().split(/GET \/v2\/acme\/kept\/blobs/).length - 1;
  await place.verify(`oci:${host}/acme/kept:v1`, 0, ["--cache", "cache"]);
  const first = blobsRead();
  await place.verify(`oci:${host}/acme/kept:v1`, 0, ["--cache", "cache"]);
  // The signature alone.
  assert.deepEqual([first > NAMES.length - 1, blobsRead() - first], [true, 1]);
});
