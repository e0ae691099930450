import assert from "node:assert/strict";
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { Serialization } from "../../src/statement/manifest.ts";
import { differences, manifest, sha256, signedNow, verified, whole } from "../support/models/compared.ts";
import { modelFolder } from "../support/models/planted.ts";
import { compareFolder } from "../support/walk.ts";

const shards: Serialization = { method: "shards", hash: "sha256", shardSize: 4 };

suite("shards", () => {
  test("tell which of them changed first, how many, and of how many", async (t) => {
    const root = modelFolder(t, { a: "aaaabbbbccccdd" });
    const signed = await signedNow(root, shards);
    writeFileSync(join(root, "a"), "aaaaBBBBccccDD");
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: `sha256:${sha256("bbbb")}`,
        foundDigest: `sha256:${sha256("BBBB")}`,
        signedSize: 14,
        foundSize: 14,
        shards: { changed: 2, total: 4 },
      },
    ]);
  });

  test("a file that grew by whole shards is changed, though all signed ones are the same", async (t) => {
    const root = modelFolder(t, { a: "aaaabbbb" });
    const signed = await signedNow(root, shards);
    appendFileSync(join(root, "a"), "ccccd");
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: "none",
        foundDigest: "none",
        signedSize: 8,
        foundSize: 13,
        shards: { changed: 2, total: 4 },
      },
    ]);
  });

  test("a file that lost whole shards is changed", async (t) => {
    const root = modelFolder(t, { a: "aaaabbbb", b: "x" });
    const signed = await signedNow(root, shards);
    truncateSync(join(root, "a"), 4);
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: `sha256:${sha256("bbbb")}`,
        foundDigest: "none",
        signedSize: 8,
        foundSize: 4,
        shards: { changed: 1, total: 2 },
      },
    ]);
    truncateSync(join(root, "a"), 0);
    assert.deepEqual(
      (await differences(signed, root)).map((difference) => "shards" in difference && difference.shards),
      [{ changed: 2, total: 2 }],
    );
  });

  test("of a file that grew immensely, no more are read than were signed", async (t) => {
    const root = modelFolder(t, { a: "aaaa" });
    const signed = await signedNow(root, shards);
    truncateSync(join(root, "a"), 2 ** 42);
    assert.deepEqual(
      (await differences(signed, root)).map((difference) => "shards" in difference && difference.shards),
      [{ changed: 2 ** 40 - 1, total: 2 ** 40 }],
    );
  });

  test("cover no empty file: on disk it is not covered, not extra", async (t) => {
    const root = modelFolder(t, { a: "aaaa", empty: "" });
    const signed = await signedNow(root, shards);
    assert.deepEqual([...signed.files.keys()], ["a"]);
    const { notCovered } = await verified(signed, root);
    assert.deepEqual(notCovered, [{ name: "empty", kind: "file", fileCount: 1, bytes: 0, atLeast: false, reason: "empty-file" }]);
    await verified(signed, root, { ignoreUnsignedFiles: true });
  });

  test("find a renamed file by its size and digests", async (t) => {
    const root = modelFolder(t, { a: "aaaabb", c: "x" });
    const signed = await signedNow(root, shards);
    renameSync(join(root, "a"), join(root, "b"));
    writeFileSync(join(root, "aa"), "aaaabbbb");
    assert.deepEqual(await differences(signed, root), [
      { kind: "renamed", name: "a", newName: "b", size: 6 },
      { kind: "extra", name: "aa", foundSize: 8 },
    ]);
  });

  test("of a model of nothing but empty files leave nothing to sign", async (t) => {
    const root = modelFolder(t, { a: "", b: "" });
    await assert.rejects(signedNow(root, shards), { code: "MODEL_EMPTY" });
    await verified(await signedNow(root, whole), root);
  });
});

suite("a single file", () => {
  test("verifies under its basename and under the reference's own name for it", async (t) => {
    const path = join(modelFolder(t, { "model.bin": "w" }), "model.bin");
    for (const name of ["model.bin", "."]) {
      await verified(
        manifest({ files: new Map([[name, { name, digests: [sha256("w")], size: undefined }]]), modelName: "model.bin" }),
        path,
      );
    }
  });

  test("verifies as the only file of a folder, if it was signed under its basename", async (t) => {
    const root = modelFolder(t, { "model.bin": "w" });
    await verified(manifest({ files: new Map([["model.bin", { name: "model.bin", digests: [sha256("w")], size: undefined }]]) }), root);
    const dot = manifest({ files: new Map([[".", { name: ".", digests: [sha256("w")], size: undefined }]]) });
    await assert.rejects(compareFolder(dot, root, {}), { code: "MODEL_MISMATCH", message: /a single file was signed/ });
  });

  test("that changed is told under the signed name", async (t) => {
    const path = join(modelFolder(t, { "model.bin": "evil" }), "model.bin");
    const signed = manifest({ files: new Map([[".", { name: ".", digests: [sha256("w")], size: undefined }]]) });
    assert.deepEqual(
      (await differences(signed, path)).map(({ kind, name }) => [kind, name]),
      [["changed", "."]],
    );
  });

  test("under another name is renamed", async (t) => {
    const path = join(modelFolder(t, { "other.bin": "w" }), "other.bin");
    const signed = manifest({ files: new Map([["model.bin", { name: "model.bin", digests: [sha256("w")], size: undefined }]]) });
    assert.deepEqual(await differences(signed, path), [{ kind: "renamed", name: "model.bin", newName: "other.bin", size: 1 }]);
  });

  test("is not a folder: a signature for one says so", async (t) => {
    const root = modelFolder(t, { a: "1", "sub/b": "2" });
    const signed = await signedNow(root);
    await assert.rejects(compareFolder(signed, join(root, "a"), {}), {
      code: "MODEL_MISMATCH",
      message: /a folder was signed \(2 files in it\)/,
    });
    rmSync(join(root, "a"));
    await assert.rejects(compareFolder(await signedNow(root), join(root, "sub/b"), {}), {
      code: "MODEL_MISMATCH",
      message: /the file sub\/b/,
    });
  });
});
