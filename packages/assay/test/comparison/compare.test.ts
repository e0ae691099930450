import assert from "node:assert/strict";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { differences, manifest, sha256, signedNow, verified, whole } from "../support/models/compared.ts";
import { modelFolder, plant } from "../support/models/planted.ts";
import { compareFolder } from "../support/walk.ts";

suite("a model as it was signed", () => {
  test("verifies, and the result counts files and bytes", async (t) => {
    const root = modelFolder(t, { a: "11", "b/c": "222", empty: "" });
    const comparison = await verified(await signedNow(root), root);
    assert.deepEqual(comparison, {
      differences: [],
      unsigned: [],
      notCovered: [],
      notDownloaded: [],
      matchedFiles: 3,
      matchedBytes: 5,
      warnings: [],
      links: "none",
    });
  });

  for (const hash of ["sha256", "blake2b", "blake3"] as const) {
    test(`verifies under ${hash}, whole and in shards`, async (t) => {
      const root = modelFolder(t, { a: "1234567890", b: "x" });
      await verified(await signedNow(root, { method: "files", hash }), root);
      await verified(await signedNow(root, { method: "shards", hash, shardSize: 3 }), root);
    });
  }

  test("under another name verifies with a warning", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const { warnings } = await verified(await signedNow(root, whole, { modelName: "granite" }), root);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["SUBJECT_NAME_DIFFERS"],
    );
    await verified(await signedNow(root, whole, { modelName: "granite", format: "historical-0.1" }), root);
  });

  test("with what the signer left out names it as not covered", async (t) => {
    const root = modelFolder(t, { a: "1", ".git/HEAD": "h" });
    const signed = await signedNow(root);
    plant(root, { logs: "22", "tmp/1": "333" });
    const withRule = manifest({ ...signed, ignorePaths: [...signed.ignorePaths, "logs"] });
    const { notCovered } = await verified(withRule, root, { ignorePaths: ["tmp"], cwd: root });
    assert.deepEqual(
      notCovered.map(({ name, bytes, reason }) => [name, bytes, reason]),
      [
        [".git", 1, "signed-ignore-path"],
        ["logs", 2, "signed-ignore-path"],
        ["tmp", 3, "caller-ignore-path"],
      ],
    );
  });

  test("whose signature is over git-LFS pointers verifies, with a warning that names them", async (t) => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256("w")}\nsize 1\n`;
    const root = modelFolder(t, { "a.bin": pointer, "b.txt": "version http" });
    const { warnings, notDownloaded } = await verified(await signedNow(root), root);
    assert.deepEqual(
      warnings.map(({ code, message }) => [code, message.split(":", 1)[0]]),
      [["LFS_POINTER", "a.bin is a git-LFS pointer"]],
    );
    assert.deepEqual(notDownloaded, []);
  });

  test("stays verified beside its signature", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const signed = await signedNow(root);
    plant(root, { "model.sig": "s" });
    await verified(signed, root, { signature: join(root, "model.sig") });
    assert.deepEqual(await differences(signed, root), [{ kind: "extra", name: "model.sig", foundSize: 1 }]);
  });
});

suite("with unsigned files ignored", () => {
  const options = { ignoreUnsignedFiles: true } as const;

  test("extra files are counted and listed instead of failing", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const signed = await signedNow(root);
    plant(root, { b: "22", "sub/c": "333", link: { link: "nowhere" } });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]), "4444");
    const { unsigned, matchedFiles } = await verified(signed, root, options);
    assert.deepEqual(unsigned, [
      { name: "\\xff", size: 4 },
      { name: "b", size: 2 },
      { name: "link", size: 7 },
      { name: "sub/c", size: 3 },
    ]);
    assert.equal(matchedFiles, 1);
  });

  test("missing, changed and renamed files still fail", async (t) => {
    const root = modelFolder(t, { a: "1", b: "2", c: "3" });
    const signed = await signedNow(root);
    rmSync(join(root, "a"));
    writeFileSync(join(root, "b"), "x");
    renameSync(join(root, "c"), join(root, "d"));
    assert.deepEqual(
      (await differences(signed, root, options)).map(({ kind }) => kind),
      ["missing", "changed", "renamed"],
    );
  });

  test("a file outside of the model is not read through a listed link", async (t) => {
    const root = modelFolder(t, { "sub/w": "secret" });
    const signed = await signedNow(root);
    renameSync(join(root, "sub"), join(root, "../moved"));
    plant(root, { sub: { link: "../moved" } });
    await assert.rejects(compareFolder(signed, root, options), { code: "LINK_NOT_ALLOWED" });
  });
});

suite("links under a signature", () => {
  test("follow the signer's word inside of the model, and the caller's out of it; the result says whose", async (t) => {
    const root = modelFolder(t, { a: "1", link: { link: "a" } });
    const signed = await signedNow(root, whole, { allowSymlinks: true });
    assert.equal((await verified(signed, root)).links, "allowed by the signer");
    assert.equal((await verified(signed, root, { allowSymlinks: true })).links, "allowed by the caller");
    const withoutWord = manifest({ ...signed, allowSymlinks: false });
    await assert.rejects(compareFolder(withoutWord, root, {}), { code: "LINK_NOT_ALLOWED" });
    await verified(withoutWord, root, { allowSymlinks: true });
  });

  test("to a place outside the model are an error where only the signer allows links", async (t) => {
    const root = modelFolder(t, { a: "1", link: { link: "../blob" } });
    plant(root, { "../blob": "b" });
    const signed = await signedNow(root, whole, { allowSymlinks: true });
    await assert.rejects(compareFolder(signed, root, {}), { code: "LINK_OUTSIDE" });
    const { warnings } = await verified(signed, root, { allowSymlinks: true });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["LINK_OUTSIDE_ROOT"],
    );
  });
});
