// Models on a real Hub server (olah), beside the Hub's own client. `npm run test:remote`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { makeModelRepository } from "../../support/remote-servers/model-repository.ts";
import { startOlah } from "../../support/remote-servers/olah.ts";
import { hubTool } from "../../support/remote-servers/tools.ts";
import { global, pickle, text, tuple } from "../../support/scan/pickle.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { WorkPlace } from "./work-place.ts";

const mirrors = temporaryFolder();
const hub = await startOlah(mirrors);
const place = new WorkPlace({ HF_ENDPOINT: hub.address });

const granite = makeModelRepository(mirrors, "acme/granite");
const unsigned = granite.commit({
  "README.md": "---\nlicense: apache-2.0\n---\n# Granite\n",
  "config.json": '{"model_type":"llama"}',
  "empty.txt": "",
  "weights/a b-ü.safetensors": safetensors({ w: { shape: [700_000] } }),
  "weights/second.safetensors": safetensors({ w: { shape: [3] } }),
});
await place.sign(granite.folder, [], "granite.sig");
await place.sign(granite.folder);
const signed = granite.commit();
granite.git("tag", "v1");
granite.git("checkout", "--quiet", "-b", "next");
granite.commit({ "config.json": '{"model_type":"lama"}', "new.txt": "new" });
granite.git("checkout", "--quiet", "main");

/** The Hub's own client. */
function hf(...words: readonly string[]): string {
  const env = {
    PATH: process.env["PATH"],
    HOME: place.folder,
    HF_HOME: place.path("hf-home"),
    HF_ENDPOINT: hub.address,
    HF_HUB_DISABLE_TELEMETRY: "1",
    NO_COLOR: "1",
  };
  const { status, stdout, stderr } = spawnSync(hubTool("hf"), words, { cwd: place.folder, env, encoding: "utf8" });
  assert.equal(status, 0, `hf ${words.join(" ")}\n${stdout}${stderr}`);
  return stdout + stderr;
}

suite("a model on a real hub", () => {
  test("verifies by the signature in it, at a branch, a tag and a commit", async () => {
    for (const given of ["hf:acme/granite", "hf:acme/granite@v1", `hf:acme/granite@${signed}`, "hf:acme/granite@main"]) {
      const { outcome, source } = await place.verify(given, 0);
      assert.equal(outcome, "verified");
      assert.deepEqual(source, { kind: "hf", given, pinned: `hf:acme/granite@${signed}`, host: hub.host });
    }
  });

  test("is understood by the address that a browser shows", async () => {
    for (const given of [
      "https://huggingface.co/acme/granite",
      "https://huggingface.co/acme/granite/tree/v1",
      "https://hf.co/acme/granite",
    ]) {
      assert.equal((await place.verify(given, 0)).source?.pinned, `hf:acme/granite@${signed}`);
    }
  });

  test("has the files and the manifest digest of the checkout", async () => {
    const there = await place.digest("hf:acme/granite");
    const here = await place.digest(granite.folder);
    assert.equal(there.manifestDigest, here.manifestDigest);
    assert.deepEqual(there.files, here.files);
    assert.equal(here.files?.length, 5);
  });

  test("has the manifest digest of what hf downloads, into its cache and into a folder, and hf verifies both", async () => {
    const { manifestDigest } = await place.digest("hf:acme/granite");
    hf("download", "acme/granite");
    assert.match(hf("cache", "verify", "acme/granite"), /Verified 7 file/);
    const snapshot = place.path("hf-home/hub/models--acme--granite/snapshots", signed);
    assert.equal((await place.digest(snapshot)).manifestDigest, manifestDigest);
    assert.equal((await place.verify(snapshot, 0)).outcome, "verified");

    hf("download", "acme/granite", "--local-dir", "copy");
    hf("cache", "verify", "acme/granite", "--local-dir", "copy");
    const ignored = ["--ignore-paths", "copy/.cache/huggingface"];
    assert.equal((await place.digest("copy", ignored)).manifestDigest, manifestDigest);
    assert.equal((await place.verify("copy", 0, ignored)).outcome, "verified");
    assert.ok((await place.verify("copy", 1)).warnings.some(({ code }) => code === "HUB_DOWNLOAD_FOLDER"));
  });

  test("is not verified at another commit: a changed and a new file are named", async () => {
    const { differences, outcome } = await place.verify("hf:acme/granite@next", 1);
    assert.equal(outcome, "failed");
    assert.deepEqual(
      differences?.map(({ kind, name }) => [kind, name]),
      [
        ["changed", "config.json"],
        ["extra", "new.txt"],
      ],
    );
  });

  test("without a signature there, verifies by one that is here", async () => {
    assert.equal((await place.verify(`hf:acme/granite@${unsigned}`, 0, ["--signature", "granite.sig"])).outcome, "verified");
    assert.equal((await place.verify(`hf:acme/granite@${unsigned}`, 2)).error?.code, "SIGNATURE_NOT_FOUND");
  });

  test("that is signed in shards verifies", async () => {
    const shards = makeModelRepository(mirrors, "acme/shards");
    shards.commit({ "model.bin": Buffer.alloc(3_000_001, 7), "config.json": "{}" });
    await place.sign(shards.folder, ["--shard-size", "1000000"]);
    shards.commit();
    assert.equal((await place.verify("hf:acme/shards", 0)).outcome, "verified");
  });

  test("whose server has other weights than the commit names fails, but for the digests that it attests", async () => {
    const broken = makeModelRepository(mirrors, "acme/broken");
    broken.commit({ "model.bin": Buffer.alloc(50_000, 1), "config.json": "{}" });
    await place.sign(broken.folder);
    broken.commit();
    const stored = broken.git("lfs", "ls-files", "--long").slice(0, 64);
    const object = join(broken.folder, ".git/lfs/objects", stored.slice(0, 2), stored.slice(2, 4), stored);
    chmodSync(object, 0o644);
    writeFileSync(object, Buffer.alloc(50_000, 2));
    assert.equal((await place.verify("hf:acme/broken", 1)).error?.code, "REMOTE_DIGEST");
    const believed = await place.verify("hf:acme/broken", 0, ["--digests", "attested"]);
    assert.ok(believed.warnings.some(({ code }) => code === "DIGESTS_ATTESTED"));
  });

  test("that does not exist could not be told: this server denies what it does not have", async () => {
    for (const given of ["hf:acme/granite@v9", "hf:acme/missing"]) {
      assert.equal((await place.verify(given, 3)).error?.code, "REMOTE_DENIED");
    }
  });

  test("is scanned as the checkout is", async () => {
    const risky = makeModelRepository(mirrors, "acme/risky");
    risky.commit({
      "pytorch_model.bin": pickle(2, global("os", "system"), tuple(text("id")), "R"),
      "model.safetensors": safetensors({ w: { shape: [9] } }),
      "config.json": '{"auto_map":{"AutoModel":"modeling.Model"}}',
      "modeling.py": "class Model: pass\n",
    });
    const scanned = async (model: string): Promise<unknown> => {
      const { files } = (await place.json(["scan", model], 1)) as unknown as { readonly files: readonly { readonly file: string }[] };
      // The checkout has git's own files beside the model's.
      return files.filter(({ file }) => !file.startsWith(".git/")).map((file) => ({ ...file, model: "" }));
    };
    assert.deepEqual(await scanned("hf:acme/risky"), await scanned(risky.folder));
  });
});
