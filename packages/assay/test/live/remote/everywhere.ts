// One model in a folder, on a hub, in a registry, in a bucket and on a web server: the same answers everywhere. `npm run test:remote`.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { makeModelRepository } from "../../support/remote-servers/model-repository.ts";
import { startMoto } from "../../support/remote-servers/moto.ts";
import { startOlah } from "../../support/remote-servers/olah.ts";
import { startDistribution } from "../../support/remote-servers/registries.ts";
import { startGoWebServer } from "../../support/remote-servers/web-servers.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { GRANITE } from "./granite.ts";
import { Oras } from "./oras.ts";
import { WorkPlace, type Document } from "./work-place.ts";

const CHANGED = { "config.json": '{"model_type":"lama"}', "new.txt": "new" } as const;

const mirrors = temporaryFolder();
const [hub, s3, registry] = await Promise.all([startOlah(mirrors), startMoto(), startDistribution()]);
const place = new WorkPlace({
  HF_ENDPOINT: hub.address,
  AWS_ENDPOINT_URL: s3.address,
  AWS_ACCESS_KEY_ID: "AKIATEST",
  AWS_SECRET_ACCESS_KEY: "secret",
});
const repository = makeModelRepository(mirrors, "acme/granite");
// Git's settings are beside the model everywhere: what is there on one side alone is not compared.
const model = { ...GRANITE, ".gitattributes": readFileSync(join(repository.folder, ".gitattributes")) };
const folder = writeFiles(place.path("granite"), model);
await place.sign(folder);
const signature = readFileSync(place.path("granite/model.sig"));
const before = { ...model, "model.sig": signature };
const after = { ...before, ...CHANGED };
writeFiles(place.path("changed"), after);

repository.commit(before);
repository.git("tag", "v1");
repository.commit(after);
repository.git("tag", "v2");

for (const [version, files] of [
  ["v1", before],
  ["v2", after],
] as const) {
  const oras = new Oras(place.path(version === "v1" ? "granite" : "changed"), place.folder);
  await oras.push(`${registry.host}/acme/granite:${version}`, Object.keys(files));
}
await s3.createBucket("models");
for (const [version, files] of [
  ["v1", before],
  ["v2", after],
] as const) {
  for (const [name, content] of Object.entries(files)) await s3.put("models", `granite/${version}/${name}`, content);
}

interface Place {
  readonly given: string;
  /** The same with a changed and a new file. */
  readonly changed: string;
  readonly kind?: string;
  /** The files whose digests the server attests. */
  readonly attested?: readonly string[];
}

const NAMES = Object.keys(GRANITE);

const PLACES: Readonly<Record<string, Place>> = {
  "in a folder": { given: "granite", changed: "changed" },
  "on a hub": { given: "hf:acme/granite@v1", changed: "hf:acme/granite@v2", kind: "hf", attested: ["weights/model.safetensors"] },
  "in a registry": {
    given: `oci:${registry.host}/acme/granite:v1`,
    changed: `oci:${registry.host}/acme/granite:v2`,
    kind: "oci",
    attested: NAMES,
  },
  "in a bucket": { given: "s3://models/granite/v1/", changed: "s3://models/granite/v2/", kind: "s3", attested: [] },
};

/** A policy for any model that is signed with the key. */
writeFileSync(
  place.path("policy.yml"),
  `version: 1
name: test
models:
  - id: granite
    match: { reference: ["*:**"], name: "**" }
    rules:
      load: data-only
      signers: [{ name: test, key: { file: key.pub } }]
`,
);

const here = await place.digest("granite");
const scanHere = await place.json(["scan", "granite"], 0);
const opennessHere = await place.json(["openness", "granite"], 0);

function withoutModel(files: Document["files"]): readonly unknown[] {
  return files?.map((file) => ({ ...file, model: undefined })) ?? [];
}

for (const [where, { given, changed, kind, attested }] of Object.entries(PLACES)) {
  suite(`a model ${where}`, () => {
    test("has one manifest digest, and verifies pinned to it", async () => {
      const { manifestDigest, files, source } = await place.digest(given);
      assert.equal(manifestDigest, here.manifestDigest);
      assert.deepEqual(files, here.files);
      assert.equal(source?.kind, kind);
      const { outcome } = await place.verify(given, 0, ["--expect-digest", here.manifestDigest ?? ""]);
      assert.equal(outcome, "verified");
    });

    test("is the same as the folder, and differs from a changed one in the same files", async () => {
      const all = "--no-ignore-git-paths";
      assert.deepEqual((await place.json(["diff", given, "granite", all], 0)).differences, []);
      for (const other of ["changed", changed]) {
        const { differences } = await place.json(["diff", given, other, all], 1);
        assert.deepEqual(
          differences?.map(({ kind, name }) => [kind, name]),
          [
            ["changed", "config.json"],
            ["extra", "new.txt"],
          ],
        );
      }
    });

    test("is scanned, evaluated for openness and allowed by a policy as the folder is", async () => {
      const { models, files: scanned } = await place.json(["scan", given], 0);
      assert.deepEqual([models?.[0]?.facts, models?.[0]?.source?.kind], [scanHere.models?.[0]?.facts, kind]);
      assert.deepEqual(withoutModel(scanned), withoutModel(scanHere.files));
      const openness = await place.json(["openness", given], 0);
      assert.deepEqual([openness.model, openness.components], [opennessHere.model, opennessHere.components]);
      const { decision, rules } = await place.json(["check", given, "--policy", "policy.yml"], 0);
      assert.equal(decision, "allow");
      assert.deepEqual(
        rules?.map(({ rule, outcome }) => [rule, outcome]),
        ["signers", "coverage", "load"].map((rule) => [rule, "pass"]),
      );
    });

    test("is signed where it is: the signature is one of the folder", async () => {
      const signature = `of-${kind ?? "folder"}.sig`;
      await place.sign(given, [], signature);
      assert.equal((await place.verify("granite", 0, ["--signature", signature])).outcome, "verified");
    });

    test("is saved once it is verified, and then verifies without its server", async () => {
      if (kind === undefined) {
        assert.equal((await place.verify(given, 2, ["--save", "saved"])).error?.code, "USAGE");
        return;
      }
      await place.verify(given, 0, ["--save", `saved-${kind}`]);
      const { files } = await place.digest(`saved-${kind}`);
      assert.deepEqual(files, here.files);
      assert.equal((await place.verify(`saved-${kind}`, 0)).outcome, "verified");
      await place.verify(changed, 1, ["--save", `saved-changed-${kind}`]);
      assert.deepEqual(
        readdirSync(place.folder).filter((name) => name.startsWith(`saved-changed-${kind}`)),
        [],
      );
    });

    test("has the same digest by what the server attests, with the counts and a warning", async () => {
      const asked = ["--digests", "attested"];
      if (attested === undefined) {
        assert.equal((await place.json(["digest", given, ...asked], 2)).error?.code, "USAGE");
        return;
      }
      const there = await place.digest(given, asked);
      assert.equal(there.manifestDigest, here.manifestDigest);
      const names = there.files?.filter(({ origin }) => origin === "attested").map(({ name }) => name);
      assert.deepEqual(names, attested);
      const { outcome, digests, warnings } = await place.verify(given, 0, asked);
      assert.equal(outcome, "verified");
      assert.deepEqual(digests, { computed: NAMES.length - attested.length, attested: attested.length });
      const warned = warnings.filter(({ code }) => code === "DIGESTS_ATTESTED");
      assert.equal(warned.length, attested.length > 0 ? 1 : 0);
      assert.ok(warned.every(({ message }) => message.includes("127.0.0.1")));
    });
  });
}

const given = `${(await startGoWebServer(place.folder)).address}/granite/`;

suite("a model on a web server, which does not list its files", () => {
  test("has the manifest digest and the openness of the folder, and verifies pinned to it", async () => {
    assert.equal((await place.digest(given)).manifestDigest, here.manifestDigest);
    assert.equal((await place.verify(given, 0, ["--expect-digest", here.manifestDigest ?? ""])).outcome, "verified");
    assert.deepEqual((await place.json(["openness", given], 0)).components, opennessHere.components);
  });

  test("is saved once it is verified", async () => {
    await place.verify(given, 0, ["--save", "saved-web"]);
    assert.deepEqual((await place.digest("saved-web")).files, here.files);
    assert.equal((await place.verify("saved-web", 0)).outcome, "verified");
  });

  test("is not said to be safe or the same, as there may be other files", async () => {
    await place.json(["scan", given], 3);
    await place.json(["diff", given, "granite", "--no-ignore-git-paths"], 3);
    await place.json(["check", given, "--policy", "policy.yml"], 3);
  });
});
