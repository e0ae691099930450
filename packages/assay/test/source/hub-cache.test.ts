import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { assessOpenness, digest, keySigner, sign, verify } from "../../src/index.ts";
import { makeKeyPair } from "../support/keys.ts";
import { plant, temporaryFolder, type Tree } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const keys = makeKeyPair("P-256");
const signer = await keySigner(keys);
const trust = { method: "key", publicKey: keys.publicKey } as const;
const XET = "0123456789abcdef".repeat(4);
const REPOSITORY = "models--acme--granite";
const SNAPSHOT = `${REPOSITORY}/snapshots/4f2b`;

/** A Hugging Face cache as huggingface_hub 2 makes it, with the second hop of a file that repositories share. */
const CACHE: Tree = {
  [`${REPOSITORY}/blobs/aaaa`]: "{}",
  [`blobs/01/${XET}`]: "weights",
  [`${REPOSITORY}/blobs/bbbb`]: { link: `../../blobs/01/${XET}` },
  [`${SNAPSHOT}/config.json`]: { link: "../../blobs/aaaa" },
  [`${SNAPSHOT}/sub/weights.bin`]: { link: "../../../blobs/bbbb" },
  [`${SNAPSHOT}/README.md`]: "---\nlicense: mit\n---\n",
};

function cacheWith(t: TestContext, more: Tree = {}): string {
  const cache = temporaryFolder(t);
  plant(cache, { ...CACHE, ...more });
  return join(cache, SNAPSHOT);
}

suite("a snapshot in a Hugging Face cache", () => {
  test("is read through the cache's own links, without permission and without a warning", async (t) => {
    const root = cacheWith(t);
    for (const purpose of ["sign", "verify"] as const) {
      const { files, linksFollowed, warnings } = await walkModel(root, { purpose });
      assert.deepEqual(
        files.map(({ name, size }) => [name, size]),
        [
          ["README.md", 21],
          ["config.json", 2],
          ["sub/weights.bin", 7],
        ],
      );
      assert.deepEqual([linksFollowed, warnings], [0, []]);
    }
  });

  test("has the digest of the same files in a plain folder, and no signature of it allows links", async (t) => {
    const root = cacheWith(t);
    const plain = temporaryFolder(t);
    plant(plain, { "README.md": "---\nlicense: mit\n---\n", "config.json": "{}", "sub/weights.bin": "weights" });
    assert.equal((await digest(root)).manifestDigest, (await digest(plain)).manifestDigest);
    const { bundle, manifest } = await sign(root, { signer });
    assert.equal(manifest.allowSymlinks, false);
    assert.equal((await sign(root, { signer, allowSymlinks: true })).manifest.allowSymlinks, false);
    assert.equal((await verify(plain, { trust, signature: bundle })).outcome, "verified");
    assert.equal((await verify(root, { trust, signature: bundle })).outcome, "verified");
  });

  test("is verified by the signature in it, which is a link of the cache too, and hides no other name of that blob", async (t) => {
    const root = cacheWith(t);
    const { bundle } = await sign(root, { signer });
    plant(root, { "../../blobs/cccc": bundle, "model.sig": { link: "../../blobs/cccc" } });
    const answer = await verify(root, { trust, cwd: root });
    assert.deepEqual([answer.outcome, answer.signature?.path], ["verified", join(root, "model.sig")]);
    plant(root, { "chat.jinja": { link: "../../blobs/cccc" } });
    const hidden = await verify(root, { trust, cwd: root });
    assert.ok(hidden.outcome === "failed");
    assert.deepEqual(
      hidden.differences.map(({ kind, name }) => [kind, name]),
      [["extra", "chat.jinja"]],
    );
  });

  test("is read by openness as the plain files are", async (t) => {
    const { findings, binding, warnings } = await assessOpenness(cacheWith(t));
    assert.deepEqual(findings.files, ["README.md", "config.json", "sub/weights.bin"]);
    assert.notEqual(binding, undefined);
    assert.ok(!warnings.some(({ code }) => code === "EVIDENCE_LINK_IGNORED"));
  });

  const foreign: Tree = {
    "a link out of the cache": { link: "/etc/hostname" },
    "a link to another snapshot's file": { link: "../other/x" },
    "a link to the cache's shared blobs without the hop": { link: `../../../blobs/01/${XET}` },
    "a link to a folder below blobs": { link: "../../blobs/folder" },
    "a link to a file below a folder of blobs": { link: "../../blobs/folder/x" },
    "a link by way of blobs to elsewhere": { link: "../../blobs/../refs" },
    "a link to a blob that is a link elsewhere": { link: "../../blobs/elsewhere" },
    "a link to a blob that leads to a shared blob in another's folder": { link: "../../blobs/misplaced" },
    "a link to a file of the snapshot": { link: "README.md" },
    "a link to a blob that is not there": { link: "../../blobs/gone" },
  };
  for (const [what, link] of Object.entries(foreign)) {
    test(`refuses ${what}`, async (t) => {
      const root = cacheWith(t, {
        [`${REPOSITORY}/snapshots/other/x`]: "x",
        [`${REPOSITORY}/refs`]: "r",
        [`${REPOSITORY}/blobs/folder/x`]: "x",
        [`${REPOSITORY}/blobs/elsewhere`]: { link: "../refs" },
        [`blobs/ff/${XET}`]: "weights",
        [`${REPOSITORY}/blobs/misplaced`]: { link: `../../blobs/ff/${XET}` },
        [`${SNAPSHOT}/odd`]: link ?? "",
      });
      await assert.rejects(walkModel(root, { purpose: "verify" }), { code: "LINK_NOT_ALLOWED", message: /^odd / });
    });
  }
});

test("a repository in a cache is not a model: the error names the snapshot", async (t) => {
  const root = join(cacheWith(t), "../..");
  await assert.rejects(walkModel(root, { purpose: "verify", allowSymlinks: true }), { code: "USAGE", hint: /snapshots\/4f2b$/ });
});

test("the same links in any other folder are links like any other", async (t) => {
  for (const name of ["granite/snapshots/4f2b", "models--acme--granite/other/4f2b"]) {
    const folder = temporaryFolder(t);
    plant(folder, {
      [`${name}/config.json`]: { link: "../../blobs/aaaa" },
      "granite/blobs/aaaa": "{}",
      "models--acme--granite/blobs/aaaa": "{}",
    });
    await assert.rejects(walkModel(join(folder, name), { purpose: "verify" }), { code: "LINK_NOT_ALLOWED" });
  }
});

test("what hf download --local-dir leaves in the model is named, unless it is signed or left out", async (t) => {
  const root = join(temporaryFolder(t), "granite");
  plant(root, { "config.json": "{}", ".cache/huggingface/download/config.json.metadata": "m", ".cache/huggingface/.gitignore": "*" });
  const codes = async (options: Parameters<typeof walkModel>[1]): Promise<string[]> =>
    (await walkModel(root, options)).warnings.map(({ code, message }) => `${code} ${/\(\d+ files?\)/.exec(message)?.[0] ?? ""}`);
  assert.deepEqual(await codes({ purpose: "sign" }), ["HUB_DOWNLOAD_FOLDER (2 files)"]);
  assert.deepEqual(await codes({ purpose: "sign", ignorePaths: [".cache/huggingface"], cwd: "/" }), []);
  const listed = new Set([".cache/huggingface/download/config.json.metadata", ".cache/huggingface/.gitignore"]);
  assert.deepEqual(await codes({ purpose: "verify", listed }), []);
});
