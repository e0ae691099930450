// Models in real registries whose layers are archives: of oras, and as KitOps and ModelPack make them. `npm run test:remote`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { writeFiles } from "../../support/models/on-disk.ts";
import { startDistribution, startRegistryWithReferrers } from "../../support/remote-servers/registries.ts";
import { pushArtifact, type Artifact, type Blob } from "./artifact.ts";
import { GRANITE } from "./granite.ts";
import { Oras } from "./oras.ts";
import { WorkPlace } from "./work-place.ts";

const place = new WorkPlace();
const granite = writeFiles(place.path("granite"), GRANITE);
await place.sign(granite);
const registries = { "distribution 3": await startDistribution(), "a registry with the referrers API": await startRegistryWithReferrers() };

/** What the system's tar makes of these paths of the model. */
function tar(...paths: readonly string[]): Uint8Array {
  const { status, stdout, stderr } = spawnSync("tar", ["--sort=name", "-cf", "-", "-C", granite, ...paths], { maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr.toString());
  return stdout;
}

const file = (name: string): Uint8Array => readFileSync(join(granite, name));
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** As ModelPack's specification has it: a layer for each file, as it is or as an archive of one. */
function modelPack(archive: (kind: string, name: string) => Blob): Artifact {
  return {
    artifactType: "application/vnd.cncf.model.manifest.v1+json",
    config: {
      mediaType: "application/vnd.cncf.model.config.v1+json",
      bytes: json({ descriptor: { name: "granite" }, modelfs: { type: "layers", diffIds: [] }, config: {} }),
    },
    layers: [
      archive("weight", "weights/model.safetensors"),
      archive("weight.config", "config.json"),
      archive("weight.config", "empty.txt"),
      archive("weight.config", "tokenizer/a b+ü&=%.json"),
      archive("doc", "README.md"),
      archive("doc", "model.sig"),
    ],
  };
}

const modelPackLayer =
  (format: string, pack: (name: string) => Uint8Array) =>
  (kind: string, name: string): Blob => ({
    mediaType: `application/vnd.cncf.model.${kind}.v1.${format}`,
    bytes: pack(name),
    annotations: { "org.cncf.model.filepath": name },
  });

/** As KitOps packs it: a layer for each path of the Kitfile. */
const MODEL_KIT: Artifact = {
  config: {
    mediaType: "application/vnd.kitops.modelkit.config.v1+json",
    bytes: json({
      manifestVersion: "1.0.0",
      package: { name: "granite" },
      model: { name: "granite", path: "weights" },
      code: [{ path: "config.json" }, { path: "tokenizer" }, { path: "empty.txt" }],
      docs: [{ path: "README.md" }, { path: "model.sig" }],
    }),
  },
  layers: [
    { mediaType: "application/vnd.kitops.modelkit.model.v1.tar+gzip", bytes: gzipSync(tar("weights")) },
    { mediaType: "application/vnd.kitops.modelkit.code.v1.tar+gzip", bytes: gzipSync(tar("config.json")) },
    { mediaType: "application/vnd.kitops.modelkit.code.v1.tar+gzip", bytes: gzipSync(tar("tokenizer")) },
    { mediaType: "application/vnd.kitops.modelkit.code.v1.tar", bytes: tar("empty.txt") },
    { mediaType: "application/vnd.kitops.modelkit.docs.v1.tar+gzip", bytes: gzipSync(tar("README.md")) },
    { mediaType: "application/vnd.kitops.modelkit.docs.v1.tar", bytes: tar("model.sig") },
  ],
};

const ARTIFACTS: Readonly<Record<string, Artifact>> = {
  "a ModelPack of files": modelPack(modelPackLayer("raw", file)),
  "a ModelPack of tar archives": modelPack(modelPackLayer("tar", tar)),
  "a ModelPack of tar archives with gzip": modelPack(modelPackLayer("tar+gzip", (name) => gzipSync(tar(name)))),
  "a ModelPack of tar archives with zstd": modelPack(modelPackLayer("tar+zstd", (name) => zstdCompressSync(tar(name)))),
  "a ModelKit": MODEL_KIT,
};

for (const [name, registry] of Object.entries(registries)) {
  suite(`in ${name}`, () => {
    for (const [number, [what, artifact]] of Object.entries(ARTIFACTS).entries()) {
      test(`${what} verifies, and has the files and the manifest digest of the folder`, async () => {
        const digest = await pushArtifact(registry, `acme/packed-${number}`, "v1", artifact);
        const given = `oci:${registry.host}/acme/packed-${number}:v1`;
        const there = await place.digest(given);
        const here = await place.digest("granite");
        assert.deepEqual(there.files, here.files);
        assert.equal(there.manifestDigest, here.manifestDigest);
        const { outcome, source } = await place.verify(given, 0);
        assert.equal(outcome, "verified");
        assert.equal(source?.pinned, `oci:${registry.host}/acme/packed-${number}@${digest}`);
        await place.json(["scan", given], 0);
        const saved = `saved-${number}-${registry.host.split(":")[1]}`;
        await place.verify(given, 0, ["--save", saved]);
        assert.deepEqual((await place.digest(saved)).files, here.files);
      });
    }

    test("what oras packs of folders verifies, and has the manifest digest of what oras pulls", async () => {
      const oras = new Oras(granite, place.folder);
      const names = ["README.md", "config.json", "empty.txt", "model.sig", "tokenizer", "weights"];
      await oras.push(`${registry.host}/acme/folders:v1`, names);
      const given = `oci:${registry.host}/acme/folders:v1`;
      assert.equal((await place.verify(given, 0)).outcome, "verified");
      assert.equal((await place.digest(given)).manifestDigest, (await place.digest("granite")).manifestDigest);
      const pulled = writeFiles(place.path(`pulled-${registry.host.split(":")[1]}`), {});
      await new Oras(pulled, place.folder).run(["pull", "--plain-http", "--no-tty", `${registry.host}/acme/folders:v1`]);
      assert.equal((await place.verify(pulled, 0)).outcome, "verified");
    });

    test("a signature that is attached to archives verifies", async () => {
      const layers = MODEL_KIT.layers.slice(0, -1);
      await pushArtifact(registry, "acme/attached-kit", "v1", { ...MODEL_KIT, layers });
      await new Oras(granite, place.folder).attach(`${registry.host}/acme/attached-kit:v1`, "model.sig");
      assert.equal((await place.verify(`oci:${registry.host}/acme/attached-kit:v1`, 0)).outcome, "verified");
    });
  });
}
